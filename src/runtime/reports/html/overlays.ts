import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { overlayFile } from '../../runs/layout.js';
import type { ReadRun } from '../../runs/read-run.js';
import { bestMedianWorst, type Rank } from '../../statistics/ranks.js';
import { escapeXml } from '../charts/render-chart.js';
import { linkOf } from '../link.js';

/** How wide a picture in the page is at most. */
const widest = 320;

interface Overlay {
  readonly rank: Rank;
  readonly id: string;
  readonly value: number;
  /** A JPEG as a data URI. */
  readonly source: string;
}

/** The test images of the run with the best, the median and the worst value of a measure; none where no image has one. */
export async function overlaysOf({ folder, scored }: ReadRun, key: string): Promise<Overlay[]> {
  const ranked = (scored?.perImage ?? [])
    .flatMap(({ id, [key]: value }) =>
      typeof value === 'number' ? [{ id: String(id), value }] : [],
    )
    .filter(({ id }) => existsSync(join(folder, overlayFile(id))))
    .sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  return Promise.all(
    bestMedianWorst(ranked.length).map(async ({ rank, at }) => {
      const { id, value } = ranked[at]!;
      return { rank, id, value, source: await dataUri(join(folder, overlayFile(id))) };
    }),
  );
}

/** A picture, a file or its bytes, made small enough for a page. */
export async function dataUri(picture: string | Uint8Array): Promise<string> {
  const { default: sharp } = await import('sharp');
  const small = sharp(picture).resize({ width: widest, withoutEnlargement: true });
  const bytes = await small.jpeg({ quality: 82, chromaSubsampling: '4:4:4' }).toBuffer();
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}

/** @param whole where the picture leads: the run, or the overlay in its full size */
export function overlayFigure(
  { rank, id, value, source }: Overlay,
  of: string,
  title: string,
  whole: string,
): string {
  const caption = `${rank}: ${id}, ${title} ${value.toFixed(4)}`;
  const alt = `${of}, ${rank} image ${id}: true positives green, false positives red, false negatives blue`;
  return `<figure><a href="${linkOf(whole)}"><img src="${source}" alt="${escapeXml(alt)}" title="${escapeXml(caption)}"></a><figcaption>${escapeXml(caption)}</figcaption></figure>`;
}
