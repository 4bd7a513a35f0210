import type { Module } from '../load/modules.js';
import type { Parameter } from '../syntax/ast.js';
import { innerNames, type Names, plain } from './names.js';

/** What an argument of a variant for the parameter at `at` sees beside its file: the parameters before that. */
export function parametersBefore(
  at: number,
  parameters: readonly Parameter[],
  module: Module,
): Names {
  const names = innerNames(null);
  parameters.forEach(({ name: { text, span } }, i) => {
    if (module.names.has(text)) return;
    if (i < at) names.bindings.set(text, { known: plain(text), span });
    else if (i > at) names.later.set(text, span);
  });
  return names;
}
