/** One sign as a reader counts them, with its marks, and how many columns of a terminal it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Where it begins in the text. */
  readonly start: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The signs that East Asian terminals show two columns wide (Unicode annex 11), and pictures. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
const halfWidth = /[\uff61-\uffdc]/u;
const without = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const printableAscii = /^[ -~]*$/;

/** A text as a terminal lays it out. A tab takes one column, as the excerpts show it. */
export function cellsOf(text: string): readonly Cell[] {
  if (printableAscii.test(text)) {
    return Array.from(text, (sign, start) => ({ text: sign, width: 1, start }));
  }
  return Array.from(segmenter.segment(text), ({ segment, index }) => ({
    text: segment,
    width: widthOfSign(segment),
    start: index,
  }));
}

function widthOfSign(sign: string): number {
  if (sign !== '\t' && without.test(sign)) return 0;
  return wide.test(sign) && !halfWidth.test(sign) ? 2 : 1;
}

export const widthOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { width }) => sum + width, 0);

/** How many columns a text takes. */
export const columnsOf = (text: string): number =>
  printableAscii.test(text) ? text.length : widthOf(cellsOf(text));
