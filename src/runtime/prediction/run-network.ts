import { buildProgram } from '../../compiler/compile.js';
import type { LossKind } from '../../compiler/gradient/loss.js';
import { interpret } from '../../compiler/interpret/interpret.js';
import type { Graph, Program, Variable } from '../../compiler/ir/graph.js';
import type { Tensor } from '../../compiler/ops/values.js';
import { BindingError, bindSymbols } from '../../compiler/solve/bindings.js';
import type { Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { openEngine } from '../engines/open-engine.js';
import { InputError } from '../errors/errors.js';
import type { EngineOptions } from '../experiments/options/engine.js';
import { hostTensor, misfitsOf, type StoredTensors, tensorInDouble } from '../weights/fit.js';
import { listed } from '../weights/misfit.js';
import type { StoredTensor } from '../weights/safetensors/format.js';

/** Tensors and the file they came from, which messages name. */
export interface TensorSource {
  readonly file: string;
  readonly tensors: StoredTensors;
}

export interface RunRequest {
  readonly model: Graph;
  /** `predict` gives the model's outputs; `train` gives `logits`, `loss` and `grad/<weight path>`. */
  readonly signature: 'predict' | 'train';
  /** What `train` computes. */
  readonly loss: LossKind;
  readonly engine: EngineOptions['kind'];
  readonly weights: TensorSource;
  /** The model's inputs; for `train` the target too, named as the output it is for. `seed` may be among them. */
  readonly inputs: TensorSource;
}

/**
 * Runs one function of a model on given tensors, images as [N, H, W, C]; nothing is trained. The reference answers in
 * float64, the engines in float32. Throws `InputError` that lists missing, surplus and misshapen tensors of both files.
 */
export async function runNetwork(request: RunRequest): Promise<StoredTensors> {
  const { signature, weights, inputs, engine } = request;
  const program = programOf(request);
  const fn = program.functions[signature]!;
  const kept = program.variables.filter(
    ({ kind, path }) => kind === 'weight' || kind === 'moment' || weights.tensors.has(path),
  );
  const fed = { ...inputs, tensors: withScalars(fn, inputs.tensors) };
  const problems = [
    ...listed(misfitsOf(weights.file, kept, weights.tensors)),
    ...inputMisfits(fn, fed),
  ];
  if (problems.length > 0) throw new InputError(...problems);

  const state = new Map([...Object.entries(initialState(program, 0)), ...weights.tensors]);
  if (engine === 'reference') {
    const feeds = { inputs: inDouble(fed.tensors), variables: inDouble(state) };
    return new Map(Object.entries(interpret(fn, feeds).outputs));
  }
  const opened = await openEngine(program, { kind: engine, gpu: 'auto', threads: null });
  try {
    await opened.write(hostTensors(program.variables, state));
    const wanted = fn.inputs.map(({ name, value }) => ({ path: name, value }));
    return new Map(Object.entries(await opened.call(signature, hostTensors(wanted, fed.tensors))));
  } finally {
    await opened.close();
  }
}

/** The gradients do not depend on the optimiser, so it is the one without state. */
function programOf({ model, signature, loss, inputs }: RunRequest): Program {
  if (signature === 'predict') return buildProgram(model);
  const target = model.outputs
    .map(({ name }) => name.replace(/\[\d+\]$/, ''))
    .find((name) => inputs.tensors.has(name));
  return buildProgram(model, {
    loss: { kind: loss, ...(target === undefined ? {} : { output: target }) },
    optimiser: { kind: 'sgd', momentum: 0 },
    inspect: true,
  });
}

/** Training's scalar inputs, where they are not given: the weights of before the step are what is asked for. */
function withScalars({ inputs }: Graph, given: StoredTensors): StoredTensors {
  const scalars: Readonly<Record<string, StoredTensor>> = {
    learningRate: { shape: [], data: Float32Array.of(0) },
    seed: { shape: [], data: Int32Array.of(0) },
  };
  const missing = inputs.filter(({ name }) => Object.hasOwn(scalars, name) && !given.has(name));
  return new Map([...given, ...missing.map(({ name }) => [name, scalars[name]!] as const)]);
}

function inputMisfits(fn: Graph, { file, tensors }: TensorSource): string[] {
  const problems: string[] = [];
  const known = new Set(fn.inputs.map(({ name }) => name));
  for (const name of tensors.keys()) {
    if (!known.has(name)) problems.push(`${file} has ${name}, which ${fn.name} does not take`);
  }
  try {
    bindSymbols(fn, Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape])));
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    problems.push(...error.problems.map((problem) => `${file}: ${problem}`));
  }
  return problems;
}

const inDouble = (tensors: StoredTensors): Record<string, Tensor> =>
  Object.fromEntries([...tensors].map(([name, tensor]) => [name, tensorInDouble(tensor)]));

const hostTensors = (
  wanted: readonly Pick<Variable, 'path' | 'value'>[],
  tensors: StoredTensors,
): Tensors =>
  Object.fromEntries(
    wanted.map(({ path, value }) => [path, hostTensor(tensors.get(path)!, value.type.dtype)]),
  );
