import type { Masked, Tried } from './messages.js';

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
