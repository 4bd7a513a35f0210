import type { Graph, Variable } from '../../graph/graph.js';
import { printType } from '../../graph/print.js';
import type { Application } from '../../resolve/application.js';
import { joinPath } from '../../resolve/expansion.js';
import { printValue } from '../../resolve/values.js';
import { printResidue } from '../../shapes/residue.js';
import { printShape } from '../../shapes/size.js';

/**
 * A model as its blocks: one line an application, with its arguments, its results' shapes and the weights under it. What stands twice
 * in the same words is written once; later lines end in `...`.
 *
 *     model Tiny, 28 weights
 *     symbols N, H, W
 *     input image: float[N, H, W, 3]
 *     output mask: float[N, H, W, 1]
 *
 *     Conv(channels: 1) -> [N, H, W, 1], 28 weights
 *     sigmoid -> [N, H, W, 1]
 */
export function printFolded(graph: Graph, tree: Application): string {
  const weights = graph.variables.filter(({ kind }) => kind === 'weight');
  const all = weightsUnder(weights, '');
  const written = new Set<string>();
  const lines = tree.children.flatMap((child) => fold(linesOf(child, '', weights), written));
  const head = [
    `model ${graph.name}, ${all} weights`,
    ...(graph.symbols.length > 0 ? [`symbols ${graph.symbols.map(printResidue).join(', ')}`] : []),
    ...graph.inputs.map(({ name, value }) => `input ${name}: ${printType(value.type)}`),
    ...graph.outputs.map(({ name, value }) => `output ${name}: ${printType(value.type)}`),
  ];
  return `${[...head, '', ...lines].join('\n')}\n`;
}

/** An application's line and those of what it holds. */
interface Folding {
  readonly line: string;
  readonly children: readonly Folding[];
}

function linesOf(
  { segment, block, configuration, results, children }: Application,
  around: string,
  weights: readonly Variable[],
): Folding {
  const path = joinPath(around, segment);
  const name = block === null || block === segment ? segment : `${segment}: ${block}`;
  const args = configuration.map(([key, value]) => `${key}: ${printValue(value)}`);
  const shapes = results.map(({ type }) => printShape(type.shape));
  const count = weightsUnder(weights, `${path}/`);
  const line = [
    name,
    args.length > 0 ? `(${args.join(', ')})` : '',
    shapes.length > 0 ? ` -> ${shapes.join(', ')}` : '',
    count > 0 ? `, ${count} weights` : '',
  ].join('');
  return { line, children: children.map((child) => linesOf(child, path, weights)) };
}

/** Lines with their indentation; what is in `written` already is cut short, and what is new goes in. */
function fold({ line, children }: Folding, written: Set<string>): string[] {
  if (children.length === 0) return [line];
  const key = textOf({ line: withoutName(line), children });
  if (written.has(key)) return [`${line} ...`];
  written.add(key);
  return [line, ...children.flatMap((child) => fold(child, written)).map((inner) => `  ${inner}`)];
}

/** What repeats differs in its number only: `RecurrentConv.2`, `state[1]`. */
const withoutName = (line: string): string =>
  line.replace(/^[^:( ]+(?=[:( ]|$)/, (name) => name.replace(/\.\d+$|\[\d+\]$/, ''));

const textOf = ({ line, children }: Folding): string =>
  [
    line,
    ...children.map(textOf).flatMap((text) => text.split('\n').map((inner) => ` ${inner}`)),
  ].join('\n');

const weightsUnder = (weights: readonly Variable[], prefix: string): number =>
  weights
    .filter(({ path }) => path.startsWith(prefix))
    .reduce(
      (sum, { value: { type } }) => sum + type.shape.reduce((n, { q }) => (n * q.n) / q.d, 1),
      0,
    );
