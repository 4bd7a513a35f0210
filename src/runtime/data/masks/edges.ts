import type { Values } from './rule.js';

/** How far from black and white a value may lie that lossy compression made of it: a share of white. */
export const near = 1 / 16;

/** The values of one file, or of several. */
export interface Shades {
  readonly values: Values;
  readonly lossy: boolean;
  readonly white: number;
}

/**
 * Limits of all files together, taken from masks of vessels, skin and lungs that were made smaller, or saved as JPEG of
 * quality 50 to 95.
 */
const most = 1 / 5;
const largest = 1 / 2;
const leastSide = 1 / 10;
const leastShades = 16;
/** Of JPEGs so few are noise, wherever they lie: of 60 lungs at quality 90 one pixel is far from the ends. */
const noise = 1 / 10_000;
/** Limits of each file: of the same masks at 64 and 128 pixels edges are at most 0.57 and 0.43, and one cluster 0.64 of them. */
const mostOfOne = 1 / 2;
const largestOfOne = 2 / 3;

/** Half the width of a cluster: JPEG of quality 75 spreads a flat area so far. A share of white. */
const spread = 8 / 255;
/** Clusters nearer to black or white are the ringing of JPEG or of resampling. A share of white. */
const ringing = 1 / 8;

/** What lies between 0 and white. */
interface Between {
  /** All pixels, those of 0 and white too. */
  readonly all: number;
  readonly pixels: number;
  /** Those above one half of white. */
  readonly above: number;
  /** The most that have one value, or one within `spread` of another. */
  readonly cluster: number;
  readonly values: number;
  /** How many of them files without loss have far from black and white. */
  readonly shades: number;
}

function betweenOf(files: readonly Shades[]): Between {
  const counts = new Map<number, number>();
  const far = new Set<number>();
  let all = 0;
  for (const { values, lossy, white } of files) {
    for (const [code, pixels] of values) {
      const shade = code / white;
      all += pixels;
      const compressed = lossy && (shade <= near || shade >= 1 - near);
      if (shade === 0 || shade === 1 || compressed) continue;
      counts.set(shade, (counts.get(shade) ?? 0) + pixels);
      if (!lossy && shade > near && shade < 1 - near) far.add(shade);
    }
  }
  return {
    all,
    pixels: sum([...counts.values()]),
    above: sum([...counts].filter(([shade]) => shade > 0.5).map(([, pixels]) => pixels)),
    cluster: largestCluster(counts),
    values: counts.size,
    shades: far.size,
  };
}

function largestCluster(counts: ReadonlyMap<number, number>): number {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const middle = sorted.filter(([shade]) => shade >= ringing && shade <= 1 - ringing);
  let [most, within, from] = [Math.max(0, ...counts.values()), 0, 0];
  for (const [shade, pixels] of middle) {
    within += pixels;
    // A hair more, as shades are quotients.
    while (middle[from]![0] < shade - 2 * spread - 1e-9) within -= middle[from++]![1];
    most = Math.max(most, within);
  }
  return most;
}

/**
 * Whether the values between 0 and white are only what edges have after resampling, or what lossy compression left, and no
 * classes of their own: at most one fifth of all pixels; no single value, and no cluster away from both ends, has half of
 * them; at least a tenth lie on each side of one half of white; and of those far from both ends there are many shades. Of
 * JPEGs what is near the ends does not count, nor do a few pixels elsewhere, and few shades will do.
 */
export function areEdges(files: readonly Shades[]): boolean {
  const { all, pixels, above, cluster, shades } = betweenOf(files);
  if (pixels === 0 || (pixels <= noise * all && files.every(({ lossy }) => lossy))) return true;
  return (
    pixels <= most * all &&
    cluster <= largest * pixels &&
    Math.min(above, pixels - above) >= leastSide * pixels &&
    (shades === 0 || shades >= leastShades)
  );
}

/** How a file among others whose values are edges has other values between; undefined where its own are edges too. */
export function oddity(file: Shades): 'photograph' | 'class' | undefined {
  const { all, pixels, cluster, values } = betweenOf([file]);
  if (pixels > mostOfOne * all) return values < leastShades ? 'class' : 'photograph';
  // One straight line across has one shade.
  return pixels > Math.sqrt(all) && cluster > largestOfOne * pixels ? 'class' : undefined;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
