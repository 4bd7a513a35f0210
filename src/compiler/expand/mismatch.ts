import type { Related, Suggestion } from '../diagnostics/diagnostic.js';
import type { Value } from '../ir/graph.js';
import { fixedValue, isOne, printSize, ratioOf, type Size, sumOf, times } from '../sizes/size.js';
import { type Branch, type Branches, branchesOf } from './branches.js';
import type { Expansion } from './expansion.js';
import { furtherStage, nameOr, type Operand } from './further-stage.js';

const sides = ['batch size', 'height', 'width', 'channels'] as const;
const channels = 3;

/** What to say of two tensors whose sizes disagree along an axis: where they parted, and what would make them agree. */
export interface Mismatch {
  readonly related: readonly Related[];
  readonly suggestion?: Suggestion;
}

/** `names` are what the reader calls the two: "the first input", "the left side". */
export function mismatchOf(
  x: Expansion,
  pair: readonly [Value, Value],
  axis: number,
  names: readonly [string, string],
  operands: Pair<Operand | undefined>,
): Mismatch {
  const { branches, fork } = branchesOf(x.builder, pair, axis);
  const related = branches.flatMap((branch, i) => placeOf(x, branch, axis, fork, names[i]));
  const sizes = [pair[0].type.shape[axis], pair[1].type.shape[axis]] as const;
  const suggestion =
    axis === channels
      ? sameChannels(sizes, names, operands)
      : sameSizes(sizes, axis, names, operands);
  return {
    related: [...related, ...forkPlace(x, { branches, fork }, axis, names)],
    ...(suggestion ? { suggestion } : {}),
  };
}

/** Where a branch got its size; nothing for the fork itself, which is shown last. */
function placeOf(
  x: Expansion,
  { value, change }: Branch,
  axis: number,
  fork: Value | undefined,
  name: string,
): readonly Related[] {
  const size = value.type.shape[axis];
  const span = change ? change.node.origin?.site : x.makerOf(value);
  if (!span || value === fork) return [];
  const words = change
    ? changed(change.from?.type.shape[axis], size, axis)
    : `${fork ? 'still ' : ''}${amount(size, axis)}`;
  return [{ span, message: `${name}: ${words}` }];
}

/** `height halved here, from H to H/2`; `64 channels from here on`. */
function changed(from: Size | undefined, to: Size, axis: number): string {
  if (!from || axis === channels) return `${amount(to, axis)} from here on`;
  const verb = ratioOf(from, to) === 2 ? 'halved' : ratioOf(to, from) === 2 ? 'doubled' : 'changed';
  return `${sides[axis]} ${verb} here, from ${printSize(from)} to ${printSize(to)}`;
}

function forkPlace(
  x: Expansion,
  { branches, fork }: Branches,
  axis: number,
  names: readonly [string, string],
): readonly Related[] {
  const span = x.makerOf(fork);
  if (!fork || !span) return [];
  const size = amount(fork.type.shape[axis], axis);
  const itself = branches.findIndex(({ value }) => value === fork);
  const words =
    itself < 0
      ? `both come from here: ${size}`
      : `${names[itself]}: ${size}; ${names[1 - itself]} is made of it`;
  return [{ span, message: words }];
}

function amount(size: Size, axis: number): string {
  if (axis === channels) return `${printSize(size)} ${isOne(size) ? 'channel' : 'channels'}`;
  return `${sides[axis]} ${printSize(size)}`;
}

type Pair<T> = readonly [T, T];

function sameChannels(
  sizes: Pair<Size>,
  names: Pair<string>,
  operands: Pair<Operand | undefined>,
): Suggestion {
  const [a, b] = sizes.map((size) => fixedValue(size) ?? 0);
  const fewer = a < b ? 0 : 1;
  const most = Math.max(a, b);
  const stage = `Conv(${most}, kernel: 1)`;
  const message = `\`-> ${stage}\` after ${names[fewer]} gives it ${most} channels`;
  return { message, ...furtherStage(operands[fewer], stage) };
}

function sameSizes(
  sizes: Pair<Size>,
  axis: number,
  names: Pair<string>,
  operands: Pair<Operand | undefined>,
): Suggestion {
  if (axis === 0) return { message: 'give both inputs of the model the same symbol for the batch' };
  for (const [large, small] of [
    [0, 1],
    [1, 0],
  ]) {
    const ratio = isOne(sizes[small]) ? undefined : ratioOf(sizes[large], sizes[small]);
    if (ratio !== undefined && Number.isInteger(ratio)) {
      const stage = `upsample(${ratio})`;
      const message = `\`-> ${stage}\` after ${names[small]} gives it the ${sides[axis]} ${printSize(sizes[large])}`;
      return { message, ...furtherStage(operands[small], stage) };
    }
    const rest = sumOf(sizes[large], times(sizes[small], -1));
    const border = rest && fixedValue(rest);
    if (border !== undefined && Number.isInteger(border) && border > 0 && !isOne(sizes[small])) {
      const crop = `\`${fedTogether(operands, large, 'cropLike')}\` takes the middle of ${names[large]} at the size of ${names[small]}`;
      const pads = border % 2 === 0 ? `, or \`-> pad(${border / 2})\` after ${names[small]}` : '';
      return { message: `${crop}${pads}` };
    }
  }
  if (neverBothWhole(sizes)) {
    const [a, b] = sizes.map(printSize);
    return {
      message: `${a} and ${b} are never whole together: halve both by the same padding, such as \`stride: 2, padding: "torch"\``,
    };
  }
  const small = isOne(sizes[0]) ? 0 : 1;
  const resized = fedTogether(operands, small, 'resizeLike');
  return { message: `\`${resized}\` takes ${names[small]} to the size of ${names[1 - small]}` };
}

/** `(x, y) -> resizeLike`, in the reader's names where they are names. */
function fedTogether(operands: Pair<Operand | undefined>, changed: number, stage: string): string {
  const [x, y] = [nameOr(operands[changed], 'x'), nameOr(operands[1 - changed], 'y')];
  return `(${x}, ${y}) -> ${stage}`;
}

/** Whether the two are apart by a fraction whatever their symbol stands for. */
function neverBothWhole([a, b]: Pair<Size>): boolean {
  const rest = sumOf(a, times(b, -1));
  const apart = rest && fixedValue(rest);
  return apart !== undefined && !Number.isInteger(apart);
}
