import { functions } from '../builtins/functions.js';
import { builtins } from '../builtins/index.js';
import { foreignName } from '../diagnostics/messages/foreign.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Span } from '../source/source.js';
import type { Module } from '../syntax/module.js';
import type { Scope } from './scope.js';

/** The name that was likely meant by one that means nothing, and where it is bound if that is in a text. */
export function meantName(
  text: string,
  scope: Scope,
  { names }: Module,
): { readonly name: string; readonly at: Span | null } | null {
  const foreign = foreignName(text);
  const name =
    foreign && 'name' in foreign
      ? foreign.name
      : didYouMean(text, foreign ? [] : inSight(scope, names));
  if (name === undefined) return null;
  return { name, at: scope.find(name)?.name.span ?? names.get(name)?.span ?? null };
}

function* inSight(scope: Scope, names: Module['names']): Iterable<string> {
  yield* scope.inSight();
  yield* names.keys();
  yield* builtins.keys();
  yield* functions.keys();
}
