import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../src/compiler/compile.js';
import { interpret, type Tensors } from '../../src/compiler/interpret/interpret.js';
import type { Graph, Program } from '../../src/compiler/ir/graph.js';
import type { Tensor } from '../../src/compiler/ops/values.js';
import type { HostTensor } from '../../src/runtime/engines/engine.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { compileFile } from '../../src/runtime/networks/compile-file.js';
import { readWeightMap } from '../../src/runtime/weights/files.js';
import { tensorInDouble } from '../../src/runtime/weights/fit.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { translate } from '../../src/runtime/weights/translate.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const fixturePath = (name: string): string =>
  `${root}test/fixtures/pytorch/${name}.safetensors`;
/** What PyTorch computed of one network, in our names, and the program that has to compute it. */
export interface Peer {
  readonly program: Program;
  /** Every variable as PyTorch had it before training; the optimiser's as they start. */
  readonly state: Tensors;
  readonly inputs: Readonly<Record<'image' | 'mask', Tensor>>;
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly moments: ReadonlyMap<string, Tensor>;
  readonly logits: Tensor;
  readonly probability: Tensor;
  /** Before each of three Adam steps, and after the last. */
  readonly losses: Float64Array;
}

/** The translation, where all of it fits. */
export function translated(...given: Parameters<typeof translate>) {
  const { tensors, misfits } = translate(...given);
  if (misfits.length > 0) throw new Error(misfits.map(({ message }) => message).join('\n'));
  return tensors;
}

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** A model, what bench/peers/pytorch calls the same network, and the map from one to the other. */
export interface Pairing {
  readonly model: string;
  readonly peer: string;
  readonly map: string;
}

/** The peer's fixture in our names, and the model as a program, both without dropout: its masks are random. */
export async function readPeer({ model, peer, map }: Pairing): Promise<Peer> {
  const path = fixturePath(peer);
  const { tensors, metadata } = await readSafetensors(path);
  const parameters: Record<string, string> = JSON.parse(metadata.parameters!);
  const compiled = compileFile(`${root}models/${model}.net`, undefined, parameters);
  const graph = withoutDropout(compiled.graph);
  const program = buildProgram(graph, { loss: { kind: 'bce' }, optimiser: adam, inspect: true });
  const takenFrom = (prefix: string, kinds: readonly string[]): Map<string, Tensor> => {
    const theirs = [...tensors].filter(([key]) => key.startsWith(prefix));
    const named = new Map(theirs.map(([key, tensor]) => [key.slice(prefix.length), tensor]));
    const variables = graph.variables.filter(({ kind }) => kinds.includes(kind));
    const ours = translated(readWeightMap(`${root}${map}`), path, named, variables);
    return new Map([...ours].map(([key, tensor]) => [key, tensorInDouble(tensor)]));
  };
  const starting = Object.fromEntries(
    Object.entries(initialState(program, 0)).map(([key, tensor]) => [key, tensorInDouble(tensor)]),
  );
  const one = (key: string): Tensor => tensorInDouble(tensors.get(key)!);
  return {
    program,
    state: { ...starting, ...Object.fromEntries(takenFrom('state/', ['weight', 'moment'])) },
    inputs: { image: one('image'), mask: one('mask') },
    gradients: takenFrom('grad/', ['weight']),
    moments: takenFrom('moments/', ['moment']),
    logits: one('logits'),
    probability: one('probability'),
    losses: one('losses').data,
  };
}

const withoutDropout = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.op.name === 'dropout' ? { ...node, attributes: { ...node.attributes, rate: 0 } } : node,
  ),
});

/** What each of `calls` calls of `train` gives from the peer's state on, and the variables after it. */
export function trainInDouble({ program, state, inputs }: Peer, calls: number) {
  const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) });
  const feeds = { ...inputs, learningRate: scalar(1e-3), seed: scalar(0) };
  let variables = state;
  return Array.from({ length: calls }, () => {
    const { outputs, updates } = interpret(program.functions.train!, { inputs: feeds, variables });
    variables = { ...variables, ...updates };
    return { outputs, variables };
  });
}

/** The largest difference, and the largest magnitude in `expected`; NaN where one has a NaN. */
export function apart(
  actual: HostTensor | Tensor,
  expected: Tensor,
): { readonly difference: number; readonly greatest: number } {
  let [difference, greatest] = [Math.abs(actual.data.length - expected.data.length), 0];
  for (let i = 0; i < expected.data.length; i++) {
    difference = Math.max(difference, Math.abs(actual.data[i]! - expected.data[i]!));
    greatest = Math.max(greatest, Math.abs(expected.data[i]!));
  }
  return { difference, greatest };
}
