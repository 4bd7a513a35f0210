import type { ShownValue } from '../../runtime/viewing/trial-file.js';
import { numberOf, type Range } from './heat.js';
import type { Mapped, Masked, Tried } from './messages.js';

/** What is said of an answer: its share first, since a reader cannot see the mask. */
export function wordsOf({ foreground }: Masked, tried: Tried): string {
  const { width, height, seen, tile, took, engine, notes } = tried;
  const own = `${width}×${height}`;
  const size = `${seen.width}×${seen.height}`;
  const ran = own === size ? `${own} pixels` : `${own} pixels, resized to ${size}`;
  const facts = `${ran}, in tiles of ${tile.width}×${tile.height}, on ${engine}`;
  const time = took < 10_000 ? `${(took / 1000).toFixed(2)} s` : `${Math.round(took / 1000)} s`;
  return [`${(100 * foreground).toFixed(1)} % foreground, in ${time}`, facts, ...notes].join('\n');
}

/** What is said of a map: what it is of, its range and how its cells lie over the image. */
export function mapWordsOf(
  { name, channels }: ShownValue,
  channel: number | null,
  { width, height, tile, cells, notes }: Mapped,
  { least, greatest }: Range,
): string {
  const many = `the mean of the absolute values of its ${channels} channels`;
  const one = `channel ${channel} of 0 to ${channels - 1}`;
  const which = channels === 1 ? '' : `, ${channel === null ? many : one}`;
  const range =
    least === greatest
      ? `${numberOf(least)} everywhere`
      : `from ${numberOf(least)} to ${numberOf(greatest)}`;
  const size = `${cells.width}×${cells.height} values for a tile of ${tile.width}×${tile.height} pixels; each pixel has the nearest`;
  const overlap =
    tile.width < width || tile.height < height ? ', averaged where tiles overlap' : '';
  return [`${name}${which}: ${range}`, `${size}${overlap}`, ...notes].join('\n');
}
