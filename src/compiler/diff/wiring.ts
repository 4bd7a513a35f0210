import type { Application } from '../expand/application.js';
import type { Node, Value } from '../ir/graph.js';
import { constant } from '../ops/structure/constant.js';
import type { Counterparts } from './compare.js';
import type { Network } from './network.js';

/** By application of either network, the number of its pair; all inside a replaced block stand for that block. */
export type Roles = ReadonlyMap<Application, number>;

export function rolesOf(pairs: readonly Counterparts[]): Roles {
  const roles = new Map<Application, number>();
  const put = (application: Application, role: number): void => {
    roles.set(application, role);
    for (const child of application.children) put(child, role);
  };
  pairs.forEach(({ before, after, same }, role) => {
    if (same) {
      roles.set(before, role);
      roles.set(after, role);
    } else {
      put(before, role);
      put(after, role);
    }
  });
  return roles;
}

/**
 * The names of what feeds `old` and `now`, where these have other roles; undefined where they have the same ones, or
 * where one of them is new or gone, which is a change of its own.
 */
export function takenFrom(
  old: Application,
  now: Application,
  before: Network,
  after: Network,
  roles: Roles,
): readonly [readonly string[], readonly string[]] | undefined {
  const [a, b] = [feedersOf(old, before, roles), feedersOf(now, after, roles)];
  if ([...a, ...b].some(({ role }) => role === undefined)) return undefined;
  if (rolesIn(a, nodesOf(old, before)) === rolesIn(b, nodesOf(now, after))) return undefined;
  return [a.map(({ name }) => name), b.map(({ name }) => name)];
}

/** The roles of what feeds an application, in no order where its operands may change places. */
function rolesIn(feeders: readonly Feeder[], nodes: readonly Node[]): string {
  const roles = feeders.map(({ role }) => role!);
  const commutes = nodes.every(({ op }) => op.commutative || op === constant);
  return (commutes ? roles.sort() : roles).join(' ');
}

const nodesOf = (application: Application, network: Network): readonly Node[] =>
  network.nodes.get(application) ?? [];

interface Feeder {
  readonly name: string;
  /** An input by its name, an application by the number of its pair and which of its results. */
  readonly role: string | undefined;
}

/** What comes into an application from outside, in the order of its first uses. */
function feedersOf(application: Application, network: Network, roles: Roles): readonly Feeder[] {
  const nodes = nodesOf(application, network);
  const own = new Set(nodes.flatMap(({ results }) => results));
  const operands = nodes.flatMap(({ operands }) => operands).filter((value) => !own.has(value));
  return operands.flatMap((value) => feeder(value, network, roles) ?? []);
}

function feeder(value: Value, network: Network, roles: Roles): Feeder | undefined {
  const input = network.graph.inputs.find((input) => input.value === value);
  if (input) return { name: input.name, role: input.name };
  const maker = network.makers.get(value);
  if (!maker) return undefined;
  const role = roles.get(maker);
  const node = network.nodes.get(maker)!.find(({ results }) => results.includes(value))!;
  const result = node.results.indexOf(value);
  return { name: maker.segment, role: role === undefined ? role : `${role}.${result}` };
}
