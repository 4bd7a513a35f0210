import type { YAMLError } from 'yaml';
import type { DiagnosticParts } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile } from '../../compiler/source/source.js';

/** What to do about what the reader of YAML objects to, by its code. */
const ways: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_INDENT: 'begin keys of one section in one column, and indent its sections by two spaces',
  TAB_AS_INDENT: 'indent by two spaces in place of the tab',
  MISSING_CHAR: 'close what is open: a quote, a bracket, or a key with its colon',
  MULTILINE_IMPLICIT_KEY: 'put a colon after the key, and a space: `key: value`',
  BLOCK_AS_IMPLICIT_KEY:
    'put a text with a colon in quotes, or the second key on a line of its own',
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_DQ_ESCAPE: "write a backslash twice, or use single quotes, 'like this'",
  MULTIPLE_DOCS: 'leave the line --- out: a file is one experiment',
};

/** The first objection of the reader of YAML; those after it are mostly its echoes. */
export function syntaxMistake(
  file: SourceFile,
  { code, message, pos }: YAMLError,
): DiagnosticParts {
  const [start, end] = pos;
  const unquoted = unquotedPattern(file, start);
  if (unquoted) return unquoted;
  if (code === 'BAD_INDENT' && /^Flow /.test(message)) return unclosed(file, start, message);
  if (code === 'DUPLICATE_KEY') return twice(file, start);
  const way = ways[code] ?? 'look at the signs and the indentation of this line and the one before';
  return {
    message: `this is no YAML: ${message[0].toLowerCase()}${message.slice(1)}`,
    span: { file, start, end: Math.max(start, end) },
    suggestion: { message: way },
  };
}

/** A pattern that begins with `{id}` or `{patient}`, where YAML begins a section. */
function unquotedPattern(file: SourceFile, at: number): DiagnosticParts | undefined {
  const line = file.text.lastIndexOf('\n', at - 1) + 1;
  const text = file.text.slice(line).split('\n', 1)[0];
  const found = /(?<=[:,[-]\s+|^)(?:\{(?:id|patient)\}[^\s,{}\]]*)+/.exec(text);
  if (!found) return undefined;
  const start = line + found.index;
  const span = { file, start, end: start + found[0].length };
  const quoted = `"${found[0]}"`;
  return {
    message: 'this is no YAML: a text that begins with { needs quotes',
    span,
    suggestion: { message: `write \`${quoted}\``, edits: [{ span, text: quoted }] },
  };
}

/** A `{` or `[` that the next key interrupts. */
function unclosed(file: SourceFile, end: number, message: string): DiagnosticParts {
  const [open, close] = message.endsWith(']') ? ['[', ']'] : ['{', '}'];
  const start = Math.max(0, file.text.lastIndexOf(open, end - 1));
  const at = file.text.slice(0, end).trimEnd().length;
  return {
    message: `this is no YAML: a ${open} is not closed`,
    span: { file, start, end: start + 1 },
    suggestion: {
      message: `close it with ${close}`,
      edits: [{ span: { file, start: at, end: at }, text: close }],
    },
  };
}

function twice(file: SourceFile, start: number): DiagnosticParts {
  const key = /^[^:\s]*/.exec(file.text.slice(start))?.[0] ?? '';
  return {
    message: `this is no YAML: ${key} is given twice in one section`,
    span: { file, start, end: start + key.length },
    suggestion: { message: 'keep one of the two' },
  };
}
