import type { Dice } from '../compiler/format/dice.js';

type Mutation = (bytes: Buffer, dice: Dice, other: Uint8Array) => Uint8Array;

/** A place of `bytes`, half of the time among the first or the last hundred, where headers and directories are. */
const placeIn = (bytes: Uint8Array, dice: Dice): number => {
  const near = dice.below(Math.min(100, bytes.length));
  if (dice.chance(0.25)) return near;
  return dice.chance(0.33) ? bytes.length - 1 - near : dice.below(bytes.length);
};

const cut = (bytes: Buffer, start: number, end: number, middle: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]);

/** Numbers at which counts, sizes and signs go over. */
const extremes = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  1n << 53n,
  1n << 63n,
  ~0n,
];

const written =
  (bytes: number): Mutation =>
  (whole, dice) => {
    const value = Buffer.alloc(8);
    value.writeBigUInt64LE(BigInt.asUintN(64, dice.pick(extremes)));
    const at = Math.max(0, Math.min(placeIn(whole, dice), whole.length - bytes));
    value.copy(whole, at, 0, bytes);
    return whole;
  };

const mutations: readonly Mutation[] = [
  // One bit, or one byte.
  (bytes, dice) => {
    bytes[placeIn(bytes, dice)]! ^= 1 << dice.below(8);
    return bytes;
  },
  (bytes, dice) => {
    bytes[placeIn(bytes, dice)] = dice.below(256);
    return bytes;
  },
  written(2),
  written(4),
  written(8),
  // A part lost, doubled, exchanged or from elsewhere.
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  (bytes, dice) => {
    const at = placeIn(bytes, dice);
    return cut(bytes, at, at + 1 + dice.below(64), new Uint8Array());
  },
  (bytes, dice) => {
    const at = placeIn(bytes, dice);
    return cut(bytes, at, at, bytes.subarray(at, at + 1 + dice.below(64)));
  },
  (bytes, dice, other) => {
    const [at, from, length] = [placeIn(bytes, dice), dice.below(other.length), dice.below(256)];
    return cut(bytes, at, at + length, other.subarray(from, from + length));
  },
  (bytes, dice, other) =>
    cut(bytes, placeIn(bytes, dice), bytes.length, other.subarray(dice.below(other.length))),
  (bytes, dice) => bytes.fill(dice.pick([0, 0xff]), placeIn(bytes, dice)),
];

/** `bytes` with one to five changes, mostly few. */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  let mutant = Buffer.from(bytes);
  do {
    if (mutant.length === 0) return mutant;
    mutant = Buffer.from(dice.pick(mutations)(mutant, dice, other));
  } while (dice.chance(0.4));
  return mutant;
}
