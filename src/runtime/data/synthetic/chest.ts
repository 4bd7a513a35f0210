import type { Random } from '../random.js';
import { ellipse, type Outline, wavesOf } from './outline.js';

/** Where things lie in one synthetic slice of a chest, seen from the feet: the patient's right is on the left. */
export interface Chest {
  readonly body: Outline;
  /** The body without skin and fat. */
  readonly muscle: Outline;
  readonly right: Outline;
  readonly left: Outline;
  readonly heart: Outline;
  readonly spine: Outline;
  readonly canal: Outline;
  readonly ribs: readonly Outline[];
  /** Windpipe, bronchi, gullet, stomach: air that is no lung. */
  readonly airways: readonly Outline[];
  /** Inside the lungs, as dense as flesh, and lung all the same. */
  readonly infiltrates: readonly Outline[];
  readonly vessels: readonly Outline[];
  /** The upper edge of the mattress, in pixels. */
  readonly mattress: number;
}

export function layOutChest(size: number, random: Random): Chest {
  const near = (value: number, by: number): number => size * (value + random.between(-by, by));
  const [cx, cy] = [near(0.5, 0.02), near(0.46, 0.02)];
  const [wide, deep] = [near(0.42, 0.03), near(0.3, 0.025)];
  const lung = (side: number): Outline => ({
    x: cx + side * 0.47 * wide,
    y: cy + random.between(-0.03, 0.03) * deep,
    along: wide * random.between(0.3, 0.37),
    across: deep * random.between(0.6, 0.74),
    angle: side * random.between(0.05, 0.25),
    waves: wavesOf(random, 6, 0.05),
  });
  const [right, left] = [lung(-1), lung(1)];
  const spineAt = cy + 0.62 * deep;
  const vertebra = 0.12 * wide;
  return {
    body: { ...ellipse(cx, cy, wide, deep), waves: wavesOf(random, 5, 0.02) },
    muscle: ellipse(cx, cy, wide * random.between(0.86, 0.93), deep * random.between(0.84, 0.92)),
    right,
    left,
    heart: {
      ...ellipse(
        cx + 0.14 * wide,
        cy - 0.16 * deep,
        0.32 * wide,
        0.36 * deep,
        random.between(0.2, 0.7),
      ),
      waves: wavesOf(random, 5, 0.05),
    },
    spine: ellipse(cx, spineAt, vertebra, vertebra * 0.85),
    canal: ellipse(cx, spineAt + vertebra * 1.1, vertebra * 0.45, vertebra * 0.4),
    ribs: ribsOf(cx, cy, wide, deep, random),
    airways: airwaysOf(cx, cy, wide, deep, random),
    infiltrates: [right, left].flatMap((side) => infiltratesOf(side, random)),
    vessels: [right, left].flatMap((side) => vesselsOf(side, cx, random)),
    mattress: cy + deep * random.between(1.02, 1.08),
  };
}

function ribsOf(cx: number, cy: number, wide: number, deep: number, random: Random): Outline[] {
  const first = random.between(0, 0.4);
  return Array.from({ length: 14 }, (_, n) => {
    const around = first + (2 * Math.PI * (n + random.between(-0.15, 0.15))) / 14;
    const [x, y] = [cx + 0.8 * wide * Math.cos(around), cy + 0.82 * deep * Math.sin(around)];
    const tangent = Math.atan2(0.82 * deep * Math.cos(around), -0.8 * wide * Math.sin(around));
    return ellipse(x, y, wide * random.between(0.05, 0.11), wide * 0.028, tangent);
  });
}

function airwaysOf(cx: number, cy: number, wide: number, deep: number, random: Random): Outline[] {
  const radius = wide * random.between(0.045, 0.075);
  const apart = random.uniform() < 0.5 ? 0 : radius * random.between(1.3, 2);
  const y = cy + deep * random.between(0.2, 0.3);
  const pipes =
    apart === 0
      ? [ellipse(cx, y, radius, radius)]
      : [-1, 1].map((side) => ellipse(cx + side * apart, y, radius, radius * 0.8));
  if (random.uniform() < 0.5)
    pipes.push(ellipse(cx - radius, y + 2.1 * radius, radius * 0.5, radius * 0.4));
  if (random.uniform() < 0.5) {
    // The stomach's bubble, in front of the left lung's lower end.
    const [x, top] = [
      cx + wide * random.between(0.25, 0.45),
      cy - deep * random.between(0.45, 0.6),
    ];
    pipes.push(ellipse(x, top, wide * random.between(0.1, 0.2), deep * random.between(0.1, 0.16)));
  }
  return pipes;
}

function infiltratesOf({ x, y, along, across }: Outline, random: Random): Outline[] {
  return Array.from({ length: random.below(3) }, () => {
    const around = random.between(0, 2 * Math.PI);
    const [dx, dy] = [Math.cos(around) * along * 0.75, Math.sin(around) * across * 0.75];
    return {
      ...ellipse(
        x + dx,
        y + dy,
        along * random.between(0.15, 0.4),
        along * random.between(0.1, 0.3),
      ),
      waves: wavesOf(random, 6, 0.12),
    };
  });
}

/** Cut vessels: wide near the middle of the chest, thin at the rim. */
function vesselsOf({ x, y, along, across }: Outline, cx: number, random: Random): Outline[] {
  return Array.from({ length: 26 }, () => {
    const [px, py] = [
      x + along * random.between(-0.9, 0.9),
      y + across * random.between(-0.9, 0.9),
    ];
    const width = along * 0.06 * Math.max(0.35, 1.3 - Math.abs(px - cx) / (2 * along));
    return ellipse(px, py, width * random.between(1, 4), width, random.between(0, Math.PI));
  });
}
