import type { Graph, Node, Value } from '../../ir/graph.js';
import { idLimit } from '../../ir/reach.js';
import { Emitter } from './emitter.js';
import { fusedUnits, singleUnits } from './fusion/units.js';
import { after, type GraphDefBuilder, type Tensor, type } from './graphdef.js';
import { inTurn } from './in-turn.js';
import { madeWhere } from './lowering/in-place.js';
import { type Overwrite, overwritesOf } from './overwrites.js';
import type { SignatureDef } from './proto.js';
import { type Binding, dataTypeOf, doneOutput, placeholder, signatureOf } from './signature.js';
import { sizesOf } from './sizes.js';
import { Stopwatch } from './stopwatch.js';
import { assignNode, type Handles, heldAt, readNode } from './variables.js';

/** How a function is computed. */
export interface How {
  /** With netc's own operations, which know single precision only. */
  readonly ownKernels?: boolean;
  /** Convolutions in half precision. */
  readonly half?: boolean;
  /** The kind of device that towers are on, each on one; without it TensorFlow places them. */
  readonly devices?: DeviceKind | undefined;
}

export type DeviceKind = 'CPU' | 'GPU';

/** Emits one function of a program. Its updates become assignments; `emitAssignments` says in which order. */
export const emitFunction = (
  b: GraphDefBuilder,
  name: string,
  graph: Graph,
  handles: Handles,
  how: How = {},
): SignatureDef => emit(b, name, graph, handles, how).signature;

/** The part of a timed function that assigns what no node of the graph does in place. */
export const assignmentPart = -1;

/**
 * The same function part after part, with the seconds that each took as an output of its own. `parts` says what each of them is
 * of: a node by its place in the graph, or `assignmentPart`. Of nodes that are computed as one, it is the first.
 */
export const emitTimed = (
  b: GraphDefBuilder,
  name: string,
  graph: Graph,
  handles: Handles,
  how: How = {},
): Emitted => emit(b, name, graph, handles, how, () => new Stopwatch(b, `${name}/clock`));

interface Emitted {
  readonly signature: SignatureDef;
  readonly parts: readonly number[];
}

/** @param start begins the measurement, where there is one */
function emit(
  b: GraphDefBuilder,
  name: string,
  graph: Graph,
  handles: Handles,
  { ownKernels = false, half = false, devices }: How,
  start?: () => Stopwatch,
): Emitted {
  const inputs: readonly Binding[] = graph.inputs.map((input) => ({
    ...input,
    tensor: placeholder(b, `${name}/${input.name}`, input.value),
  }));
  const e = new Emitter(b, sizesOf(b, `${name}/sizes`, inputs));
  const values = valuesOf(b, `${name}/read`, graph, handles, inputs);
  const overwrites = overwritesOf(graph);
  const inPlace = new Set(overwrites.flatMap(({ node, choices }) => [node, ...choices]));
  const watch = start?.();
  const places = new Map(graph.nodes.map((node, i) => [node, i]));
  const lap = (node: Node | null): void => watch?.lap(node ? places.get(node)! : assignmentPart);
  const nodes = graph.nodes.filter((node) => !inPlace.has(node));
  const units = ownKernels && !half ? fusedUnits(graph, nodes) : singleUnits(nodes, half);
  const ordered = inTurn(graph);
  // Towers do not wait for each other.
  const before = new Map<Node['tower'], Tensor>();
  for (const unit of units) {
    const first = unit.nodes[0]!;
    const { tower } = first;
    const takesTurn = unit.nodes.some((node) => ordered.has(node));
    const last = takesTurn ? before.get(tower) : undefined;
    e.scope = scopeOf(name, first);
    e.waits = last === undefined ? [] : [after(last)];
    e.device = devices && tower !== undefined ? `/device:${devices}:${tower}` : undefined;
    const results = unit.lower(e, unit.operands.map(values.get));
    e.waits = [];
    e.device = undefined;
    if (takesTurn) before.set(tower, results[0]!);
    unit.results.forEach((value, i) => {
      values.set(value, results[i]!);
    });
    lap(first);
  }
  const results = graph.outputs.map((output) => ({ ...output, tensor: values.get(output.value) }));
  const assigned = emitAssignments(e, name, graph, handles, values, overwrites, lap);
  const outputs = fetchedAfter(b, name, results, assigned);
  return {
    signature: signatureOf(inputs, watch ? [...outputs, watch.output()] : outputs),
    parts: watch?.parts ?? [],
  };
}

const scopeOf = (name: string, { op, origin, phase }: Node): string => {
  const scope = phase === 'forward' ? name : `${name}/${phase}`;
  return origin ? `${scope}/${origin.path}/${op.name}` : `${scope}/${op.name}`;
};

/** The tensors of a function's values so far. A variable is read once, where it is first used. */
interface Values {
  get(value: Value): Tensor;
  set(value: Value, tensor: Tensor): void;
  /** The control input that waits for the read of a variable; none where it is not read. */
  afterRead(path: string): readonly string[];
}

function valuesOf(
  b: GraphDefBuilder,
  scope: string,
  graph: Graph,
  handles: Handles,
  inputs: readonly Binding[],
): Values {
  const tensors = new Array<Tensor | undefined>(idLimit(graph));
  for (const { value, tensor } of inputs) tensors[value.id] = tensor;
  const variables = new Map(graph.variables.map(({ path, value }) => [value.id, path]));
  const reads = new Map<string, Tensor>();
  const read = (path: string): Tensor => {
    const tensor = readNode(b, scope, heldAt(handles, path));
    reads.set(path, tensor);
    return tensor;
  };
  return {
    get({ id }) {
      const known = tensors[id];
      if (known !== undefined) return known;
      const tensor = read(variables.get(id) as string);
      tensors[id] = tensor;
      return tensor;
    },
    set({ id }, tensor) {
      tensors[id] = tensor;
    },
    afterRead(path) {
      const tensor = reads.get(path);
      return tensor === undefined ? [] : [after(tensor)];
    },
  };
}

/**
 * Every assignment waits for the read of its variable, so that all of a call sees the values before it. A kernel that
 * assigns in place first copies a tensor that a reader still holds. Everything is read before the first assignment is
 * emitted, or a read could be missed.
 */
function emitAssignments(
  e: Emitter,
  name: string,
  graph: Graph,
  handles: Handles,
  values: Values,
  overwrites: readonly Overwrite[],
  lap: (node: Node | null) => void,
): readonly string[] {
  const overwritten = new Set(
    overwrites.flatMap(({ variables }) => variables.map(({ path }) => path)),
  );
  const applied = overwrites.map((overwrite) => ({
    ...overwrite,
    operands: overwrite.node.operands.slice(overwrite.variables.length).map(values.get),
    isMade: overwrite.condition && values.get(overwrite.condition),
  }));
  const assigned = graph.updates
    .filter(({ path }) => !overwritten.has(path))
    .map(({ path, value }) => ({ path, tensor: values.get(value) }));
  const overwriting = applied.map(({ node, lowering, variables, operands, isMade }) => {
    e.scope = scopeOf(name, node);
    const resources = variables.map(({ path }) => heldAt(handles, path).handle);
    const reads = variables.flatMap(({ path }) => values.afterRead(path));
    const made = madeWhere(e, isMade);
    const done = lowering.lower(e, resources, operands, node.attributes as never, reads, made);
    lap(node);
    return done;
  });
  const assigning = assigned.map(({ path, tensor }) => {
    const held = heldAt(handles, path);
    return assignNode(e.builder, `${name}/assign`, held, tensor, values.afterRead(path));
  });
  lap(null);
  return [...overwriting, ...assigning].map(after);
}

/** The outputs, each after all assignments: fetching any one runs the whole step. */
function fetchedAfter(
  b: GraphDefBuilder,
  name: string,
  results: readonly Binding[],
  assigned: readonly string[],
): readonly Binding[] {
  if (results.length === 0) return [doneOutput(b, name, assigned)];
  const step = assigned.length === 0 ? [] : [after(b.node('NoOp', `${name}/step`, assigned, {}))];
  return results.map((result) => ({
    ...result,
    tensor: b.node('Identity', `${name}/output/${result.name}`, [result.tensor, ...step], {
      T: type(dataTypeOf(result.value.type.dtype)),
    }),
  }));
}
