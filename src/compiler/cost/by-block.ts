import { isPascal } from '../syntax/build/names.js';
import { type Amounts, addAmounts, noAmounts, type Share } from './shares.js';

/** What an instance, or a step of a loop in one, and all inside it cost. */
export interface BlockCost extends Amounts {
  /** Empty for the model itself. */
  readonly path: string;
  /** Null for the model and for a step of a loop. */
  readonly block: string | null;
}

/** Costs by path, each instance before those inside it, in the order in which they are applied. */
export function costsByBlock(shares: readonly Share[]): readonly BlockCost[] {
  const root: Branch = { path: '', amounts: noAmounts, children: new Map() };
  const blocks = new Map<string, string>();
  for (const share of shares) {
    for (let at = share.origin; at; at = at.parent) {
      // An operation owns no path.
      if (isPascal(at.block)) blocks.set(at.path, at.block);
    }
    addAt(root, share);
  }
  const flat = ({ path, amounts, children }: Branch): readonly BlockCost[] => [
    { path, block: blocks.get(path) ?? null, ...amounts },
    ...[...children.values()].flatMap(flat),
  ];
  return flat(root);
}

interface Branch {
  readonly path: string;
  amounts: Amounts;
  readonly children: Map<string, Branch>;
}

function addAt(root: Branch, share: Share): void {
  let branch = root;
  branch.amounts = addAmounts(branch.amounts, share);
  const segments = share.path === '' ? [] : share.path.split('/');
  segments.forEach((segment, i) => {
    const path = segments.slice(0, i + 1).join('/');
    const known = branch.children.get(segment);
    const child = known ?? { path, amounts: noAmounts, children: new Map() };
    if (!known) branch.children.set(segment, child);
    child.amounts = addAmounts(child.amounts, share);
    branch = child;
  });
}
