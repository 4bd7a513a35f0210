import { isBuiltin } from '../compiler/builtins/index.js';
import { boundOf } from '../compiler/names/bind.js';
import type { Target, Use } from '../compiler/names/binding.js';
import { type Span, textOf } from '../compiler/source/source.js';
import { isPascal } from '../compiler/syntax/build/names.js';
import { keywords } from '../compiler/syntax/tokens.js';
import { nameAt } from './name-at.js';
import { type Placed, usesOfTarget } from './references.js';
import type { Workspace } from './workspace.js';

/** Why a name cannot be renamed, or not so; its message is for the reader. */
export class RenameRefused extends Error {}

/** The name that would be renamed at an offset; undefined where there is none. Throws `RenameRefused`. */
export function renamable(workspace: Workspace, path: string, offset: number): Span | undefined {
  return useToRename(workspace, path, offset)?.span;
}

function useToRename(workspace: Workspace, path: string, offset: number): Use | undefined {
  const analysis = workspace.analysis(path);
  const use = nameAt(workspace, path, offset);
  if (!analysis || !use) return undefined;
  // A line that is not in the tree would keep the old name.
  const unread = analysis.diagnostics.find(({ code }) => code.startsWith('NET00'));
  const refused = unread
    ? `${unread.span.file.path} has a line that cannot be read; mend it first`
    : whyNot(use.target);
  if (refused) throw new RenameRefused(refused);
  return use;
}

function whyNot(target: Target): string | undefined {
  switch (target.kind) {
    case 'builtin':
      return `${target.builtin.name} is built in`;
    case 'builtin parameter':
      return `${target.name} of ${target.builtin.name} is built in`;
    case 'function':
      return `${target.function.name} is built in`;
    case 'attribute':
      return `the attribute ${target.name} is built in`;
    case 'file':
      return 'a file is renamed on the disk';
    default:
      return undefined;
  }
}

/**
 * The places that hold the name at an offset, for `to` in its stead, in all files that use it. Throws `RenameRefused`
 * where `to` is no name of that kind, or is taken at one of them.
 */
export function renameAt(
  workspace: Workspace,
  path: string,
  offset: number,
  to: string,
): readonly Span[] {
  const use = useToRename(workspace, path, offset);
  if (!use) return [];
  const from = textOf(use.span);
  if (from === to) return [];
  checkName(from, to);
  const places = usesOfTarget(workspace, path, use.target).filter(
    ({ use: other }) =>
      // The name that one file imports it by is that file's own.
      textOf(other.span) === from && (!isAlias(use) || other.span.file.path === path),
  );
  for (const place of places) checkFree(to, place);
  return places.map(({ use: { span } }) => span);
}

const isAlias = ({ target, span }: Use): boolean =>
  target.kind === 'definition' && textOf(span) !== target.definition.name.text;

function checkName(from: string, to: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(to) || to === '_') {
    throw new RenameRefused(`${to} is no name: letters, digits and _ after a letter`);
  }
  if (keywords.includes(to)) throw new RenameRefused(`${to} is a keyword`);
  if (isBuiltin(to)) throw new RenameRefused(`${to} is built in`);
  if (isPascal(from) !== isPascal(to)) {
    const [case_, what] = isPascal(from) ? ['capital', 'a block'] : ['small', 'no block'];
    throw new RenameRefused(`${from} is ${what}: its name begins with a ${case_} letter`);
  }
}

/** A name hides nothing, so that one that is visible there, or bound in the same definition, is in the way. */
function checkFree(to: string, { use, module }: Placed): void {
  const { start } = use.span;
  const bound = boundOf(module);
  // The name of an argument is sought in its block alone.
  if (use.target.kind === 'local' && !use.binds) {
    const { span, text } = use.target.name;
    if (bound.localsAt(start).get(text)?.name.span !== span) return;
  }
  const global = use.target.kind === 'definition';
  const inside = ({ start: from, end }: { start: number; end: number }): boolean =>
    global || (from <= start && start <= end);
  const others = bound.scopes.filter(inside).flatMap(({ names }) => names);
  const taken = others.some(({ local }) => local.name.text === to);
  if (taken || bound.localsAt(start).has(to) || module.names.has(to)) {
    throw new RenameRefused(`${to} is taken in ${module.path}`);
  }
}
