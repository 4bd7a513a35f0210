import type { Expression } from '../syntax/ast.js';
import type { Binder } from './binder.js';
import { type Known, unknown } from './known.js';
import type { Scope } from './scope.js';

/** What an expression is where several values have no place (values-3). */
export function bindOne(b: Binder, e: Expression, scope: Scope): Known {
  if (e.kind === 'several') b.report('NET0211', e.span, { kind: 'one', count: e.values.length }, e);
  return b.expression(e, scope);
}

/** As `bindOne`, where a block has no place. */
export function bindValue(b: Binder, e: Expression, scope: Scope): Known {
  const known = bindOne(b, e, scope);
  if (known.kind !== 'block' && known.kind !== 'instance') return known;
  b.report('NET0208', e.span, { kind: 'block', found: known.seen }, e);
  return unknown;
}
