import sharp, { type OverlayOptions } from 'sharp';
import { visible } from '../../compiler/diagnostics/visible.js';
import type { Dataset, Entry } from '../data/dataset.js';
import { type Mask, notJudged, type Sample } from '../data/sample.js';
import { parts } from '../data/sources/parts.js';
import { viewOf } from '../data/view.js';
import { counted } from '../errors/counted.js';
import { pngOf } from '../files/png.js';
import { escapeXml } from './charts/render-chart.js';

/** Height and width of a tile, the strip for its id below it, and the strip for the part's name on the left. */
const tile = 192;
const caption = 18;
const margin = 96;
const gap = 6;

/** Outlines of the classes in order, then again from the first; of what nobody judged; of the field of view. */
const colours = ['#2fd35f', '#ff4fa3', '#ffb000', '#41b6ff', '#e6f04a', '#b780ff'];
const unjudged = '#ffffff';
const rim = '#9aa0a6';

export interface Sheet {
  readonly png: Buffer;
  /** The ids of each row, as it is labelled. */
  readonly rows: readonly { readonly part: string; readonly ids: readonly string[] }[];
}

/**
 * A picture of `columns` images of each part: the outline of each class in its own colour, that of the field of view in
 * grey. Where a part has more images they are taken at even distances.
 */
export async function contactSheet(dataset: Dataset, columns: number): Promise<Sheet> {
  const rows = parts
    .map((part) => ({ part, entries: spread(dataset[part], columns) }))
    .filter(({ entries }) => entries.length > 0);
  const width = margin + Math.max(1, ...rows.map(({ entries }) => entries.length)) * (tile + gap);
  const height = rows.length * (tile + caption + gap) + gap;
  const layers: OverlayOptions[] = [];
  const texts: string[] = [];
  for (const [r, { part, entries }] of rows.entries()) {
    const top = gap + r * (tile + caption + gap);
    const total = counted(dataset[part].length, 'image');
    texts.push(text(gap, top + 24, part, 16), text(gap, top + 44, total, 12));
    for (const [c, entry] of entries.entries()) {
      const left = margin + c * (tile + gap);
      const input = await picture(await entry.read());
      layers.push({ input, left, top });
      texts.push(text(left + 2, top + tile + 14, entry.id, 12));
    }
  }
  const labels = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join('')}</svg>`;
  layers.push({ input: Buffer.from(labels), left: 0, top: 0 });
  const ground = { width, height, channels: 3, background: '#17191c' } as const;
  const png = await sharp({ create: ground }).composite(layers).png().toBuffer();
  return {
    png,
    rows: rows.map(({ part, entries }) => ({ part, ids: entries.map(({ id }) => id) })),
  };
}

const spread = (entries: readonly Entry[], count: number): readonly Entry[] =>
  entries.length <= count
    ? entries
    : Array.from({ length: count }, (_, i) => entries[Math.floor((i * entries.length) / count)]!);

const text = (x: number, y: number, words: string, size: number): string =>
  `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="#e8eaed">${escapeXml(visible(words))}</text>`;

/** The image within a tile, outlines drawn after it was made smaller so that they stay a pixel wide. */
async function picture({ image, mask, fov }: Sample): Promise<Buffer> {
  const { width, height, channels, data } = viewOf(image);
  const scale = Math.min(tile / width, tile / height);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const raw = { raw: { width, height, channels: channels as 1 | 3 } };
  const pixels = await sharp(data, raw)
    .resize(w, h, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  outline(pixels, w, h, mask, (number) => {
    if (number === notJudged) return unjudged;
    return number === 0 ? null : colours[(number - 1) % colours.length]!;
  });
  if (fov) outline(pixels, w, h, fov, (inside) => (inside === 1 ? rim : null));
  return pngOf(pixels, w, h);
}

/** Colours the pixels whose class differs from that of a neighbour and that have a colour. */
function outline(
  pixels: Buffer,
  width: number,
  height: number,
  mask: Mask,
  colourOf: (number: number) => string | null,
): void {
  const at = (x: number, y: number): number => {
    const column = Math.floor(((x + 0.5) * mask.width) / width);
    const row = Math.floor(((y + 0.5) * mask.height) / height);
    return mask.data[row * mask.width + column]!;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = at(x, y);
      const colour = colourOf(here);
      if (colour === null) continue;
      const edge =
        (x > 0 && at(x - 1, y) !== here) ||
        (x + 1 < width && at(x + 1, y) !== here) ||
        (y > 0 && at(x, y - 1) !== here) ||
        (y + 1 < height && at(x, y + 1) !== here);
      if (edge) pixels.set(Buffer.from(colour.slice(1), 'hex'), (y * width + x) * 3);
    }
  }
}
