import type { Value as GraphValue, Node } from '../ir/graph.js';
import type { Initializer } from '../ir/initializer.js';
import type { GradientBuilder } from '../ops/definition.js';
import type { Signature } from './callable.js';
import type { ConfigurationOf, Parameter, Parameters } from './parameters.js';
import type { Result } from './value.js';

/** What a built-in builds with. Refusals are thrown as `ShapeError` and reported at the application. */
export interface Builder extends GradientBuilder {
  /** The path of the instance or, for an operation, of its application. */
  readonly path: string;
  /** The weight at `path/leaf`, made here unless a shared instance made it before. */
  weight(leaf: string, shape: readonly number[], initial: Initializer): GraphValue;
  /** As `weight`, for what is stored and not trained. */
  moment(leaf: string, shape: readonly number[], initial: Initializer): GraphValue;
  /** The node that `value` is a result of; undefined for an input or a variable. */
  producer(value: GraphValue): Node | undefined;
}

/** A built-in block or operation (docs/reference.md), as the expansion sees it. */
export interface Builtin {
  /** Only a block owns weights (names-1). */
  readonly kind: 'block' | 'operation';
  readonly name: string;
  readonly summary: string;
  readonly signature: Signature;
  readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
  /** Names of the inputs; `...name` takes any number and flattens lists. */
  readonly inputs: readonly string[];
  /** The input whose height and width the result has, whatever those of the others are. */
  readonly sizedBy?: string | undefined;
  /** Tensors and read configuration in, the result out. */
  build(b: Builder, inputs: readonly GraphValue[], configuration: object): Result;
}

interface Parts<P extends Parameters> {
  readonly name: string;
  readonly summary: string;
  readonly parameters: P;
  /** `['x']` unless said otherwise. */
  readonly inputs?: readonly string[];
  readonly sizedBy?: string;
  build(
    b: Builder,
    inputs: readonly GraphValue[],
    configuration: ConfigurationOf<P>,
  ): GraphValue | Result;
}

const builtin = <P extends Parameters>(kind: Builtin['kind'], parts: Parts<P>): Builtin => ({
  kind,
  name: parts.name,
  summary: parts.summary,
  signature: {
    name: parts.name,
    parameters: Object.keys(parts.parameters).map((name) => ({ name })),
  },
  parameters: parts.parameters,
  inputs: parts.inputs ?? ['x'],
  sizedBy: parts.sizedBy,
  build(b, inputs, configuration) {
    const made = parts.build(b, inputs, configuration as ConfigurationOf<P>);
    return 'kind' in made ? made : { kind: 'tensor', value: made };
  },
});

/** A built-in block: it may own weights. */
export const block = <P extends Parameters>(parts: Parts<P>): Builtin => builtin('block', parts);
/** A built-in operation: it never does. */
export const operation = <P extends Parameters>(parts: Parts<P>): Builtin =>
  builtin('operation', parts);
