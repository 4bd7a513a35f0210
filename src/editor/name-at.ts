import { globalNamed } from '../compiler/names/binder.js';
import type { Use } from '../compiler/names/binding.js';
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
  return analysis && (analysis.bound.useAt(offset) ?? looseName(analysis, offset));
}

function looseName({ main, bound }: Analysis, offset: number): Use | undefined {
  const { source: file } = main.file;
  const word = scan(file).tokens.find(
    (token) => token.startOffset <= offset && offset <= endOf(token) && tokenMatcher(token, Name),
  );
  if (!word) return undefined;
  const { image, startOffset: start } = word;
  const target = bound.localsAt(start).get(image) ?? globalNamed(image, main);
  const span = { file, start, end: endOf(word) };
  return target && { span, target, binds: false, arrow: null };
}
