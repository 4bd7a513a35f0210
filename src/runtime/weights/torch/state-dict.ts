import type { Pickled } from './pickled.js';
import { TensorRef } from './tensors.js';

/** The tensors of a checkpoint by name, and what they lay in. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, TensorRef>;
  /** What was seen through on the way to them: a line each. */
  readonly notes: readonly string[];
}

/** A checkpoint that can be read, and holds no network. */
export class NoTensors extends Error {}

/** What training scripts keep a network's tensors under, the likeliest first. */
const wrappers = [
  'state_dict',
  'model_state_dict',
  'model',
  'net',
  'network',
  'module',
  'weights',
  'params',
  'generator',
  'state_dict_ema',
  'model_ema',
  'ema',
  'params_ema',
  'ema_state_dict',
];

const isDictionary = (value: Pickled | undefined): value is Map<Pickled, Pickled> =>
  value instanceof Map;

const tensorsIn = (dictionary: Map<Pickled, Pickled>): Map<string, TensorRef> =>
  new Map(
    [...dictionary].flatMap(([key, value]) =>
      typeof key === 'string' && value instanceof TensorRef ? [[key, value] as const] : [],
    ),
  );

/**
 * The state dict in what a checkpoint holds: itself, or what a training script put around it. Throws `NoTensors` where
 * there is none.
 */
export function stateDictOf(root: Pickled): StateDict {
  const notes: string[] = [];
  let at: Pickled = root;
  // Deeper than this nothing that scripts write lies.
  for (let depth = 0; depth < 4 && isDictionary(at); depth++) {
    const dictionary: Map<Pickled, Pickled> = at;
    const inside = [
      ...wrappers.filter((name) => isDictionary(dictionary.get(name))),
      ...[...dictionary.keys()].filter(
        (name): name is string =>
          typeof name === 'string' && !wrappers.includes(name) && /state_dict$/.test(name),
      ),
    ].filter((name) => isDictionary(dictionary.get(name)) && !/^(optim|sched)/.test(name));
    const tensors = tensorsIn(dictionary);
    if (inside.length === 0 || tensors.size > 1) {
      if (tensors.size > 0) return { tensors, notes };
      break;
    }
    const [taken, ...others] = inside;
    const beside = others.length > 0 ? `; ${others.join(', ')} beside it is left` : '';
    notes.push(`the tensors are those under ${taken}${beside}`);
    at = dictionary.get(taken!)!;
  }
  const keys = isDictionary(at) ? [...at.keys()].filter((key) => typeof key === 'string') : [];
  const named = keys.length > 0 ? `, only ${keys.slice(0, 6).join(', ')}` : '';
  throw new NoTensors(`no tensors by name${named}`);
}
