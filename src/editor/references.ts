import { boundOf } from '../compiler/names/bind.js';
import { keyOf, placeOf, type Target, type Use } from '../compiler/names/binding.js';
import type { Module } from '../compiler/syntax/module.js';
import { nameAt } from './name-at.js';
import type { Workspace } from './workspace.js';

/** A use with the file it stands in. */
export interface Placed {
  readonly use: Use;
  readonly module: Module;
}

/** All that mean the same as the name at an offset, in all files of the workspace. */
export function referencesAt(
  workspace: Workspace,
  path: string,
  offset: number,
): readonly Placed[] {
  const use = nameAt(workspace, path, offset);
  return use ? usesOfTarget(workspace, path, use.target) : [];
}

/** All uses of a target that is named in the file at `path`, that file's first. */
export function usesOfTarget(
  workspace: Workspace,
  path: string,
  target: Target,
): readonly Placed[] {
  const key = keyOf(target);
  const home = placeOf(target)?.file.path;
  // What is built in is sought where it was asked for: every file is full of `relu`.
  const paths =
    home === undefined ? [path] : [path, home, ...workspace.open, ...workspace.files.list()];
  const found: Placed[] = [];
  for (const each of new Set(paths)) {
    const modules = workspace.modules(each);
    const module = modules.at(-1);
    const reaches = home === undefined || modules.some((other) => other.path === home);
    if (!module || !reaches) continue;
    for (const use of boundOf(module).inOrder())
      if (keyOf(use.target) === key) found.push({ use, module });
  }
  return found;
}
