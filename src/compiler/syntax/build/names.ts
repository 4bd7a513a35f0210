import type { IToken } from 'chevrotain';
import type { Name } from '../ast.js';
import { type Build, nameOf } from './cst.js';

/** Whether a name, by its case, is a block's, a model's or a symbol's (names-1). */
export const isPascal = (text: string): boolean => /^[A-Z]/.test(text);

/** A name that must begin with a capital letter, as every block and model does. */
export function pascalName(build: Build, token: IToken, what: string): Name {
  const name = nameOf(build, token);
  if (!isPascal(name.text)) {
    const bare = name.text.replace(/^_+/, '');
    const better = `${bare.slice(0, 1).toUpperCase()}${bare.slice(1)}`;
    const reason = 'a lowerCase name is an operation, an instance or a value';
    wrongCase(build, name, `${what} begins with a capital letter; ${reason}`, better);
  }
  return name;
}

/** A name that must begin with a small letter. */
export function camelName(build: Build, token: IToken, what: string): Name {
  const name = nameOf(build, token);
  if (isPascal(name.text)) {
    const better = `${name.text.slice(0, 1).toLowerCase()}${name.text.slice(1)}`;
    const reason = 'a PascalCase name is a block or a model';
    wrongCase(build, name, `${what} begins with a small letter; ${reason}`, better);
  }
  return name;
}

function wrongCase(build: Build, name: Name, message: string, better: string): void {
  const { span } = name;
  const suggestion = better
    ? { message: `write \`${better}\``, edits: [{ span, text: better }] }
    : { message: 'write a name that begins with a letter' };
  build.report('NET0006', { message, span, suggestion });
}
