import type { Report } from '../diagnostics/diagnostic.js';
import type { Seen } from '../diagnostics/messages/seen.js';
import type { Span } from '../source/source.js';
import type { Stage, Statement } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Callable } from './callable.js';
import type { NumberValue, Value } from './value.js';

// What fits into its place, by what the text says of it and again by what it turned out to be.

const mayBeBlock = ({ kind }: Seen): boolean =>
  ['block', 'operation', 'model', 'value'].includes(kind);

/** Whether an arrow may lead to it: to a block, or to an instance as it was shared (sharing-3). Else reported. */
export function fitsArrow(found: Seen, { name, args, as, span }: Stage, report: Report): boolean {
  if (mayBeBlock(found)) return true;
  const { text } = name;
  if (found.kind !== 'instance') report('NET0301', name.span, { kind: 'arrow', name: text, found });
  else if (args || as) report('NET0305', span, { name: text });
  else return true;
  return false;
}

/** Whether it takes arguments; else reported. */
export function takesArguments(found: Seen, span: Span, report: Report): boolean {
  const fits = mayBeBlock(found);
  if (!fits) report('NET0301', span, { kind: 'call', found });
  return fits;
}

/** Whether `shared` may bind it: only a block has weights to share (sharing-1). Else reported. */
export function isShareable(
  found: Seen,
  { value, span }: Extract<Statement, { kind: 'shared' }>,
  report: Report,
): boolean {
  const fits = mayBeBlock(found);
  if (!fits) report('NET0309', value.span, { found, line: span });
  return fits;
}

/** Whether a value may stand under a name, whose case tells blocks from values (names-1). */
export const fitsName = (name: string, { kind }: Value): boolean =>
  kind === 'poison' || name === '_' || (kind === 'block') === isPascal(name);

/** What there is to say of a number that is a fraction (numbers-1). */
export const fractionOf = ({ value, quotient }: NumberValue) => ({ value, quotient });

/** What the inputs are called (blocks-1); `...x` takes any number. */
export const inputNames = (callable: Callable): readonly string[] =>
  callable.kind === 'user'
    ? callable.definition.inputs.map(({ name }) => name.text)
    : callable.inputs;
