import { elementsOf } from '../../cost/cost.js';
import type { Application } from '../../expand/application.js';
import { originsOf } from '../../expand/reach.js';
import type { Graph } from '../../ir/graph.js';
import { printResidue } from '../../sizes/residue.js';
import { printShape } from '../../sizes/size.js';
import type { Origin } from '../../source/origin.js';
import { printValue } from '../../values/value.js';

/**
 * A model as the tree of its applications, for a reader who asks what changed. A line is a path segment, the block
 * with its configuration, the shapes it gives and the weights made in it:
 *
 *     Unit = R2CL(channels: 64, steps: 2) -> [N, H, W, 64], 74,368 weights
 *       project = Conv(channels: 64, kernel: 1) -> [N, H, W, 64], 256 weights
 *
 * Defaults of built-in blocks are left out, `state[0..1]` are steps of a loop that read the same, and a shared
 * instance shows its weights at its first use.
 */
export function printFolded(graph: Graph, tree: Application): string {
  const { inputs, outputs, symbols } = graph;
  const folding: Folding = {
    reached: originsOf(graph.nodes),
    weights: weightsByInstance(graph),
    seen: new Set(),
  };
  const ports = (items: Graph['inputs']): string =>
    items.map(({ name, value }) => `${name} ${printShape(value.type.shape)}`).join(', ');
  const body = tree.children.map((child) => fold(child, folding));
  return [
    `model ${tree.block}${configurationOf(tree)}, ${weightsOf(sum(body))}`,
    `${ports(inputs)} -> ${ports(outputs)}`,
    ...(symbols.length > 0 ? [`sizes ${symbols.map(printResidue).join(', ')}`] : []),
    '',
    ...linesOf(body),
    '',
  ].join('\n');
}

interface Folding {
  readonly reached: ReadonlySet<Origin>;
  /** How many numbers are trained at each path. */
  readonly weights: ReadonlyMap<string, number>;
  /** The paths whose weights have been counted. */
  readonly seen: Set<string>;
}

/** An application as text. */
interface Folded {
  /** The name of a loop's variable, where this is a step of it. */
  readonly loop: string | null;
  readonly head: string;
  readonly lines: readonly string[];
  readonly weights: number;
}

function weightsByInstance({ variables }: Graph): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const variable of variables) {
    if (variable.kind !== 'weight') continue;
    const instance = variable.path.slice(0, variable.path.lastIndexOf('/'));
    weights.set(instance, (weights.get(instance) ?? 0) + elementsOf(variable));
  }
  return weights;
}

/** Null where no output depends on anything in it. */
function fold(application: Application, folding: Folding): Folded | null {
  const { block, segment, origin, results, children } = application;
  if (block !== null && origin && !folding.reached.has(origin)) return null;
  const parts = children.map((child) => fold(child, folding));
  const lines = linesOf(parts).map((line) => `  ${line}`);
  if (block === null) {
    const loop = segment.slice(0, segment.lastIndexOf('['));
    return lines.length > 0 ? { loop, head: segment, lines, weights: sum(parts) } : null;
  }
  const own = children.length === 0 && origin ? ownWeights(block, origin.path, folding) : 0;
  const weights = own + sum(parts);
  const shapes = results.map(({ type }) => printShape(type.shape)).join(', ');
  const name = nameOf(segment, block);
  const given = shapes === '' ? '' : ` -> ${shapes}`;
  const counted = weights === 0 ? '' : `, ${weightsOf(weights)}`;
  return {
    loop: null,
    head: `${name}${configurationOf(application)}${given}${counted}`,
    lines,
    weights,
  };
}

const isBlock = (block: string): boolean => /^[A-Z]/.test(block);

/** Only a block has a path of its own to find weights at, and only the first use of a path counts them. */
function ownWeights(block: string, path: string, { weights, seen }: Folding): number {
  if (!isBlock(block) || seen.has(path)) return 0;
  seen.add(path);
  return weights.get(path) ?? 0;
}

/** `Unit = R2CL`, or `relu`: the numbers of operations stand in no path. */
function nameOf(segment: string, block: string): string {
  const numbered = !isBlock(block) && segment.startsWith(`${block}.`);
  return segment === block || numbered ? block : `${segment} = ${block}`;
}

function configurationOf({ configuration }: Application): string {
  if (configuration.length === 0) return '';
  return `(${configuration.map(([name, value]) => `${name}: ${printValue(value)}`).join(', ')})`;
}

const weightsOf = (n: number): string => `${n.toLocaleString('en-US')} weights`;
const sum = (parts: readonly (Folded | null)[]): number =>
  parts.reduce((total, part) => total + (part?.weights ?? 0), 0);

/** The lines of applications one after another; equal steps of one loop as one. */
function linesOf(parts: readonly (Folded | null)[]): readonly string[] {
  const present = parts.filter((part) => part !== null);
  const lines: string[] = [];
  for (let i = 0; i < present.length; ) {
    let end = i + 1;
    while (end < present.length && sameStep(present[i]!, present[end]!)) end++;
    lines.push(headOf(present[i]!, present[end - 1]!), ...present[i]!.lines);
    i = end;
  }
  return lines;
}

const sameStep = (a: Folded, b: Folded): boolean =>
  a.loop !== null && a.loop === b.loop && a.lines.join('\n') === b.lines.join('\n');

/** `state[0]`, or `state[0..1]` for several. */
const headOf = (first: Folded, last: Folded): string =>
  first === last
    ? first.head
    : `${first.head.slice(0, -1)}..${last.head.slice(last.head.lastIndexOf('[') + 1)}`;
