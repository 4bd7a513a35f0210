import type { Builtin } from '../builtins/builtin.js';
import { builtins } from '../builtins/index.js';
import { baseOf } from '../expand/variants.js';
import type { Module } from '../load/modules.js';
import type { Definition, Expression } from '../syntax/ast.js';
import type { Defined, Local } from './use.js';

/** What takes arguments by name. */
export type Callee = Defined | { readonly kind: 'builtin'; readonly builtin: Builtin };

/** A definition in sight of a file, or a built-in. */
export function calleeNamed(
  name: string,
  module: Module,
  above: readonly Definition[] = [],
): Callee | undefined {
  const found = module.names.get(name);
  if (found) {
    const { definition } = found;
    // A variant has the parameters of its model.
    if (definition.kind !== 'variant')
      return { kind: 'definition', definition, module: found.module };
    const { base } = baseOf(definition.value, found.module, name);
    const circle = above.includes(definition);
    if (base === undefined || circle) return undefined;
    return calleeNamed(base, found.module, [...above, definition]);
  }
  const builtin = builtins.get(name);
  return builtin && { kind: 'builtin', builtin };
}

/**
 * What `value`, the head of a call or a stage, takes its arguments for: `B`, `B(args)`, or a `let` of one of these.
 * A parameter may be anything; `byDefault` takes it for its default.
 */
export function calleeOf(
  value: Expression,
  module: Module,
  local: (name: string) => Local | undefined,
  byDefault = false,
): Callee | undefined {
  if (value.kind === 'bracket') return calleeOf(value.value, module, local, byDefault);
  if (value.kind === 'call') return calleeOf(value.callee, module, local, byDefault);
  if (value.kind !== 'name') return undefined;
  const known = local(value.text);
  if (!known) return calleeNamed(value.text, module);
  const bound = known.role === 'let' || known.role === 'shared';
  const follows = known.value && (bound || (byDefault && known.role === 'parameter'));
  // Names hold from their line on, so that a value names only what is before it.
  const before = (name: string): Local | undefined => {
    const other = local(name);
    return other && other.name.span.start < known.name.span.start ? other : undefined;
  };
  return follows ? calleeOf(known.value, module, before, byDefault) : undefined;
}
