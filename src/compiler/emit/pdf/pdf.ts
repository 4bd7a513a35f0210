import type { Figure, Shape } from '../drawing/figure.js';
import type { Point } from '../drawing/layout.js';
import { widthOf } from '../drawing/measure.js';
import { ExportError } from '../export-error.js';

/** Points of a pixel, for figures that have no size in print. */
const ofPixel = 0.75;
const pointsOfMillimetre = 72 / 25.4;

/**
 * A figure as one page of PDF 1.4 as large as the figure, in vectors. Its type is Helvetica, one of the fonts that every reader has.
 * @throws ExportError for a character that is not in the font's encoding, Windows-1252
 */
export function printPdf({ title, width, height, printed, parts }: Figure): Uint8Array {
  const scale = printed === null ? ofPixel : (printed * pointsOfMillimetre) / width;
  const content = [
    // Units of the figure, from the upper left corner.
    `${number(scale)} 0 0 ${number(-scale)} 0 ${number(height * scale)} cm`,
    '1 J 1 j',
    ...parts.flatMap(({ shapes }) => shapes.map(operatorsOf)),
  ].join('\n');
  const box = `[0 0 ${number(width * scale)} ${number(height * scale)}]`;
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    fontOf('Helvetica'),
    fontOf('Helvetica-Bold'),
    `<< /Title ${stringOf(title)} /Producer (netc) >>`,
  ]);
}

const fontOf = (name: string): string =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

/** The objects with the table of where each begins; one byte a character. */
function fileOf(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.4\n';
  const starts: number[] = [];
  objects.forEach((object, i) => {
    starts.push(text.length);
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
  });
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`);
  const count = objects.length + 1;
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  text += `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}${trailer}\nstartxref\n${text.length}\n%%EOF\n`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function operatorsOf(shape: Shape): string {
  switch (shape.kind) {
    case 'box': {
      const { fill, stroke, weight, dashed } = shape;
      const looks = `${colourOf(stroke)} RG ${number(weight)} w ${dashed ? '[4 2] 0 d' : '[] 0 d'}`;
      return `${fill ? `${colourOf(fill)} rg ` : ''}${looks} ${roundedOf(shape)} ${fill ? 'B' : 'S'}`;
    }
    case 'text': {
      const { x, y, text, size, bold, anchor, colour } = shape;
      const left = anchor === 'middle' ? x - widthOf(text, size, bold) / 2 : x;
      // Letters stand upright although y goes down.
      return `BT ${colourOf(colour)} rg /F${bold ? 2 : 1} ${number(size)} Tf 1 0 0 -1 ${number(left)} ${number(y)} Tm ${stringOf(text)} Tj ET`;
    }
    case 'line':
      return `${colourOf(shape.colour)} RG ${number(shape.weight)} w [] 0 d ${pathOf(shape.points)} S`;
    case 'point':
      return `${colourOf(shape.colour)} rg ${pathOf(shape.points)} h f`;
  }
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${number(x)} ${number(y)} ${i === 0 ? 'm' : 'l'}`).join(' ');

/** How far the control points of a quarter of a circle are from its ends, for a radius of 1. */
const bow = 0.5523;

function roundedOf({ x, y, width, height, radius }: Extract<Shape, { kind: 'box' }>): string {
  const r = Math.min(radius, width / 2, height / 2);
  const [right, bottom] = [x + width, y + height];
  const k = r * (1 - bow);
  const to = (...numbers: number[]): string => numbers.map(number).join(' ');
  return [
    `${to(x + r, y)} m ${to(right - r, y)} l`,
    `${to(right - k, y, right, y + k, right, y + r)} c ${to(right, bottom - r)} l`,
    `${to(right, bottom - k, right - k, bottom, right - r, bottom)} c ${to(x + r, bottom)} l`,
    `${to(x + k, bottom, x, bottom - k, x, bottom - r)} c ${to(x, y + r)} l`,
    `${to(x, y + k, x + k, y, x + r, y)} c h`,
  ].join(' ');
}

const colourOf = (hex: string): string =>
  [1, 3, 5].map((i) => number(Number.parseInt(hex.slice(i, i + 2), 16) / 255)).join(' ');

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** What Windows-1252 has beside ASCII and Latin-1 that a drawing may say. */
const others = new Map([
  ['\u2026', '\x85'],
  ['\u2013', '\x96'],
  ['\u2014', '\x97'],
]);

function stringOf(text: string): string {
  const bytes = [...text].map((letter) => {
    const code = letter.codePointAt(0)!;
    const isKnown = (code >= 32 && code < 127) || (code >= 160 && code < 256);
    const byte = isKnown ? letter : others.get(letter);
    if (byte === undefined)
      throw new ExportError(`the fonts of a PDF have no ${letter} (in ${text}); write SVG`);
    return byte;
  });
  return `(${bytes.join('').replace(/[\\()]/g, '\\$&')})`;
}
