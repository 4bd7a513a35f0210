import { permuted, type Weights, type WeightTensor, weightAt } from '../weights.js';
import type { BuiltinConstruct, Unit } from './unit.js';

/** By the names of a `state_dict`. */
export type State = Readonly<Record<string, WeightTensor>>;

/** `at` is the path of this instance; the unit may have been written for another step of a loop. */
export function stateOf(unit: Unit, at: string, prefix: string, weights: Weights): State {
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
  { state }: BuiltinConstruct,
  path: string,
  prefix: string,
  weights: Weights,
): State {
  const tensors = Object.entries(state).map(([name, { leaf, axes, otherwise }]) => {
    const key = `${path}/${leaf}`;
    if (!weights[key] && otherwise) {
      const data = new Float32Array(otherwise.count).fill(otherwise.value);
      return [`${prefix}${name}`, { shape: [otherwise.count], data }];
    }
    const found = weightAt(weights, key);
    return [`${prefix}${name}`, axes ? permuted(found, axes) : found];
  });
  return Object.fromEntries(tensors);
}
