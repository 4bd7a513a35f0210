import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compileAll } from '../../src/compiler/compile-all.js';
import { type Diagnostic, Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/compiler/diagnostics/render.js';
import type { SourceReader } from '../../src/compiler/source/source.js';
import { parseExpression, parseFile } from '../../src/compiler/syntax/parse.js';

/** The files of a page by path; what it does not show is sought among the shipped ones. */
export type Files = ReadonlyMap<string, string>;

export const isShipped = (path: string): boolean => path.startsWith('models/') && existsSync(path);

export const readerOf = (files: Files): SourceReader => ({
  read(path) {
    const text = files.get(path) ?? (isShipped(path) ? readFileSync(path, 'utf8') : undefined);
    return text === undefined ? undefined : { path, text };
  },
  resolve: (from, specifier) => join(posix.dirname(from), specifier),
});

/** What `netc check` says of a file: of all its definitions, and of each of its models. */
export function diagnosticsOf(path: string, files: Files): readonly Diagnostic[] {
  return compileAll(path, readerOf(files)).diagnostics;
}

export const rendered = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.length === 0
    ? ''
    : `${renderDiagnostics(diagnostics, { colour: false, width: 100 })}\n`;

/** What is wrong with a text that is neither definitions, nor statements, nor an expression. */
export function diagnosticsOfFragment(text: string): string {
  const body = text.trimEnd();
  const readings = [
    body,
    `block Fragment(x) {\n${body}\n}`,
    `block Fragment(x) {\n${body}\nx\n}`,
    `model Fragment {\n${body}\n}`,
  ].map((source) =>
    diagnosticsIn((diagnostics) => parseFile({ path: 'a fragment', text: source }, diagnostics)),
  );
  const expression = diagnosticsIn((diagnostics) =>
    parseExpression({ path: 'a fragment', text: body }, diagnostics),
  );
  return [...readings, expression].includes('') ? '' : readings[1]!;
}

function diagnosticsIn(read: (diagnostics: Diagnostics) => void): string {
  const diagnostics = new Diagnostics();
  read(diagnostics);
  return rendered(diagnostics.all());
}
