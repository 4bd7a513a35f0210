import type { Random } from '../random.js';

/** A closed line around a point, in pixels: an ellipse with waves. */
export interface Outline {
  readonly x: number;
  readonly y: number;
  /** Half the extents along its own axes. */
  readonly along: number;
  readonly across: number;
  /** How its first axis is turned. */
  readonly angle: number;
  readonly waves: readonly Wave[];
}

interface Wave {
  readonly count: number;
  readonly height: number;
  readonly phase: number;
}

/** Waves of 2 to `most` around, the short ones lower; `height` is a share of the radius. */
export const wavesOf = (random: Random, most: number, height: number): Wave[] =>
  Array.from({ length: most - 1 }, (_, i) => ({
    count: i + 2,
    height: (height * random.between(0.3, 1)) / Math.sqrt(i + 1),
    phase: random.between(0, 2 * Math.PI),
  }));

/** How far out a pixel lies as a share of the way from the middle to the line: below 1 inside. */
export function reachAt({ x, y, along, across, angle, waves }: Outline, px: number, py: number) {
  const [dx, dy] = [px - x, py - y];
  const u = (dx * Math.cos(angle) + dy * Math.sin(angle)) / along;
  const v = (dy * Math.cos(angle) - dx * Math.sin(angle)) / across;
  const around = Math.atan2(v, u);
  let radius = 1;
  for (const { count, height, phase } of waves) radius += height * Math.cos(count * around + phase);
  return Math.hypot(u, v) / Math.max(radius, 0.2);
}

export const ellipse = (
  x: number,
  y: number,
  along: number,
  across: number,
  angle = 0,
): Outline => ({
  x,
  y,
  along,
  across,
  angle,
  waves: [],
});

/** 1 well inside, 0 well outside, one half on the line; `softness` is a share of the radius. */
export const softInside = (reach: number, softness: number): number =>
  1 / (1 + Math.exp(Math.min(60, (reach - 1) / softness)));
