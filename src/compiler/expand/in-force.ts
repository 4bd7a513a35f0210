import { Diagnostics } from '../diagnostics/diagnostic.js';
import { definitionSignature } from '../names/callable.js';
import type { Argument, Expression, Parameter } from '../syntax/ast.js';
import { matchArguments } from './arguments.js';
import { type Overrides, overrideLayer } from './overrides.js';
import type { ChosenModel, Layer } from './variants.js';

/** What a parameter of a model stands for: its default, or what the last to speak of it says. */
export interface InForce {
  readonly parameter: Parameter;
  /** Null where there is neither. */
  readonly value: Expression | null;
  /** Who gives it; null for the default. */
  readonly layer: Layer | null;
}

/** The parameters of a model in order, variants and `--set` applied. Mistakes are told where the model is expanded. */
export function parametersInForce(chosen: ChosenModel, overrides: Overrides): readonly InForce[] {
  const { definition, layers } = chosen;
  const signature = definitionSignature(definition);
  const given = new Map<string, { readonly argument: Argument; readonly layer: Layer }>();
  const untold = new Diagnostics();
  for (const layer of [...layers, ...overrideLayer(chosen, overrides, untold)]) {
    const matches = matchArguments(
      signature,
      () => undefined,
      layer.args,
      () => {},
    );
    for (const { parameter, argument } of matches ?? []) given.set(parameter, { argument, layer });
  }
  return definition.parameters.map((parameter) => {
    const last = given.get(parameter.name.text);
    const value = last?.argument.value ?? parameter.fallback;
    return { parameter, value, layer: last?.layer ?? null };
  });
}
