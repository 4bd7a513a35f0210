import type { Graph, Node, Value } from '../../ir/graph.js';
import { Emitter } from './emitter.js';
import { after, type GraphDefBuilder, type Tensor, type } from './graphdef.js';
import { inTurn } from './in-turn.js';
import { lower } from './lowering/index.js';
import { type Overwrite, overwritesOf } from './overwrites.js';
import type { SignatureDef } from './proto.js';
import { type Binding, dataTypeOf, doneOutput, placeholder, signatureOf } from './signature.js';
import { sizesOf } from './sizes.js';
import { assignNode, type Handles, heldAt, readNode } from './variables.js';

/** Emits one function of a program. Its updates become assignments; `assignmentsOf` says in which order. */
export function emitFunction(
  b: GraphDefBuilder,
  name: string,
  graph: Graph,
  handles: Handles,
): SignatureDef {
  const inputs: readonly Binding[] = graph.inputs.map((input) => ({
    ...input,
    tensor: placeholder(b, `${name}/${input.name}`, input.value),
  }));
  const e = new Emitter(b, sizesOf(b, `${name}/sizes`, inputs));
  const values = valuesOf(b, `${name}/read`, graph, handles, inputs);
  const overwrites = overwritesOf(graph);
  const ordered = inTurn(graph);
  let before: Tensor | undefined;
  for (const node of graph.nodes) {
    if (overwrites.has(node)) continue;
    e.scope = scopeOf(name, node);
    const operands = node.operands.map(values.get);
    if (ordered.has(node) && before !== undefined) e.waits = [after(before)];
    const results = lower(e, node, operands);
    e.waits = [];
    if (ordered.has(node)) before = results[0];
    node.results.forEach((value, i) => {
      values.set(value, results[i]!);
    });
  }
  const results = graph.outputs.map((output) => ({ ...output, tensor: values.get(output.value) }));
  const assigned = emitAssignments(e, name, graph, handles, values, [...overwrites.values()]);
  return signatureOf(inputs, fetchedAfter(b, name, results, assigned));
}

const scopeOf = (name: string, { op, origin }: Node): string =>
  [name, ...(origin ? [origin.path] : []), op.name].join('/');

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
  const tensors = new Map(inputs.map(({ value, tensor }) => [value.id, tensor]));
  const variables = new Map(graph.variables.map(({ path, value }) => [value.id, path]));
  const reads = new Map<string, Tensor>();
  const read = (path: string): Tensor => {
    const tensor = readNode(b, scope, heldAt(handles, path));
    reads.set(path, tensor);
    return tensor;
  };
  return {
    get({ id }) {
      const tensor = tensors.get(id) ?? read(variables.get(id) as string);
      tensors.set(id, tensor);
      return tensor;
    },
    set({ id }, tensor) {
      tensors.set(id, tensor);
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
): readonly string[] {
  const overwritten = new Set(
    overwrites.flatMap(({ variables }) => variables.map(({ path }) => path)),
  );
  const applied = overwrites.map((overwrite) => ({
    ...overwrite,
    operands: overwrite.node.operands.slice(overwrite.variables.length).map(values.get),
  }));
  const assigned = graph.updates
    .filter(({ path }) => !overwritten.has(path))
    .map(({ path, value }) => ({ path, tensor: values.get(value) }));
  return [
    ...applied.map(({ node, lowering, variables, operands }) => {
      e.scope = scopeOf(name, node);
      const resources = variables.map(({ path }) => heldAt(handles, path).handle);
      const reads = variables.flatMap(({ path }) => values.afterRead(path));
      return lowering.lower(e, resources, operands, node.attributes as never, reads);
    }),
    ...assigned.map(({ path, tensor }) =>
      assignNode(
        e.builder,
        `${name}/assign`,
        heldAt(handles, path),
        tensor,
        values.afterRead(path),
      ),
    ),
  ].map(after);
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
