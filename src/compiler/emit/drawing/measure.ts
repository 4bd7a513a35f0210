import type { Box } from '../diagram/diagram.js';
import { headingOf, labelOf } from '../diagram/labels.js';
import type { Style } from './style.js';

/** Widths of the characters from 32 to 126 in Helvetica, in thousandths of the size: Adobe's font metrics. */
const helvetica = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Bold letters are wider by at most so much, on the whole of a name. */
const bolder = 1.08;

/** The width of a text in Helvetica; Arial and Liberation Sans have the same. */
export function widthOf(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const letter of text) sum += helvetica[letter.codePointAt(0)! - 32] ?? 667;
  return (sum / 1000) * size * (bold ? bolder : 1);
}

/** What a leaf says in this style, its name first, with how many it stands for. */
export const linesOf = (box: Box, { details, nameOf }: Style): readonly string[] => [
  box.times > 1 ? `${nameOf(box)} ×${box.times}` : nameOf(box),
  ...(details ? labelOf(box).slice(1) : []),
];

/** The room that a leaf takes, with `arrivals` lines that come to its left side. */
export function sizeOfLeaf(
  box: Box,
  style: Style,
  arrivals: number,
): { readonly width: number; readonly height: number } {
  const { fontSize, lineHeight, padding, step } = style;
  const lines = linesOf(box, style);
  const widths = lines.map((line, i) => widthOf(line, fontSize, i === 0));
  const needed = arrivals > 1 ? (arrivals + 2) * step : 0;
  return {
    width: Math.max(...widths) + 2 * padding[0],
    height: Math.max(lines.length * lineHeight + 2 * padding[1], needed),
  };
}

/** What a frame says in this style. */
export const frameHeading = (box: Box, { details, nameOf }: Style): string =>
  details || box.steps > 1 ? headingOf(box) : nameOf(box);
