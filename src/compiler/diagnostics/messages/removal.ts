import type { Span } from '../../source/source.js';
import type { Edit } from './entry.js';

/** Takes out the lines of `span` whole; undefined where something else stands in them. */
export function withoutLines({ file, start, end }: Span): readonly Edit[] | undefined {
  const { text } = file;
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const after = next < 0 ? text.length : next;
  const rest = text.slice(end, after).trim();
  const alone = text.slice(begin, start).trim() === '' && (rest === '' || rest.startsWith('//'));
  if (!alone) return undefined;
  return [{ span: { file, start: begin, end: next < 0 ? after : after + 1 }, text: '' }];
}

/** Takes out one of the items between two commas, with its comma; undefined for the only one, and where it is not told. */
export function withoutItem(items: readonly Span[], index: number): readonly Edit[] | undefined {
  const item = items[index];
  if (!item || items.length === 1) return undefined;
  const { file, start, end } = item;
  const span =
    index === 0
      ? { file, start, end: items[1]!.start }
      : { file, start: items[index - 1]!.end, end };
  return [{ span, text: '' }];
}
