import type { Values } from './rule.js';

/** How far from black and white a value may lie that lossy compression made of it: a share of white. */
export const near = 1 / 16;

interface Shades {
  readonly values: Values;
  readonly lossy: boolean;
  readonly white: number;
}

/** Limits, taken from masks of vessels, skin and lungs that were made smaller, or saved as JPEG of quality 50 to 95. */
const most = 1 / 5;
const largest = 1 / 2;
const leastSide = 1 / 10;
const leastShades = 16;

/**
 * Whether the values between 0 and white are only what edges have after resampling, or what lossy compression left, and no
 * classes of their own: at most one fifth of all pixels; no single value has half of them; at least a tenth lie on each side
 * of one half of white; and of those far from both ends there are many shades. Of JPEGs
 * what is near the ends does not count, and few shades will do.
 */
export function areEdges(files: readonly Shades[]): boolean {
  const counts = new Map<number, number>();
  const far = new Set<number>();
  let all = 0;
  for (const { values, lossy, white } of files) {
    for (const [code, pixels] of values) {
      const shade = code / white;
      all += pixels;
      const noise = lossy && (shade <= near || shade >= 1 - near);
      if (shade === 0 || shade === 1 || noise) continue;
      counts.set(shade, (counts.get(shade) ?? 0) + pixels);
      if (!lossy && shade > near && shade < 1 - near) far.add(shade);
    }
  }
  const between = sum([...counts.values()]);
  if (between === 0) return true;
  const above = sum([...counts].filter(([shade]) => shade > 0.5).map(([, pixels]) => pixels));
  return (
    between <= most * all &&
    Math.max(...counts.values()) <= largest * between &&
    Math.min(above, between - above) >= leastSide * between &&
    (far.size === 0 || far.size >= leastShades)
  );
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
