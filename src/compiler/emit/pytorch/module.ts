import type { Application } from '../../expand/application.js';
import { reachedTree } from '../../expand/reached-tree.js';
import type { Graph, Value } from '../../ir/graph.js';
import { printResidue } from '../../sizes/residue.js';
import { permuted, type Weights, type WeightTensor, weightAt } from '../weights.js';
import { classesOf } from './classes.js';
import { holes, identifier } from './code.js';
import { dataflowOf } from './dataflow.js';
import { type Context, Forward } from './forward.js';
import { hintsOf } from './hints.js';
import { docstring, renderClasses } from './render.js';
import { type Construct, keyOf, type Unit } from './unit.js';

type State = Readonly<Record<string, WeightTensor>>;

export interface PyTorchModule {
  /** The Python file: a class a block of the `.net` file, and `load`. */
  readonly source: string;
  /** The tensors that its `load` reads, by their names in the `state_dict`. */
  state(weights: Weights): State;
}

/**
 * A model as a readable module of PyTorch, which mirrors the blocks of its file: a class a block and form, `forward` as the
 * block's body, shared instances used again, equal steps of a loop as a loop. Images are [N, C, H, W] there. `graph` is as
 * compiled, before any pass. Throws on what PyTorch cannot say.
 */
export function emitPyTorch(graph: Graph, tree: Application): PyTorchModule {
  const root = unitOfModel(graph, reachedTree(graph, tree));
  const classes = classesOf(root);
  const parts = renderClasses(classes);
  const body = [...parts, loader(classes.get(keyOf(root))!.name)].join('\n\n\n');
  return {
    source: `${heading(graph, body)}\n\n\n${body}\n`,
    state: (weights) => stateOf(root, '', '', weights),
  };
}

function unitOfModel(graph: Graph, tree: Application): Unit {
  const flow = dataflowOf(graph, tree);
  const none = { results: new Map(), operands: new Map() };
  const unitOf = (application: Application): Unit => {
    const { definition, origin, children } = application;
    const context: Context = { flow, hints: definition ? hintsOf(definition.body) : none, unitOf };
    const forward = new Forward(context, origin?.path ?? '');
    const outputs = definition
      ? flow.outputs(application)
      : graph.outputs.map(({ value }) => value);
    forward.survey.look(children, outputs);
    const inputs = definition ? flow.inputs(application) : graph.inputs.map(({ value }) => value);
    const names = inputs.map((value, i) => {
      const name = definition ? forward.nameFor(value) : identifier(graph.inputs[i].name);
      forward.bind(value, name);
      return name;
    });
    forward.write(children);
    forward.lines.push(`return ${definition ? listed(forward, outputs) : answer(forward, graph)}`);
    const { lines, members, foreign } = forward;
    return {
      application,
      inputs: names,
      members: [...members.values()],
      foreign: [...foreign.values()],
      lines,
    };
  };
  return unitOf(tree);
}

const listed = (forward: Forward, values: readonly Value[]): string =>
  values.map((value) => forward.code(value).text).join(', ');

/** The output, or all of them by their names. */
function answer(forward: Forward, { outputs }: Graph): string {
  if (outputs.length === 1) return forward.code(outputs[0].value).text;
  const entries = outputs.map(({ name, value }) => `"${name}": ${forward.code(value).text}`);
  return `{${entries.join(', ')}}`;
}

/** `at` is the path of this instance; the unit may have been written for another step of a loop. */
function stateOf(unit: Unit, at: string, prefix: string, weights: Weights): State {
  const own = unit.application.origin?.path ?? '';
  return Object.assign(
    {},
    ...unit.members.flatMap(({ attribute, construct, count, paths }) =>
      paths.map((path, i) => {
        const key = `${prefix}${attribute}${count === null ? '' : `.${i}`}.`;
        const here = `${at}${path.slice(own.length)}`;
        return construct.kind === 'block'
          ? stateOf(construct.unit, here, key, weights)
          : builtinState(construct, here, key, weights);
      }),
    ),
  );
}

function builtinState(
  { text, state }: Extract<Construct, { kind: 'builtin' }>,
  path: string,
  prefix: string,
  weights: Weights,
): State {
  const tensors = Object.entries(state).map(([name, { leaf, axes, otherwise }]) => {
    const weight = weights[`${path}/${leaf}`];
    if (!weight && otherwise !== undefined) {
      const channels = Number([...text.matchAll(holes)][0][2]);
      const data = new Float32Array(channels).fill(otherwise);
      return [`${prefix}${name}`, { shape: [channels], data }];
    }
    const found = weightAt(weights, `${path}/${leaf}`);
    return [`${prefix}${name}`, axes ? permuted(found, axes) : found];
  });
  return Object.fromEntries(tensors);
}

function heading({ name, symbols }: Graph, body: string): string {
  const sizes = symbols.filter(({ modulus }) => modulus > 1).map(printResidue);
  const imports = [
    ...(/\btorch\./.test(body) ? ['import torch'] : []),
    ...(/\bF\./.test(body) ? ['import torch.nn.functional as F'] : []),
    'from safetensors.torch import load_file',
    'from torch import nn',
  ];
  const defined = sizes.length === 0 ? '' : ` with ${sizes.join(', ')}`;
  const text = `${name}, written by netc. Images are [N, channels, H, W]${defined}.`;
  return [...docstring(text), '', ...imports].join('\n');
}

const loader = (name: string): string =>
  [
    'def load(path):',
    '    """The network with the weights of a safetensors file, ready to predict."""',
    `    model = ${name}()`,
    '    model.load_state_dict(load_file(path))',
    '    return model.eval()',
  ].join('\n');
