import type { Inspection } from '../data/inspect.js';
import type { Part } from '../data/sources/parts.js';
import { counted } from '../errors/counted.js';
import { table } from './table.js';

/** How many sizes are listed before the rest is counted. */
const listed = 5;

/** A table of the parts, then sizes and values, by which rule masks are read, and what is wrong. */
export function printInspection({
  kind,
  classes,
  parts,
  unlabelled,
  sizes,
  range,
  notes,
  problems,
}: Inspection): string {
  const rows = (Object.keys(parts) as Part[]).map((part) => {
    const { images, patients, shares, pixels } = parts[part];
    const none = pixels.every((count) => count === 0);
    const cells = shares.map((share) => (none ? '-' : `${(100 * share).toFixed(1)}%`));
    return [part, String(images), patients === null ? '-' : String(patients), ...cells];
  });
  const lines = [table([kind, 'images', 'patients', ...classes], rows)];
  if (unlabelled > 0) {
    const [images, them] = unlabelled === 1 ? ['image', 'it'] : ['images', 'them'];
    lines.push(`${unlabelled} ${images} without ground truth: netc predict segments ${them}`);
  }
  if (sizes.length > 0) {
    const named = sizes.slice(0, listed).map(({ size, images }) => `${size} (${images})`);
    const more = sizes.length > listed ? `, ${sizes.length - listed} more sizes` : '';
    lines.push(`width, height, channels: ${named.join(', ')}${more}`);
  }
  if (range) lines.push(`values: ${range.map((value) => Number(value.toFixed(3))).join(' to ')}`);
  lines.push(...notes, ...problems);
  lines.push(problems.length === 0 ? 'no problems' : counted(problems.length, 'problem'));
  return lines.join('\n');
}
