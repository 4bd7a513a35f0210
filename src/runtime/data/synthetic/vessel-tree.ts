import type { Random } from '../random.js';

/** A short straight piece of a vessel, in pixels. */
export interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly width: number;
  /** Arteries are brighter than veins and show a reflex along their middle. */
  readonly artery: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where vessels may grow. */
export interface Ground {
  readonly disc: Point;
  readonly macula: Point;
  readonly centre: Point;
  readonly radius: number;
}

interface Tip extends Point {
  readonly angle: number;
  readonly width: number;
  readonly artery: boolean;
  /** Bends around the macula, as the large temporal vessels do. */
  readonly arcade: boolean;
}

/** Below this a vessel is too thin for a ground truth to have it. */
const thinnest = 1.1;
const stepLength = 1.5;

/**
 * The vessels of one eye: arteries and veins leave the optic disc upwards and downwards and divide
 * on their way.
 */
export function growVessels(ground: Ground, random: Random): Segment[] {
  const segments: Segment[] = [];
  const tips = roots(ground, random);
  for (let tip = tips.pop(); tip; tip = tips.pop()) {
    tips.push(...growBranch(tip, ground, random, segments));
  }
  return segments;
}

function roots({ disc, macula, radius }: Ground, random: Random): Tip[] {
  const towardsMacula = Math.sign(macula.x - disc.x);
  const tips: Tip[] = [];
  for (const artery of [true, false]) {
    for (const vertical of [-1, 1]) {
      for (const horizontal of [towardsMacula, -towardsMacula]) {
        const temporal = horizontal === towardsMacula;
        const slope = random.between(0.9, 1.4) + (artery ? 0.15 : 0);
        tips.push({
          ...disc,
          angle: Math.atan2(vertical * slope, horizontal),
          width: (radius / 25) * (temporal ? 1 : 0.75) * (artery ? 0.8 : 1),
          artery,
          arcade: temporal,
        });
      }
    }
  }
  return tips;
}

/**
 * Follows one branch to where it ends, leaves the field or divides; returns what it divided into.
 */
function growBranch(start: Tip, ground: Ground, random: Random, segments: Segment[]): Tip[] {
  let { x, y, angle, width } = start;
  let bend = 0;
  const children: Tip[] = [];
  const reach = ground.radius * random.between(0.35, 0.7);
  for (let travelled = 0; width > thinnest; travelled += stepLength) {
    bend = 0.9 * bend + 0.018 * random.normal();
    angle += bend + (start.arcade ? aroundMacula({ x, y }, angle, ground) : 0);
    const x1 = x + stepLength * Math.cos(angle);
    const y1 = y + stepLength * Math.sin(angle);
    if (Math.hypot(x1 - ground.centre.x, y1 - ground.centre.y) > ground.radius + 4) return children;
    segments.push({ x0: x, y0: y, x1, y1, width, artery: start.artery });
    [x, y] = [x1, y1];
    width *= 1 - 0.35 / ground.radius;
    const side = random.uniform() < 0.5 ? -1 : 1;
    if (random.uniform() < (2.2 * stepLength) / ground.radius) {
      // A twig leaves sideways; the branch goes on almost as wide.
      const twig = width * random.between(0.35, 0.65);
      const turn = side * random.between(0.6, 1.2);
      children.push({ ...start, x, y, angle: angle + turn, width: twig, arcade: false });
    } else if (travelled > reach) {
      // It divides in two; the cubes of the widths add up (Murray 1926).
      const part = random.between(0.4, 0.6);
      for (const [share, turn] of [
        [part, side * random.between(0.2, 0.5)],
        [1 - part, -side * random.between(0.2, 0.5)],
      ] as const) {
        const next = { x, y, angle: angle + turn, width: width * Math.cbrt(share) };
        children.push({ ...start, ...next });
      }
      return children;
    }
  }
  return children;
}

/** The turn that keeps a vessel on its way around the macula and out of it. */
function aroundMacula(at: Point, angle: number, { macula, radius }: Ground): number {
  const [dx, dy] = [macula.x - at.x, macula.y - at.y];
  const distance = Math.hypot(dx, dy);
  const side = Math.sign(Math.cos(angle) * dy - Math.sin(angle) * dx);
  if (distance < radius * 0.25) return -side * 0.1;
  return distance < radius * 1.1 ? (side * 0.7 * stepLength) / radius : 0;
}
