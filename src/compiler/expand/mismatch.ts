import type { Pair } from '../diagnostics/facts.js';
import type { Change, Mismatch, Remedy } from '../diagnostics/messages/mismatch.js';
import type { Value } from '../ir/graph.js';
import { SizeRangeError } from '../sizes/rational.js';
import { fixedValue, isOne, printSize, ratioOf, type Size, sumOf, times } from '../sizes/size.js';
import { type Branch, branchesOf } from './branches.js';
import type { Expansion } from './expansion.js';
import { nameOf, type Operand, placeOfStage } from './operand.js';

const channels = 3;

/** What there is to say of two tensors whose sizes disagree along an axis: where they parted, and what would make them agree. */
export function mismatchOf(
  x: Expansion,
  pair: Pair<Value>,
  axis: number,
  [first, second]: Pair<Operand | undefined>,
): Omit<Mismatch, 'operands'> {
  const { branches, fork } = branchesOf(x.builder, pair, axis);
  const sizes = [pair[0].type.shape[axis]!, pair[1].type.shape[axis]!] as const;
  const changes = ([0, 1] as const).flatMap((of) => changeOf(x, branches[of], of, axis, fork));
  const itself = branches.findIndex(({ value }) => value === fork);
  const at = x.makerOf(fork);
  return {
    axis,
    sizes: [printSize(sizes[0]!), printSize(sizes[1]!)],
    names: [nameOf(first), nameOf(second)],
    places: [placeOfStage(first), placeOfStage(second)],
    changes:
      fork && at
        ? [
            ...changes,
            { kind: 'fork', of: whichOf(itself), at, size: printSize(fork.type.shape[axis]!) },
          ]
        : changes,
    remedy: axis === channels ? moreChannels(sizes) : remedyOf(sizes, axis),
  };
}

const whichOf = (index: number): 0 | 1 | null => (index === 0 || index === 1 ? index : null);

/** Where a branch got its size; nothing for the fork itself, which is told last. */
function changeOf(
  x: Expansion,
  { value, change }: Branch,
  of: 0 | 1,
  axis: number,
  fork: Value | undefined,
): readonly Change[] {
  const size = value.type.shape[axis]!;
  const at = change ? change.node.origin?.site : x.makerOf(value);
  if (!at || value === fork) return [];
  if (!change)
    return [{ kind: 'unchanged', of, at, size: printSize(size), parted: fork !== undefined }];
  const from = change.from?.type.shape[axis];
  const how =
    from && ratioOf(from, size) === 2
      ? 'halved'
      : from && ratioOf(size, from) === 2
        ? 'doubled'
        : 'changed';
  return [
    { kind: 'changed', of, at, from: from ? printSize(from) : null, to: printSize(size), how },
  ];
}

function moreChannels(sizes: Pair<Size>): Remedy {
  const [a, b] = [fixedValue(sizes[0]) ?? 0, fixedValue(sizes[1]) ?? 0];
  return { kind: 'conv', of: a < b ? 0 : 1, channels: Math.max(a, b) };
}

/** Sizes whose difference is out of range have no better remedy than to be fitted to each other. */
function remedyOf(sizes: Pair<Size>, axis: number): Remedy {
  try {
    return sameSizes(sizes, axis);
  } catch (error) {
    if (error instanceof SizeRangeError) return { kind: 'resize', of: isOne(sizes[0]) ? 0 : 1 };
    throw error;
  }
}

function sameSizes(sizes: Pair<Size>, axis: number): Remedy {
  if (axis === 0) return { kind: 'batch' };
  for (const [large, small] of [
    [0, 1],
    [1, 0],
  ] as const) {
    if (isOne(sizes[small])) continue;
    const factor = ratioOf(sizes[large], sizes[small]);
    if (factor !== undefined && Number.isInteger(factor))
      return { kind: 'upsample', of: small, factor };
    const rest = sumOf(sizes[large], times(sizes[small], -1));
    const border = rest && fixedValue(rest);
    if (border !== undefined && Number.isInteger(border) && border > 0)
      return { kind: 'crop', of: large, border };
  }
  if (neverBothWhole(sizes)) return { kind: 'neverWhole' };
  return { kind: 'resize', of: isOne(sizes[0]) ? 0 : 1 };
}

/** Whether the two are apart by a fraction whatever their symbol stands for. */
function neverBothWhole([a, b]: Pair<Size>): boolean {
  const rest = sumOf(a, times(b, -1));
  const apart = rest && fixedValue(rest);
  return apart !== undefined && !Number.isInteger(apart);
}
