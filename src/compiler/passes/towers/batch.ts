import type { Graph, TensorType } from '../../ir/graph.js';
import type { OpDefinition } from '../../ops/definition.js';
import type { Attributes } from '../../ops/values.js';
import { dividedBy, type Shape, type Size, sameSize, symbolic } from '../../sizes/size.js';

/** That the batch of a graph cannot be divided. */
export class TowersError extends Error {}

/** The symbol that all inputs with axes have as their first size, which is the batch; undefined where there is none. */
export function batchOf({ inputs, symbols }: Graph): string | undefined {
  const firsts = inputs.flatMap(({ value }) => value.type.shape.slice(0, 1));
  const symbol = firsts[0]?.symbol ?? undefined;
  if (symbol === undefined || !firsts.every((size) => sameSize(size, symbolic(symbol))))
    return undefined;
  // What demands something of the batch reads more than one image of it.
  const isFree = symbols.every((one) => one.symbol !== symbol || one.modulus === 1);
  return isFree ? symbol : undefined;
}

/** How the sizes of a graph change where each of `count` towers has its part of the batch `symbol`. */
export class Parts {
  constructor(
    readonly symbol: string,
    readonly count: number,
  ) {}

  /** Whether a tensor has the batch as its first axis. It has it nowhere else. */
  isBatched({ shape }: TensorType): boolean {
    shape.forEach((size, axis) => {
      if (this.#isOfBatch(size) && (axis > 0 || !sameSize(size, symbolic(this.symbol))))
        throw new TowersError(
          `a tensor has the batch ${this.symbol} elsewhere than as its first axis`,
        );
    });
    return shape.length > 0 && this.#isOfBatch(shape[0]!);
  }

  /** Of one tower. */
  shape(shape: Shape): Shape {
    return shape.map((size) => (this.#isOfBatch(size) ? dividedBy(size, this.count) : size));
  }

  /** Those of a node for one tower. */
  attributes(op: OpDefinition, all: Attributes): Attributes {
    return Object.fromEntries(
      Object.entries(all).map(([name, value]) => [
        name,
        op.attributes[name] === 'sizes' ? this.shape(value as Shape) : value,
      ]),
    );
  }

  #isOfBatch = ({ symbol }: Size): boolean => symbol === this.symbol;
}
