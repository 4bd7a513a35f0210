import type { YAMLError } from 'yaml';
import { type Diagnostic, diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile } from '../../compiler/source/source.js';
import { deepest } from './faults.js';

/** The first error of the reader of YAML; those after it are mostly its echoes. */
export function syntaxError(file: SourceFile, { code, message, pos }: YAMLError): Diagnostic {
  // At the end of the text it points behind it.
  const [start, end] = pos.map((place) => Math.min(place, file.text.length)) as [number, number];
  const special =
    unquotedPattern(file, start) ?? (code === 'BAD_INDENT' ? unclosed(file, start) : undefined);
  const span = { file, start, end: Math.max(start, end) };
  return special ?? diagnostic('NET0601', span, { kind: 'syntax', code, reason: message });
}

/** A pattern that begins with `{id}` or `{patient}`, where YAML begins a section. */
function unquotedPattern(file: SourceFile, at: number): Diagnostic | undefined {
  const line = file.text.lastIndexOf('\n', at - 1) + 1;
  const text = file.text.slice(line).split('\n', 1)[0]!;
  const found = [...text.matchAll(/(?:\{(?:id|patient)\}[^\s,{}\]]*)+/g)].find(({ index }) =>
    beginsValue(text.slice(0, index)),
  );
  if (!found) return undefined;
  const start = line + found.index;
  const span = { file, start, end: start + found[0].length };
  return diagnostic('NET0601', span, { kind: 'quotes', text: found[0] });
}

/** Whether a value begins behind this part of a line. */
function beginsValue(before: string): boolean {
  const words = before.trimEnd();
  return before === '' || (words.length < before.length && /^[:,[-]$/.test(words.slice(-1)));
}

const closing = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** A `{` or `[` that the next key interrupts. */
function unclosed(file: SourceFile, end: number): Diagnostic | undefined {
  const before = file.text.slice(0, end);
  let start: number | undefined;
  for (const open of openBrackets(before)) start = open.at(-1);
  const sign = start === undefined ? '' : file.text.charAt(start);
  const close = closing.get(sign);
  if (start === undefined || close === undefined) return undefined;
  const rest = { file, start, end: before.trimEnd().length };
  const facts = { kind: 'bracket', open: sign, close, rest } as const;
  return diagnostic('NET0601', { file, start, end: start + 1 }, facts);
}

/** Brackets inside brackets that the reader of YAML gave up on. */
export function tooDeep(file: SourceFile): Diagnostic {
  let start = 0;
  for (const open of openBrackets(file.text)) {
    start = open.at(-1) ?? start;
    if (open.length > deepest) break;
  }
  const span = { file, start, end: start + 1 };
  return diagnostic('NET0601', span, { kind: 'deep', levels: deepest });
}

/** After each bracket of a text, where those begin that are open. */
function* openBrackets(text: string): Iterable<readonly number[]> {
  const open: number[] = [];
  // Texts in quotes and comments have brackets of their own.
  for (const { 0: sign, index } of text.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|#.*|[[\]{}]/g)) {
    if (closing.has(sign)) open.push(index);
    else if (sign === '}' || sign === ']') open.pop();
    yield open;
  }
}
