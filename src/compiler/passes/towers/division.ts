import type { GraphBuilder } from '../../ir/builder.js';
import type { Node, Value } from '../../ir/graph.js';
import { several } from '../../ops/definition.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { reduceSum } from '../../ops/reduction/reduce-sum.js';
import { concat } from '../../ops/structure/concat.js';
import { fill } from '../../ops/structure/fill.js';
import { reshape } from '../../ops/structure/reshape.js';
import { slice } from '../../ops/structure/slice.js';
import { fixed, fixedValue, printSize, type Shape } from '../../sizes/size.js';
import type { Parts } from './batch.js';

/** What has become of a value: all of it, or its parts, one a tower. */
export type Divided = Value | readonly Value[];

export const isInParts = (divided: Divided): divided is readonly Value[] => Array.isArray(divided);

/** A graph while its batch is divided: what its values have become in the new one, and what rules build with. */
export class Division {
  readonly #wholes: (Value | undefined)[];
  readonly #towers: (readonly Value[] | undefined)[];
  readonly #counts = new Map<string, Value>();
  /** The biased variance of each batch norm, by the unbiased one. */
  readonly biased = new Map<Value, Value>();

  constructor(
    readonly b: GraphBuilder,
    readonly parts: Parts,
    limit: number,
  ) {
    this.#wholes = new Array(limit);
    this.#towers = new Array(limit);
  }

  get count(): number {
    return this.parts.count;
  }

  set({ id }: Value, divided: Divided): void {
    if (isInParts(divided)) this.#towers[id] = divided;
    else this.#wholes[id] = divided;
  }

  /** All of a value: parts are put together. */
  whole({ id }: Value): Value {
    this.#wholes[id] ??= this.b.apply(concat, several(this.#towers[id]!), { axis: 0 })[0];
    return this.#wholes[id]!;
  }

  /** What a tower reads of a value: its part, or all of one that has no batch. */
  at(value: Value, tower: number): Value {
    if (!this.parts.isBatched(value.type)) return this.whole(value);
    this.#towers[value.id] ??= this.#cut(this.whole(value));
    return this.#towers[value.id]![tower]!;
  }

  /** Prepares what `onEach` reads: what is cut out of a whole is no tower's. */
  ready(values: readonly Value[]): void {
    for (const value of values) this.at(value, 0);
  }

  /** What each tower makes of what `body` reads. */
  onEach<T>(body: (tower: number) => T): readonly T[] {
    const { b, count } = this;
    const made = Array.from({ length: count }, (_, tower) => {
      b.tower = tower;
      return body(tower);
    });
    b.tower = undefined;
    return made;
  }

  /** A node by each tower: the parts of each of its results. */
  nodes({ op, operands, attributes, results }: Node): readonly (readonly Value[])[] {
    this.ready(operands);
    const own = this.parts.attributes(op, attributes);
    const made = this.onEach((tower) => {
      const parts = operands.map((operand) => this.at(operand, tower));
      return this.b.apply(op, parts, own);
    });
    return results.map((_, result) => made.map((of) => of[result]!));
  }

  sum(values: readonly Value[]): Value {
    return values.reduce(arithmetic(this.b).add);
  }

  mean(values: readonly Value[]): Value {
    return arithmetic(this.b).div(this.sum(values), this.count);
  }

  /** How many elements a tensor of a shape has, counted axis by axis where the sizes are symbols. */
  elements(shape: Shape): Value {
    const { b } = this;
    return shape
      .map((size) => {
        const number = fixedValue(size);
        if (number !== undefined) return b.constant(number);
        const key = printSize(size);
        const known = this.#counts.get(key);
        if (known) return known;
        const [ones] = b.apply(fill, [], { value: 1, shape: [size] });
        const [count] = b.apply(reduceSum, [ones], { axes: [0], keepDims: false });
        this.#counts.set(key, count);
        return count;
      })
      .reduce(arithmetic(b).mul);
  }

  /** A tensor cut along its first axis. */
  #cut(whole: Value): readonly Value[] {
    const { b } = this;
    const own = this.parts.shape(whole.type.shape);
    const [stacked] = b.apply(reshape, [whole], { shape: [fixed(this.count), ...own] });
    return Array.from({ length: this.count }, (_, tower) => {
      const begin = [tower, ...own.map(() => 0)];
      const [one] = b.apply(slice, [stacked], { begin, shape: [fixed(1), ...own] });
      return b.apply(reshape, [one], { shape: own })[0];
    });
  }
}
