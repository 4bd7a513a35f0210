import { positionAt, type Span } from '../source/source.js';
import { type Cell, cellsOf, columnsOf, widthOf } from './cells.js';
import { type Paint, type Role, wrap } from './paint.js';
import { blanked, visible } from './visible.js';

export interface Excerpt {
  readonly span: Span;
  /** Words beside the underline. */
  readonly label: string;
  /** What leads to the place: `-->` for the error itself, `:::` for what belongs to it. */
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
  const room = Math.max(20, width - margin - 4);
  const shown = cut(markedLine(span, column - 1), room);
  const indent = ' '.repeat(shown.start);
  const underline = indent + paint(role, mark.repeat(shown.length));
  const bar = paint('frame', `${' '.repeat(margin + 1)} |`);
  const number = paint('frame', `${' '.repeat(margin + 1 - `${line}`.length)}${line} |`);
  const place = `${visible(span.file.path)}:${line}:${column}`;
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
  if (end + 1 + columnsOf(label) <= room) return [`${underline} ${paint(role, label)}`];
  return [underline, ...wrap(label, room).map((row) => paint(role, row))];
}

/** Of a longer line only so much on both sides of a place is looked at: no terminal is wider. */
const reach = 2_000;

/** The line of a place, or what is near the place in it, and where the place is in that. */
function lineAround({ file, start }: Span, column: number): { text: string; column: number } {
  const line = start - column;
  const end = file.text.indexOf('\n', start);
  const begin = Math.max(line, start - reach);
  const text = file.text.slice(begin, Math.min(end < 0 ? file.text.length : end, start + reach));
  return { text: text.replace(/\r$/, ''), column: start - begin };
}

/** A line in cells, and which of them are underlined. */
interface Marked {
  readonly cells: readonly Cell[];
  readonly from: number;
  readonly to: number;
}

/** A gap, and the end of a line, are marked as one blank. */
function markedLine(span: Span, columnInLine: number): Marked {
  const near = lineAround(span, columnInLine);
  const { column } = near;
  // Signs that write no letter of their own would shift what stands behind them.
  const text = blanked(near.text);
  const cells = cellsOf(text);
  const end = Math.min(column + Math.max(1, span.end - span.start), text.length);
  const firstAfter = (offset: number) => {
    const found = cells.findIndex((cell) => cell.start + cell.text.length > offset);
    return found < 0 ? cells.length : found;
  };
  const from = firstAfter(column);
  return { cells, from, to: Math.max(from, firstAfter(end - 1) + (end > column ? 1 : 0)) };
}

interface Shown {
  readonly text: string;
  readonly start: number;
  readonly length: number;
}

const dots = '...';

/** The part of a line that fits into `room` and holds the beginning of the underline, in columns. */
function cut({ cells, from, to }: Marked, room: number): Shown {
  const before = widthOf(cells.slice(0, from));
  const marked = Math.max(1, widthOf(cells.slice(from, to)));
  if (widthOf(cells) <= room) return { text: textOf(cells), start: before, length: marked };
  const isNear = before + marked + dots.length <= room;
  const first = isNear ? 0 : fitting(cells.slice(0, from).toReversed(), Math.floor(room / 4));
  const begin = isNear ? 0 : from - first;
  const lead = begin > 0 ? dots : '';
  const kept = fitting(cells.slice(begin), room - lead.length - dots.length);
  const part = cells.slice(begin, begin + kept);
  const start = lead.length + widthOf(cells.slice(begin, from));
  const last = lead.length + widthOf(part);
  return {
    text: lead + textOf(part) + (begin + kept < cells.length ? dots : ''),
    start,
    length: Math.max(1, Math.min(marked, last - start)),
  };
}

/** How many cells from the first on fit into so many columns. */
function fitting(cells: readonly Cell[], columns: number): number {
  let taken = 0;
  const over = cells.findIndex(({ width }) => {
    taken += width;
    return taken > columns;
  });
  return over < 0 ? cells.length : over;
}

const textOf = (cells: readonly Cell[]): string => cells.map(({ text }) => text).join('');
