import { formatFile } from '../compiler/format/format.js';
import type { SourceFile, Span } from '../compiler/source/source.js';

/** The whole text for its canonical form; nothing where it has that, or errors of syntax. */
export function formattingOf(file: SourceFile): readonly { span: Span; text: string }[] {
  const text = formatFile(file);
  if (text === undefined || text === file.text) return [];
  return [{ span: { file, start: 0, end: file.text.length }, text }];
}
