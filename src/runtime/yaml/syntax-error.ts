import type { YAMLError } from 'yaml';
import { type Diagnostic, diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile } from '../../compiler/source/source.js';

/** The first error of the reader of YAML; those after it are mostly its echoes. */
export function syntaxError(file: SourceFile, { code, message, pos }: YAMLError): Diagnostic {
  // At the end of the text it points behind it.
  const [start, end] = pos.map((place) => Math.min(place, file.text.length)) as [number, number];
  const special =
    unquotedPattern(file, start) ??
    (code === 'BAD_INDENT' ? unclosed(file, start) : undefined) ??
    (code === 'DUPLICATE_KEY' ? twice(file, start) : undefined);
  const span = { file, start, end: Math.max(start, end) };
  return special ?? diagnostic('NET0601', span, { kind: 'syntax', code, reason: message });
}

/** A pattern that begins with `{id}` or `{patient}`, where YAML begins a section. */
function unquotedPattern(file: SourceFile, at: number): Diagnostic | undefined {
  const line = file.text.lastIndexOf('\n', at - 1) + 1;
  const text = file.text.slice(line).split('\n', 1)[0]!;
  const found = /(?<=[:,[-]\s+|^)(?:\{(?:id|patient)\}[^\s,{}\]]*)+/.exec(text);
  if (!found) return undefined;
  const start = line + found.index;
  const span = { file, start, end: start + found[0].length };
  return diagnostic('NET0601', span, { kind: 'quotes', text: found[0] });
}

const closing = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** A `{` or `[` that the next key interrupts. */
function unclosed(file: SourceFile, end: number): Diagnostic | undefined {
  const open: number[] = [];
  const before = file.text.slice(0, end);
  // Texts in quotes and comments have brackets of their own.
  for (const { 0: sign, index } of before.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|#.*|[[\]{}]/g)) {
    if (closing.has(sign)) open.push(index);
    else if (sign === '}' || sign === ']') open.pop();
  }
  const start = open.at(-1);
  const sign = start === undefined ? '' : file.text.charAt(start);
  const close = closing.get(sign);
  if (start === undefined || close === undefined) return undefined;
  const rest = { file, start, end: before.trimEnd().length };
  const facts = { kind: 'bracket', open: sign, close, rest } as const;
  return diagnostic('NET0601', { file, start, end: start + 1 }, facts);
}

function twice(file: SourceFile, start: number): Diagnostic {
  const key = /^[^:\s]*/.exec(file.text.slice(start))?.[0] ?? '';
  const span = { file, start, end: start + key.length };
  return diagnostic('NET0601', span, { kind: 'twice', key });
}
