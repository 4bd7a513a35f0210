import type { Application } from '../../expand/application.js';
import { reachedTree } from '../../expand/reached-tree.js';
import type { Graph, Value } from '../../ir/graph.js';
import { printResidue } from '../../sizes/residue.js';
import type { Weights } from '../weights.js';
import { classesOf, pythonClasses } from './classes.js';
import { dataflowOf } from './dataflow.js';
import { type Context, Forward } from './forward.js';
import { hintsOf } from './hints.js';
import { identifier } from './names.js';
import { py } from './python/parse.js';
import { printModule } from './python/print.js';
import {
  assign,
  type Expression,
  keywords,
  made,
  name,
  type PythonFunction,
  type PythonModule,
} from './python/tree.js';
import { reads, statementsOf } from './python/walk.js';
import { resizeNearest } from './resizing.js';
import { type State, stateOf } from './state.js';
import { type Unit, unitOf } from './unit.js';

/** A model as Python, and what its weights are called there. */
export interface PyTorchModule {
  /** The Python file: a class a block of the `.net` file, and `load`. */
  readonly source: string;
  /** The tensors that its `load` reads, by their names in the `state_dict`. */
  state(weights: Weights): State;
}

/**
 * A model as a readable module of PyTorch, which mirrors the blocks of its file: a class a block and form, `forward` as the
 * block's body, shared instances used again, equal steps of a loop as a loop. Images are [N, C, H, W] there. `graph` is as
 * compiled, before any pass. Throws `ExportError` on what PyTorch cannot say.
 */
export function emitPyTorch(graph: Graph, tree: Application): PyTorchModule {
  const root = unitOfModel(graph, reachedTree(graph, tree));
  const classes = classesOf(root);
  const parts = [...pythonClasses(classes), loader(classes.get(root.key)!.name)];
  return {
    source: printModule(moduleOf(graph, parts)),
    state: (weights) => stateOf(root, '', '', weights),
  };
}

/** Names that a body needs for other things than its values. */
const builtinNames = ['range', resizeNearest.name];

function unitOfModel(graph: Graph, tree: Application): Unit {
  const flow = dataflowOf(graph, tree);
  const none = { results: new Map(), operands: new Map() };
  const write = (application: Application, outer: Forward | null): Unit => {
    const { definition, children } = application;
    const context: Context = { flow, hints: definition ? hintsOf(definition.body) : none, write };
    const forward = new Forward(context, application, outer, null, builtinNames);
    const { scope, body, members, survey } = forward;
    const given = (all: readonly { readonly value: Value }[]) => all.map(({ value }) => value);
    const inputs = definition ? flow.inputs(application) : given(graph.inputs);
    const outputs = definition ? flow.outputs(application) : given(graph.outputs);
    survey.look(children, outputs);
    inputs.forEach((value, i) => {
      scope.bind(value, definition ? forward.nameFor(value) : identifier(graph.inputs[i]!.name));
    });
    const names = inputs.map((value) => scope.nameOf(value));
    forward.write(children);
    const values = outputs.map((value) => scope.code(value));
    body.push({ kind: 'return', values: definition ? values : [answer(graph, values)] });
    return unitOf({
      application,
      inputs: [...names, ...scope.borrowed.map((value) => scope.nameOf(value))],
      borrowed: scope.borrowed,
      members: [...members.own.values()],
      foreign: [...members.foreign.values()],
      body,
    });
  };
  return write(tree, null);
}

/** The output, or all of them by their names. */
function answer({ outputs }: Graph, values: readonly Expression[]): Expression {
  if (values.length === 1) return values[0]!;
  const entries = values.map((value, i) => [outputs[i]!.name, value]);
  return made('dictionary', keywords(Object.fromEntries(entries)));
}

function moduleOf({ name: model, symbols }: Graph, parts: PythonModule['body']): PythonModule {
  const sizes = symbols.filter(({ modulus }) => modulus > 1).map(printResidue);
  const defined = sizes.length === 0 ? '' : ` with ${sizes.join(', ')}`;
  const statements = parts.flatMap(statementsOf);
  const helpers = reads(statements, resizeNearest.name) ? [resizeNearest] : [];
  const used = (text: string): boolean =>
    reads([...helpers.flatMap(statementsOf), ...statements], text);
  return {
    doc: `${model}, written by netc. Images are [N, channels, H, W]${defined}.`,
    imports: [
      ...(used('torch') ? ['import torch'] : []),
      ...(used('F') ? ['import torch.nn.functional as F'] : []),
      'from safetensors.torch import load_file',
      'from torch import nn',
    ],
    body: [...helpers, ...parts],
  };
}

const loader = (network: string): PythonFunction => ({
  kind: 'function',
  name: 'load',
  parameters: ['path'],
  doc: 'The network with the weights of a safetensors file, ready to predict.',
  body: [
    assign([name('model')], py`${name(network)}()`),
    { kind: 'run', values: [py`model.load_state_dict(load_file(path))`] },
    { kind: 'return', values: [py`model.eval()`] },
  ],
});
