import type { Figure, Part, Shape } from '../drawing/figure.js';
import type { Point } from '../drawing/layout.js';

/** A figure as SVG: a group for each block, with its path as its title and `data-box` for programs that look at it. */
export function printSvg({ title, width, height, printed, parts }: Figure): string {
  const size =
    printed === null
      ? `width="${number(width)}" height="${number(height)}"`
      : `width="${number(printed)}mm" height="${number((printed * height) / width)}mm"`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${number(width)} ${number(height)}" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect class="paper" width="${number(width)}" height="${number(height)}" fill="white"/>`,
    ...parts.map((part) => groupOf(part)),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

/** One part; in a page with a class that marks it, and with other groups inside. */
export function groupOf(
  { role, box, shapes }: Part,
  { marked, inside = '' }: { readonly marked?: string; readonly inside?: string } = {},
): string {
  const data = box ? ` data-box="${escaped(box.id)}"` : '';
  const title = box ? `<title>${escaped(box.path)}</title>` : '';
  const kind = marked === undefined ? role : `${role} ${marked}`;
  return `<g class="${kind}"${data}>${title}${shapes.map(elementOf).join('')}${inside}</g>`;
}

function elementOf(shape: Shape): string {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, weight, dashed } = shape;
      const place = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${number(radius)}"`;
      const dashes = dashed ? ' stroke-dasharray="4 2"' : '';
      return `<rect ${place} fill="${fill ?? 'none'}" stroke="${stroke}" stroke-width="${weight}"${dashes}/>`;
    }
    case 'text': {
      const { x, y, text, size, bold, anchor, colour } = shape;
      const looks = `font-size="${size}"${bold ? ' font-weight="bold"' : ''} text-anchor="${anchor}" fill="${colour}"`;
      return `<text x="${number(x)}" y="${number(y)}" ${looks}>${escaped(text)}</text>`;
    }
    case 'line':
      return `<path d="${pathOf(shape.points)}" fill="none" stroke="${shape.colour}" stroke-width="${shape.weight}"/>`;
    case 'point':
      return `<path d="${pathOf(shape.points)}Z" fill="${shape.colour}"/>`;
  }
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join('');

/** With two decimals at most, which is finer than any printer. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
