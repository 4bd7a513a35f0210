import { fixed } from '../../sizes/size.js';
import { type GraphDefBuilder, integer, type Tensor, type } from './graphdef.js';
import { DataType } from './proto.js';
import type { Binding } from './signature.js';

const double = { T: type(DataType.double) };
const int32 = type(DataType.int32);

/** The name of a timed function's signature. */
export const timedName = (fn: string): string => `timed/${fn}`;
/** Its output beside those of the function: the seconds that each part took, [parts]. */
export const secondsOutput = 'timed/seconds';

/**
 * Measures a graph from inside, as the binding can't pass what TensorFlow's own trace is asked for by. Its nodes are cut into
 * parts, in the order in which they are added; between two parts the clock is read: after all nodes of the one, before any of
 * the other. So the parts run one after the other, and their times add up to the whole.
 */
export class Stopwatch {
  /** What each part so far is of. */
  readonly parts: number[] = [];
  readonly #stamps: Tensor[];
  #begin: number;

  constructor(
    private readonly b: GraphDefBuilder,
    private readonly scope: string,
  ) {
    this.#stamps = [b.node('Timestamp', `${scope}/begin`, [], {})];
    this.#begin = b.nodes.length;
  }

  /** Ends a part: all nodes added since the one before it. One without nodes is none. */
  lap(of: number): void {
    const added = this.b.orderAfter(this.#begin, this.#stamps.at(-1)!);
    if (added.length === 0) return;
    this.#stamps.push(this.b.node('Timestamp', `${this.scope}/end`, added, {}));
    this.#begin = this.b.nodes.length;
    this.parts.push(of);
  }

  /** The seconds of each part. Subtracted in doubles: a float32 of the time of day has no fractions. */
  output(): Binding {
    const { b, scope } = this;
    const n = this.parts.length;
    const node = (op: string, inputs: readonly Tensor[], attrs = {}): Tensor =>
      b.node(op, `${scope}/${op}`, inputs, { ...double, ...attrs });
    const stamps = node('Pack', this.#stamps, { N: integer(n + 1) });
    const from = (first: number): Tensor =>
      node('Slice', [stamps, b.ints([first], [1]), b.ints([n], [1])], { Index: int32 });
    const differences = node('Sub', [from(1), from(0)]);
    const types = { SrcT: type(DataType.double), DstT: type(DataType.float) };
    return {
      name: secondsOutput,
      value: { id: -1, type: { dtype: 'float', shape: [fixed(n)] } },
      tensor: b.node('Cast', `${scope}/seconds`, [differences], types),
    };
  }
}
