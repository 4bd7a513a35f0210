import { type Amounts, addAmounts, noAmounts } from '../cost/shares.js';
import type { Application } from '../expand/application.js';
import { joinPath } from '../expand/expansion.js';
import type { Change } from './compare.js';
import type { Network } from './network.js';

/** An application as a change shows it: of several places, all values that an argument takes at them. */
export interface Shown {
  /** Null for a step of a loop. */
  readonly block: string | null;
  readonly segment: string;
  readonly configuration: readonly (readonly [parameter: string, values: readonly string[]])[];
}

/** The same change at all its places. */
export interface ChangeGroup {
  readonly kind: Change['kind'];
  readonly within: string;
  /** The names that stand there, in the first network where it has them: `Unit`, `Unit.2`. */
  readonly segments: readonly string[];
  /** Of what is replaced, configured or rewired itself, of what is added or removed the instances around it. */
  readonly paths: readonly string[];
  /** How many such places the first network has. */
  readonly of: number;
  readonly before: readonly Shown[];
  readonly after: readonly Shown[];
  readonly feeds?: Change['feeds'];
  /** What the changed applications add, all places together. */
  readonly shares: readonly [before: Amounts, after: Amounts];
}

/** Changes that read the same but for names, numbers and place, together, in the order of their first places. */
export function grouped(
  changes: readonly Change[],
  before: Network,
  after: Network,
): readonly ChangeGroup[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = keyOf(change, before, after);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].map((group) => groupOf(group, before, after));
}

function groupOf(group: readonly Change[], before: Network, after: Network): ChangeGroup {
  const { kind, within, feeds } = group[0]!;
  const one = isOne(group[0]!);
  const olds = group.map((change) => change.before);
  const news = group.map((change) => change.after);
  const segments = new Set((one ? olds : [...olds, ...news]).flat().map(({ segment }) => segment));
  return {
    kind,
    within,
    segments: [...segments],
    paths: group.map(({ path, before: [old] }) => (one ? joinPath(path, old!.segment) : path)),
    of: one
      ? placesOf(before.tree, within, olds[0]![0]!.block, segments)
      : instancesOf(before.tree, within),
    before: shown(olds, before),
    after: shown(news, after),
    ...(feeds && { feeds }),
    shares: [shareOf(olds.flat(), before), shareOf(news.flat(), after)],
  };
}

/** Whether one application stands on both sides. */
const isOne = ({ kind }: Change): boolean => kind !== 'added' && kind !== 'removed';

const shareOf = (applications: readonly Application[], network: Network): Amounts =>
  applications.map(network.share).reduce(addAmounts, noAmounts);

function keyOf({ kind, within, before, after, feeds }: Change, a: Network, b: Network): string {
  const parameters = (applications: readonly Application[], { configuration }: Network): unknown =>
    applications.map((each) => [each.block, configuration(each).map(([name]) => name)]);
  return JSON.stringify([kind, within, parameters(before, a), parameters(after, b), feeds]);
}

/** The applications at one place and those that correspond to them at the others, as one. */
function shown(
  places: readonly (readonly Application[])[],
  { configuration }: Network,
): readonly Shown[] {
  return places[0]!.map(({ block, segment }, i) => {
    const all = places.map((applications) => configuration(applications[i]!));
    const parameters = all[0]!.map(([name], n) => {
      const values = new Set(all.map((one) => one[n]![1]));
      return [name, [...values]] as const;
    });
    return { block, segment, configuration: parameters };
  });
}

/** How many applications of `block` have one of `segments` in the body of `within`. */
function placesOf(
  tree: Application,
  within: string,
  block: string | null,
  segments: ReadonlySet<string>,
): number {
  const count = (application: Application, around: string): number =>
    application.children.reduce((sum, child) => {
      const here = around === within && child.block === block && segments.has(child.segment);
      return sum + (here ? 1 : 0) + count(child, child.block ?? around);
    }, 0);
  return count(tree, tree.block!);
}

const instancesOf = (tree: Application, block: string): number =>
  tree.children.reduce(
    (sum, child) => sum + instancesOf(child, block),
    tree.block === block ? 1 : 0,
  );
