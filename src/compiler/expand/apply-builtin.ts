import type { Value as GraphValue } from '../ir/graph.js';
import type { Initializer } from '../ir/initializer.js';
import type { Arity, OpDefinition, Tuple } from '../ops/definition.js';
import { constant } from '../ops/structure/constant.js';
import { type Attributes, floatOf } from '../ops/values.js';
import { greatest } from '../sizes/rational.js';
import { fixed, printShape, sameShape } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import type { Builder, Builtin } from '../values/builtin.js';
import { fractionOf } from '../values/fits.js';
import type { Parameter } from '../values/parameters.js';
import {
  type Bound,
  poison,
  printValue,
  type Result,
  seen,
  type Value,
  valuesOf,
} from '../values/value.js';
import { application } from './application.js';
import type { Expansion } from './expansion.js';
import { operandsOf } from './operand.js';
import { notBuilt } from './shape-error.js';
import { missingIn, type Site } from './site.js';

/** A shared weight that a second use wants in another shape (sharing-2). */
class SharedShape extends Error {}

/** Builds a built-in block at its path, or an operation in the instance around it. */
export function applyBuiltin(x: Expansion, builtin: Builtin, site: Site): Result {
  const { path, stage, frame, segment } = site;
  const owns = builtin.kind === 'block';
  const origin: Origin = {
    block: builtin.name,
    path: owns ? path : frame.path,
    site: stage.span,
    depth: 0,
    parent: frame.origin,
  };
  // Names in a graph are paths: many long ones are more than a graph of many nodes.
  x.work(origin.path.length, stage.span, frame);
  const made = application(segment, builtin.name, origin);
  const configuration = readConfiguration(x, builtin, site, made.configuration);
  const inputs = tensorsOf(x, builtin, site);
  if (!configuration || !inputs) return poison;
  const operands: GraphValue[] = [...inputs];
  frame.application.children.push(made);
  const firstNode = x.builder.nodeCount;
  try {
    const result = builtin.build(builderAt(x, site, origin, owns), operands, configuration);
    for (const value of valuesOf(result)) {
      if (value.kind === 'tensor') made.results.push(value.value);
    }
    noteSizes(x, operands, firstNode, made.results);
    x.step(stage.span, frame);
    return result;
  } catch (error) {
    if (error instanceof SharedShape) return poison;
    return notBuilt(x, 'NET0401', error, operands, stage.span, frame, operandsOf(site.from));
  }
}

/** Of what came in and neither a node nor the result has, only the sizes were read: `like` of `resizeLike`. */
function noteSizes(
  x: Expansion,
  operands: readonly GraphValue[],
  firstNode: number,
  results: readonly GraphValue[],
): void {
  const read = new Set(results);
  for (const node of x.builder.nodes.slice(firstNode))
    for (const each of node.operands) read.add(each);
  for (const value of operands) if (!read.has(value)) x.readOnlySizes(value, results);
}

function builderAt(
  x: Expansion,
  { block, path, stage, frame }: Site,
  origin: Origin,
  owns: boolean,
): Builder {
  const variable =
    (kind: 'weight' | 'moment') =>
    (leaf: string, extents: readonly number[], initial: Initializer): GraphValue => {
      const shape = extents.map(fixed);
      const whole = `${path}/${leaf}`;
      const known = x.builder.variableAt(whole)?.value;
      if (!known) {
        const value = x.builder.variable(whole, kind, floatOf(shape), initial);
        x.made([value], stage.span);
        return value;
      }
      if (sameShape(known.type.shape, shape)) return known;
      const first = x.makerOf(known);
      const facts = {
        weight: whole,
        callee: block.callable.name,
        there: printShape(known.type.shape),
        here: printShape(shape),
        first,
      };
      x.report('NET0306', stage.span, facts, frame);
      throw new SharedShape();
    };
  function apply<N extends Arity, A extends Attributes, R extends Arity>(
    op: OpDefinition<N, A, R>,
    operands: Tuple<GraphValue, N>,
    attributes: A,
  ): Tuple<GraphValue, R> {
    const { site, path: around } = origin;
    const within: Origin = { block: op.name, path: around, site, depth: 0, parent: origin };
    const results = x.builder.apply(op, operands, attributes, owns ? within : origin);
    x.made(results, stage.span);
    return results;
  }
  return {
    path,
    ops: x.builder.ops,
    apply,
    constant: (value) => apply(constant, [], { value })[0],
    weight: variable('weight'),
    moment: variable('moment'),
    producer: (value) => x.builder.producer(value),
  };
}

/** The entries of lists in their place. Lists that share entries may have more than any network, which is told before they are written out. */
function flattened(
  x: Expansion,
  inputs: readonly Value[],
  { stage, frame }: Pick<Site, 'stage' | 'frame'>,
): readonly Value[] {
  const values: Value[] = [];
  const todo = inputs.toReversed();
  for (let value = todo.pop(); value; value = todo.pop()) {
    if (value.kind !== 'list') values.push(value);
    else {
      x.step(stage.span, frame, value.items.length);
      for (const item of value.items.toReversed()) todo.push(item);
    }
  }
  return values;
}

/** The tensors that come in; a list is taken apart only where any number is welcome. */
function tensorsOf(
  x: Expansion,
  builtin: Builtin,
  { inputs, stage, frame }: Site,
): readonly GraphValue[] | undefined {
  const variadic = builtin.inputs[0]!.startsWith('...');
  const values = variadic ? flattened(x, inputs, { stage, frame }) : inputs;
  if (values.some(({ kind }) => kind === 'poison')) return undefined;
  const wrong = values.find(({ kind }) => kind !== 'tensor');
  const callee = builtin.name;
  if (wrong) {
    x.report('NET0303', stage.span, { kind: 'builtin', callee, found: seen(wrong) }, frame);
    return undefined;
  }
  if (values.length === 0) {
    x.report('NET0303', stage.span, { kind: 'empty', callee }, frame);
    return undefined;
  }
  return values.map((value) => (value as Extract<Value, { kind: 'tensor' }>).value);
}

/** Arguments and defaults as the built-in reads them; notes the arguments that differ from the defaults. */
function readConfiguration(
  x: Expansion,
  builtin: Builtin,
  site: Site,
  noted: (readonly [string, Value])[],
): object | undefined {
  const read: Record<string, unknown> = {};
  let complete = true;
  for (const [name, parameter] of Object.entries(builtin.parameters)) {
    const bound = site.block.args.get(name);
    const value = bound?.value ?? parameter.fallback;
    if (value) read[name] = parameter.read(value);
    if (read[name] === undefined) {
      complete = false;
      if (bound) unread(x, name, parameter, bound, site);
      else {
        const { block, stage, frame } = site;
        x.report('NET0206', stage.span, { ...missingIn(stage, block), parameter: name }, frame);
      }
    } else if (
      value &&
      !(parameter.fallback && printValue(parameter.fallback) === printValue(value))
    ) {
      noted.push([name, value]);
    }
  }
  return complete ? read : undefined;
}

function unread(
  x: Expansion,
  name: string,
  { wants, whole, options, fallback, implied }: Parameter<unknown>,
  { value, span }: Bound,
  { block, frame }: Site,
): void {
  if (value.kind === 'poison') return;
  const numbers = (value.kind === 'list' ? value.items : [value]).filter(
    (v) => v.kind === 'number',
  );
  const fraction = whole ? numbers.find((v) => !Number.isInteger(v.value)) : undefined;
  if (fraction) {
    x.report('NET0207', span, fractionOf(fraction), frame);
    return;
  }
  const beyond = whole ? numbers.find((v) => v.value > greatest) : undefined;
  if (beyond) {
    const facts = { kind: 'parameter', parameter: name, value: beyond.value } as const;
    x.report('NET0407', span, { ...facts, callee: block.callable.name }, frame);
    return;
  }
  const facts = {
    kind: 'parameter',
    ...{ parameter: name, callee: block.callable.name, wants, found: seen(value) },
    options: options?.map((option) => JSON.stringify(option)) ?? [],
    fallback: fallback ? printValue(fallback) : null,
    implied: implied ?? null,
  } as const;
  x.report(numbers.length > 0 ? 'NET0214' : 'NET0208', span, facts, frame);
}
