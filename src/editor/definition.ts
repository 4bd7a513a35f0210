import { placeOf } from '../compiler/names/binding.js';
import type { Span } from '../compiler/source/source.js';
import { nameAt } from './name-at.js';
import type { Workspace } from './workspace.js';

/** Where what stands at an offset is written; undefined for what is built in. */
export function definitionAt(workspace: Workspace, path: string, offset: number): Span | undefined {
  const use = nameAt(workspace, path, offset);
  return use && placeOf(use.target);
}
