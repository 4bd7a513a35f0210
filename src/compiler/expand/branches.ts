import type { GraphBuilder } from '../ir/builder.js';
import type { Node, Value } from '../ir/graph.js';
import { sameSize } from '../sizes/size.js';

/** Where one of two values that disagree along an axis got its size. */
export interface Branch {
  readonly value: Value;
  /** The node that last changed the size, since the branches parted; undefined where they differ in nothing since. */
  readonly change: { readonly node: Node; readonly from: Value | undefined } | undefined;
}

/** Two values back to where they parted. */
export interface Branches {
  readonly branches: readonly [Branch, Branch];
  /** The latest value that both are made of; undefined where they have nothing in common. */
  readonly fork: Value | undefined;
}

const channels = 3;

/** Follows what two images were made of, back to where they parted, for the size along `axis`. */
export function branchesOf(
  builder: GraphBuilder,
  [first, second]: readonly [Value, Value],
  axis: number,
): Branches {
  const fork = forkOf(builder, first, second);
  const branch = (value: Value): Branch => ({
    value,
    change: changeOf(builder, value, axis, fork),
  });
  return { branches: [branch(first), branch(second)], fork };
}

/** Values are numbered in the order they are made, so the latest common one is that with the highest number. */
function forkOf(builder: GraphBuilder, a: Value, b: Value): Value | undefined {
  const ancestors = ancestorsOf(builder, a);
  let fork: Value | undefined;
  for (const value of ancestorsOf(builder, b)) {
    if (ancestors.has(value) && (!fork || value.id > fork.id)) fork = value;
  }
  return fork;
}

/** `value` and all the images it is computed from. */
function ancestorsOf(builder: GraphBuilder, value: Value): ReadonlySet<Value> {
  const seen = new Set([value]);
  for (const each of seen) for (const operand of imagesInto(builder, each)) seen.add(operand);
  return seen;
}

const imagesInto = (builder: GraphBuilder, value: Value): readonly Value[] =>
  builder
    .producer(value)
    ?.operands.filter(
      (operand) => operand.type.shape.length === 4 && !builder.variableOf(operand),
    ) ?? [];

function changeOf(
  builder: GraphBuilder,
  value: Value,
  axis: number,
  fork: Value | undefined,
): Branch['change'] {
  let at = value;
  for (let node = builder.producer(at); node && at !== fork; node = builder.producer(at)) {
    const images = imagesInto(builder, at);
    const size = at.type.shape[axis]!;
    const same = images.find(({ type }) => sameSize(type.shape[axis]!, size));
    // A convolution decides its channels even where they are as many as before.
    const decides = axis === channels && node.op.kind === 'convolution';
    if (!same || decides) return { node, from: images[0] };
    at = same;
  }
  return undefined;
}
