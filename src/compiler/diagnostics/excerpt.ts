import { positionAt, type Span } from '../source/source.js';
import { type Paint, type Role, wrap } from './paint.js';

export interface Excerpt {
  readonly span: Span;
  /** Words beside the underline. */
  readonly label: string;
  /** What leads to the place: `-->` for the mistake itself, `:::` for what belongs to it. */
  readonly pointer: '-->' | ':::';
  readonly mark: '^' | '-';
  readonly role: Role;
}

/** The digits of the greatest line number, for a margin that is the same over all excerpts. */
export const marginFor = (excerpts: readonly Excerpt[]): number =>
  Math.max(...excerpts.map(({ span }) => `${positionAt(span.file, span.start).line}`.length));

/**
 * A place: where it is, its first line, and an underline with its label. A line too long for
 * `width` is cut around the underline.
 */
export function renderExcerpt(
  excerpt: Excerpt,
  options: { margin: number; width: number; paint: Paint },
): string[] {
  const { margin, width, paint } = options;
  const { span, pointer, mark, role } = excerpt;
  const { line, column } = positionAt(span.file, span.start);
  const text = lineAt(span).replaceAll('\t', ' ');
  const room = Math.max(20, width - margin - 4);
  const length = Math.max(1, Math.min(span.end - span.start, text.length - (column - 1)));
  const shown = cut(text, column - 1, length, room);
  const indent = ' '.repeat(shown.start);
  const underline = indent + paint(role, mark.repeat(shown.length));
  const bar = paint('frame', `${' '.repeat(margin + 1)} |`);
  const number = paint('frame', `${' '.repeat(margin + 1 - `${line}`.length)}${line} |`);
  const place = `${span.file.path}:${line}:${column}`;
  return [
    `${' '.repeat(margin)}${paint('frame', pointer)} ${place}`,
    bar,
    `${number} ${shown.text}`.trimEnd(),
    ...labelled(underline, shown.start + shown.length, excerpt, room, paint).map(
      (row) => `${bar} ${row}`,
    ),
  ];
}

/** The underline, and the label behind it, or below it where there is no room. */
function labelled(
  underline: string,
  end: number,
  { label, role }: Excerpt,
  room: number,
  paint: Paint,
): string[] {
  if (!label) return [underline];
  if (end + 1 + label.length <= room) return [`${underline} ${paint(role, label)}`];
  return [underline, ...wrap(label, room).map((row) => paint(role, row))];
}

function lineAt({ file, start }: Span): string {
  const begin = file.text.lastIndexOf('\n', start - 1) + 1;
  const end = file.text.indexOf('\n', start);
  return file.text.slice(begin, end < 0 ? undefined : end).replace(/\r$/, '');
}

/** The part of a line that fits into `room` and holds the beginning of the underline. */
function cut(
  text: string,
  start: number,
  length: number,
  room: number,
): { text: string; start: number; length: number } {
  if (text.length <= room) return { text, start, length };
  const dots = '...';
  const from = start + length + dots.length <= room ? 0 : Math.max(0, start - Math.floor(room / 4));
  const before = from > 0 ? dots : '';
  const kept = text.slice(from, from + room - before.length - dots.length);
  const after = from + kept.length < text.length ? dots : '';
  const at = before.length + start - from;
  const last = before.length + kept.length;
  return {
    text: before + kept + after,
    start: at,
    length: Math.max(1, Math.min(length, last - at)),
  };
}
