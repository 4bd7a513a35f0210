import type { Target } from '../compiler/names/binding.js';
import type { Span } from '../compiler/source/source.js';
import { nameAt } from './name-at.js';
import type { Workspace } from './workspace.js';

/** Where what stands at an offset is written; undefined for what is built in. */
export function definitionAt(workspace: Workspace, path: string, offset: number): Span | undefined {
  const use = nameAt(workspace, path, offset);
  return use && placeOf(use.target);
}

/** The name that binds a target, or the beginning of a file. */
export function placeOf(target: Target): Span | undefined {
  switch (target.kind) {
    case 'definition':
      return target.definition.name.span;
    case 'local':
    case 'instance':
      return target.name.span;
    case 'symbol':
      return target.first;
    case 'file':
      return { file: target.module.file.source, start: 0, end: 0 };
    default:
      return undefined;
  }
}
