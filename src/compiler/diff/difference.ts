import { type Cost, costOf } from '../cost/cost.js';
import { type Memory, memoryOf } from '../cost/memory.js';
import type { Application } from '../expand/application.js';
import type { Graph } from '../ir/graph.js';
import { printResidue } from '../sizes/residue.js';
import type { ImageSize } from '../sizes/size.js';
import { printShape } from '../sizes/size.js';
import { printValue } from '../values/value.js';
import { compare } from './compare.js';
import { type Definitions, definitionsIn, definitionsOnlyIn } from './definitions.js';
import { type ChangeGroup, grouped } from './groups.js';
import { networkOf } from './network.js';

/** A compiled model. */
export interface Compiled {
  readonly graph: Graph;
  readonly tree: Application;
}

/** What one of both networks has at a name; null where it has nothing there. */
export interface Altered {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export type Total = Cost & Memory;

/** How one network differs from another. All of it is empty, and both totals are equal, where it does not. */
export interface Difference {
  /** The model's parameters. */
  readonly parameters: readonly Altered[];
  readonly changes: readonly ChangeGroup[];
  /** The blocks that only the first network applies, and those that only the second does. */
  readonly definitions: readonly [before: Definitions, after: Definitions];
  readonly inputs: readonly Altered[];
  readonly outputs: readonly Altered[];
  /** What the image's sizes may be. */
  readonly sizes: readonly Altered[];
  readonly totals: readonly [before: Total, after: Total];
}

/** Costs are for one image of `size`. Throws `BindingError` where one of them is not defined for it. */
export function differenceOf(before: Compiled, after: Compiled, size: ImageSize): Difference {
  const [a, b] = [
    networkOf(before.graph, before.tree, size),
    networkOf(after.graph, after.tree, size),
  ];
  const [definitionsA, definitionsB] = [definitionsIn(a.tree), definitionsIn(b.tree)];
  const total = ({ graph }: Compiled): Total => ({
    ...costOf(graph, size),
    ...memoryOf(graph, size, 1),
  });
  const altered = (list: (of: Compiled) => readonly (readonly [string, string])[]) =>
    alteredIn(new Map(list(before)), new Map(list(after)));
  return {
    parameters: altered(({ tree }) => tree.configuration.map(([n, v]) => [n, printValue(v)])),
    changes: grouped(compare(a, b), a, b),
    definitions: [
      definitionsOnlyIn(definitionsA, definitionsB),
      definitionsOnlyIn(definitionsB, definitionsA),
    ],
    inputs: altered(({ graph }) => graph.inputs.map(portOf)),
    outputs: altered(({ graph }) => graph.outputs.map(portOf)),
    sizes: altered(({ graph }) => graph.symbols.map((r) => [r.symbol, printResidue(r)])),
    totals: [total(before), total(after)],
  };
}

const portOf = ({ name, value }: Graph['inputs'][number]): readonly [string, string] => [
  name,
  printShape(value.type.shape),
];

/** Names whose texts differ, those of `before` first. */
function alteredIn(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Altered[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((each) => each.before !== each.after);
}
