import { functions } from '../compiler/builtins/functions.js';
import { builtins } from '../compiler/builtins/index.js';
import { localsAt, type Target, type Use, useAt } from '../compiler/names/use.js';
import { tokenMatcher } from '../compiler/syntax/chevrotain.js';
import { scan } from '../compiler/syntax/scan.js';
import { endOf, Name } from '../compiler/syntax/tokens.js';
import type { Analysis } from './analysis.js';
import type { Workspace } from './workspace.js';

/**
 * The name that an offset touches, with what it means. In a line that could not be read, and so is not in the tree, that
 * is what the word would mean there.
 */
export function nameAt(workspace: Workspace, path: string, offset: number): Use | undefined {
  const analysis = workspace.analysis(path);
  return analysis && (useAt(analysis.uses, offset) ?? looseName(analysis, offset));
}

function looseName({ main, uses }: Analysis, offset: number): Use | undefined {
  const { source: file } = main.file;
  const word = scan(file).tokens.find(
    (token) => token.startOffset <= offset && offset <= endOf(token) && tokenMatcher(token, Name),
  );
  if (!word) return undefined;
  const { image, startOffset: start } = word;
  const target = localsAt(uses, start).get(image) ?? globalNamed(image, main);
  const span = { file, start, end: endOf(word) };
  return target && { span, target, binds: false, alias: null, arrow: null };
}

function globalNamed(name: string, { names }: Analysis['main']): Target | undefined {
  const found = names.get(name);
  const builtin = builtins.get(name);
  const number = functions.get(name);
  if (found) return { kind: 'definition', definition: found.definition, module: found.module };
  if (builtin) return { kind: 'builtin', builtin };
  return number && { kind: 'function', function: number };
}
