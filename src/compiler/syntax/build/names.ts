import type { IToken } from 'chevrotain';
import type { FactsOf } from '../../diagnostics/codes.js';
import type { Name } from '../ast.js';
import { type Build, nameOf } from './cst.js';

/** Whether a name, by its case, is a block's, a model's or a symbol's (names-1). */
export const isPascal = (text: string): boolean => /^[A-Z]/.test(text);

/** Whose name has a case of its own. */
type Owner = FactsOf<'NET0006'>['of'];

/** A name that must begin with a capital letter, as every block and model does. */
export function pascalName(build: Build, token: IToken, of: Owner): Name {
  const name = nameOf(build, token);
  if (!isPascal(name.text)) build.report('NET0006', name.span, { name: name.text, of });
  return name;
}

/** A name that must begin with a small letter. */
export function camelName(build: Build, token: IToken, of: Owner): Name {
  const name = nameOf(build, token);
  if (isPascal(name.text)) build.report('NET0006', name.span, { name: name.text, of });
  return name;
}
