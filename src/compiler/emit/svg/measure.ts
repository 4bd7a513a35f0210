import type { Box } from '../diagram/diagram.js';
import { headingOf, labelOf } from '../diagram/labels.js';

export const fontSize = 11;
export const lineHeight = 14;
/** Above what a frame holds, for its heading. */
export const headingHeight = 22;

/** The width of a text in a sans-serif face; no font is at hand to ask. */
export const widthOf = (text: string, size = fontSize): number => text.length * size * 0.56;

/** The room that a leaf's lines take. */
export function sizeOfLeaf(box: Box): { readonly width: number; readonly height: number } {
  const lines = labelOf(box);
  const widest = Math.max(...lines.map((line, i) => widthOf(line) * (i === 0 ? 1.1 : 1)));
  return { width: Math.ceil(widest) + 14, height: lines.length * lineHeight + 8 };
}

export const widthOfHeading = (box: Box): number => Math.ceil(widthOf(headingOf(box))) + 16;
