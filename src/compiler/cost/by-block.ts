import { isPascal } from '../syntax/build/names.js';
import { type Amounts, adding, type Numbers, noAmounts, type Place, type Share } from './shares.js';

/** What an instance, or a step of a loop in one, and all inside it cost. */
export type BlockCost<All = Amounts> = All & {
  /** Empty for the model itself. */
  readonly path: string;
  /** Null for the model and for a step of a loop. */
  readonly block: string | null;
};

/** Costs by path, each instance before those inside it, in the order in which they are applied. */
export const costsByBlock = (shares: readonly Share[]): readonly BlockCost[] =>
  byBlock(shares, noAmounts);

/** The sums by path of any numbers, named as those of `none`. */
export function byBlock<Name extends string>(
  shares: readonly (Place & Numbers<NoInfer<Name>>)[],
  none: Numbers<Name>,
): readonly BlockCost<Numbers<Name>>[] {
  const root: Branch<Name> = { path: '', amounts: none, children: new Map() };
  const blocks = new Map<string, string>();
  for (const share of shares) {
    for (let at = share.origin; at; at = at.parent) {
      // An operation owns no path.
      if (isPascal(at.block)) blocks.set(at.path, at.block);
    }
    addAt(root, share, none);
  }
  const flat = ({ path, amounts, children }: Branch<Name>): readonly BlockCost<Numbers<Name>>[] => [
    { path, block: blocks.get(path) ?? null, ...amounts },
    ...[...children.values()].flatMap(flat),
  ];
  return flat(root);
}

interface Branch<Name extends string> {
  readonly path: string;
  amounts: Numbers<Name>;
  readonly children: Map<string, Branch<Name>>;
}

function addAt<Name extends string>(
  root: Branch<Name>,
  share: Place & Numbers<Name>,
  none: Numbers<Name>,
): void {
  const add = adding(none);
  let branch = root;
  branch.amounts = add(branch.amounts, share);
  const segments = share.path === '' ? [] : share.path.split('/');
  segments.forEach((segment, i) => {
    const path = segments.slice(0, i + 1).join('/');
    const known = branch.children.get(segment);
    const child = known ?? { path, amounts: none, children: new Map() };
    if (!known) branch.children.set(segment, child);
    child.amounts = add(child.amounts, share);
    branch = child;
  });
}
