import type { Box, Diagram } from '../diagram/diagram.js';
import { headingOf, labelOf } from '../diagram/labels.js';
import { type Connector, type Layout, layoutOf, type Rectangle } from './layout.js';
import { fontSize, lineHeight, widthOf } from './measure.js';

/** One colour a block, in the order in which blocks are met. */
const fills = [
  '#dbe9f6',
  '#fde3c8',
  '#d9f0d9',
  '#f6d9e3',
  '#e6dff4',
  '#f7f0c4',
  '#d3f0ee',
  '#eadfd3',
];
const titleHeight = 26;

/** A figure: blocks as boxes and frames, tensors as arrows, what passes blocks by in blue. */
export async function printSvg(diagram: Diagram): Promise<string> {
  const layout = await layoutOf(diagram);
  const title = headingOf({ ...diagram, title: diagram.model });
  const width = Math.ceil(Math.max(layout.width, widthOf(title, 13) + 16));
  const height = Math.ceil(layout.height + titleHeight);
  const colours = coloursOf(diagram.boxes);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="${fontSize}">`,
    `<title>${escaped(diagram.model)}</title>`,
    '<defs>',
    ...['line', 'skip'].map(headOf),
    '</defs>',
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text class="title" x="8" y="18">${escaped(title)}</text>`,
    `<g transform="translate(0 ${titleHeight})">`,
    ...diagram.boxes.flatMap((box) => framesOf(box, layout)),
    ...layout.lines.map(pathOf),
    ...diagram.boxes.flatMap((box) => leavesOf(box, layout, colours)),
    '</g>',
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

const colour = { line: '#444', skip: '#2166ac' } as const;
const style = [
  '.title{font-size:13px;font-weight:bold}',
  '.frame{fill:none;stroke:#bbb}',
  '.heading{fill:#777}',
  '.leaf{stroke:#555}',
  '.name{font-weight:bold}',
  '.shape{fill:#555}',
  `.line{fill:none;stroke:${colour.line}}`,
  `.skip{fill:none;stroke:${colour.skip};stroke-width:1.6}`,
].join('');

const headOf = (kind: string): string =>
  `<marker id="${kind}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="${colour[kind as keyof typeof colour]}"/></marker>`;

function coloursOf(boxes: readonly Box[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  const visit = ({ kind, title, children }: Box): void => {
    if (children.length === 0 && kind === 'block' && !colours.has(title)) {
      colours.set(title, fills[colours.size % fills.length]!);
    }
    children.forEach(visit);
  };
  boxes.forEach(visit);
  return colours;
}

function framesOf(box: Box, layout: Layout): readonly string[] {
  const place = layout.places.get(box.id);
  const inner = box.children.flatMap((child) => framesOf(child, layout));
  if (box.children.length === 0 || !place) return inner;
  const { x, y } = place;
  return [
    `<g><title>${escaped(box.path)}</title><rect class="frame" ${sizesOf(place)} rx="6"/>`,
    `<text class="heading" x="${x + 8}" y="${y + 15}">${escaped(headingOf(box))}</text></g>`,
    ...inner,
  ];
}

function leavesOf(
  box: Box,
  layout: Layout,
  colours: ReadonlyMap<string, string>,
): readonly string[] {
  if (box.children.length > 0) {
    return box.children.flatMap((child) => leavesOf(child, layout, colours));
  }
  const place = layout.places.get(box.id)!;
  const round = box.kind === 'input' || box.kind === 'output' ? place.height / 2 : 4;
  const fill = colours.get(box.kind === 'block' ? box.title : '') ?? 'white';
  const texts = labelOf(box).map((line, i) => {
    const isShape = i > box.configuration.length;
    const kind = i === 0 ? ' class="name"' : isShape ? ' class="shape"' : '';
    return `<tspan${kind} x="${place.x + place.width / 2}" dy="${i === 0 ? 0 : lineHeight}">${escaped(line)}</tspan>`;
  });
  return [
    `<g><title>${escaped(box.path)}</title><rect class="leaf" ${sizesOf(place)} rx="${round}" fill="${fill}"/>`,
    `<text text-anchor="middle" y="${place.y + lineHeight + 1}">${texts.join('')}</text></g>`,
  ];
}

const sizesOf = ({ x, y, width, height }: Rectangle): string =>
  `x="${x}" y="${y}" width="${width}" height="${height}"`;

function pathOf({ points, skip, arrives }: Connector): string {
  const kind = skip ? 'skip' : 'line';
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return `<path class="${kind}" d="${path}"${arrives ? ` marker-end="url(#${kind}-head)"` : ''}/>`;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
