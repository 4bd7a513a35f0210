import type { Application } from '../expand/application.js';
import { joinPath } from '../expand/expansion.js';
import { type Aligned, align } from './align.js';
import type { Configuration, Network } from './network.js';
import { type Roles, rolesOf, takenFrom } from './wiring.js';

/**
 * One place where two networks part. `replaced`: another block in the same role. `configured`: the same built-in with
 * other arguments. `added`, `removed`: neighbours that only one network has. `rewired`: the same operation fed by others.
 */
export interface Change {
  readonly kind: 'replaced' | 'configured' | 'added' | 'removed' | 'rewired';
  /** The block, or the model, in whose body this is. */
  readonly within: string;
  /** The instance of that block, or the step of a loop in it. */
  readonly path: string;
  readonly before: readonly Application[];
  readonly after: readonly Application[];
  /** Of what is rewired, the names of what feeds it before and after. */
  readonly feeds?: readonly [readonly string[], readonly string[]];
}

/** An application of both networks in one role. */
export interface Counterparts {
  readonly before: Application;
  readonly after: Application;
  /** False where nothing inside was compared: another block stands there. */
  readonly same: boolean;
  readonly within: string;
  readonly path: string;
}

/** All places where `after` is another network than `before`, in the order of the trees. */
export function compare(before: Network, after: Network): readonly Change[] {
  const changes: Change[] = [];
  const pairs: Counterparts[] = [];
  const instances = (old: Application, now: Application, within: string, path: string): void => {
    for (const run of runsOf(align(old.children, now.children))) {
      const [first, second] = run[0]!;
      if (first && second) pair(first, second, within, path);
      else {
        const kind = first ? 'removed' : 'added';
        const [before, after] = [0, 1].map((side) => run.flatMap((aligned) => aligned[side] ?? []));
        changes.push({ kind, within, path, before: before!, after: after! });
      }
    }
  };
  const pair = (old: Application, now: Application, within: string, path: string): void => {
    const same = old.block === now.block;
    pairs.push({ before: old, after: now, same, within, path });
    const builtin = old.children.length + now.children.length === 0;
    const change = { within, path, before: [old], after: [now] };
    if (!same) changes.push({ kind: 'replaced', ...change });
    else if (builtin && differ(before.configuration(old), after.configuration(now))) {
      changes.push({ kind: 'configured', ...change });
    } else instances(old, now, old.block ?? within, joinPath(path, old.segment));
  };
  instances(before.tree, after.tree, before.tree.block!, '');
  return [...changes, ...rewired(before, after, pairs)];
}

/** Pairs one by one; neighbours that only one network has together. */
function runsOf(aligned: readonly Aligned[]): readonly (readonly Aligned[])[] {
  const sideOf = ([old, now]: Aligned): string => (old && now ? 'both' : old ? 'before' : 'after');
  const runs: Aligned[][] = [];
  for (const each of aligned) {
    const last = runs.at(-1);
    const side = sideOf(each);
    if (last && side !== 'both' && sideOf(last[0]!) === side) last.push(each);
    else runs.push([each]);
  }
  return runs;
}

const differ = (a: Configuration, b: Configuration): boolean => a.join('\n') !== b.join('\n');

/** Built-ins of the same role and arguments that are fed by what has other roles. */
function rewired(
  before: Network,
  after: Network,
  pairs: readonly Counterparts[],
): readonly Change[] {
  const roles: Roles = rolesOf(pairs);
  return pairs.flatMap(({ before: old, after: now, same, within, path }) => {
    if (!same || old.children.length + now.children.length > 0) return [];
    const feeds = takenFrom(old, now, before, after, roles);
    return feeds ? [{ kind: 'rewired', within, path, before: [old], after: [now], feeds }] : [];
  });
}
