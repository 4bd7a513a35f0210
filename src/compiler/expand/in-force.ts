import { Diagnostics } from '../diagnostics/diagnostic.js';
import type { ChosenModel, Layer } from '../names/variants.js';
import type { Expression, Parameter } from '../syntax/ast.js';
import { argumentsOf } from './expand.js';
import { type Overrides, overrideLayer } from './overrides.js';

/** What a parameter of a model stands for: its default, or what the last to speak of it says. */
export interface InForce {
  readonly parameter: Parameter;
  /** Null where there is neither. */
  readonly value: Expression | null;
  /** Who gives it; null for the default. */
  readonly layer: Layer | null;
}

/** The parameters of a model in order, variants and `--set` applied. Errors are told where the model is expanded. */
export function parametersInForce(chosen: ChosenModel, overrides: Overrides): readonly InForce[] {
  const untold = new Diagnostics();
  const given = argumentsOf([...chosen.layers, ...overrideLayer(chosen, overrides, untold)]);
  return chosen.definition.parameters.map((parameter) => {
    const last = given.get(parameter.name.text)?.at(-1);
    const value = last?.argument.value ?? parameter.fallback;
    return { parameter, value, layer: last?.layer ?? null };
  });
}
