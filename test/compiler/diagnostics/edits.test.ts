import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../../src/compiler/compile.js';
import type { Diagnostic, Suggestion } from '../../../src/compiler/diagnostics/diagnostic.js';
import { positionAt } from '../../../src/compiler/source/source.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';

const folders = ['test/errors/syntax', 'test/errors/names'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.net'))
    .map((name) => join(folder, name)),
);
const textOf = (path: string): string => readFileSync(path, 'utf8').split('// --- expected')[0]!;

function diagnosticsIn(path: string, text: string): readonly Diagnostic[] {
  const disk = diskReader();
  const reader = {
    ...disk,
    read: (at: string) => (at === path ? { path, text } : disk.read(at)),
  };
  return checkFile(path, reader).diagnostics.filter(({ span }) => span.file.path === path);
}

/** The text as an editor leaves it after taking a suggestion. */
function edited(text: string, { edits = [] }: Suggestion): string {
  return [...edits]
    .map((edit, i) => ({ ...edit, i }))
    .sort((a, b) => b.span.start - a.span.start || b.i - a.i)
    .reduce(
      (now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end),
      text,
    );
}

function said({ code, message, span }: Diagnostic): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${line}:${column} ${code} ${message}`;
}

describe('a suggestion that an editor can take', () => {
  test.each(files)('ends its error: %s', (path) => {
    const text = textOf(path);
    for (const error of diagnosticsIn(path, text)) {
      for (const way of [error.suggestion, error.otherReading]) {
        if (!way?.edits) continue;
        const left = diagnosticsIn(path, edited(text, way)).map(said);
        expect(left, way.message).not.toContain(said(error));
      }
    }
  });

  test.each(files)('is offered, in words at least, for every error: %s', (path) => {
    for (const error of diagnosticsIn(path, textOf(path))) {
      if (/^NET0[01]/.test(error.code)) expect(error.suggestion?.message, said(error)).toBeTruthy();
    }
  });
});
