import type { BlockCost } from '../../compiler/cost/by-block.js';
import type { LineCost } from '../../compiler/cost/by-line.js';
import type { Cost } from '../../compiler/cost/cost.js';
import type { Memory } from '../../compiler/cost/memory.js';
import type { Amounts } from '../../compiler/cost/shares.js';
import type { StepMemory } from '../../compiler/passes/recompute/memories.js';
import { grouped, short } from './numbers.js';
import { table } from './table.js';

/**
 * The whole of a model; without its multiply-adds and memory where it takes no images of one size.
 * @param size as `256x256`; undefined where each input has its own
 */
export function printTotals(
  model: string,
  cost: Omit<Cost, 'multiplyAdds'> &
    Partial<Cost & Memory & { readonly peak: Readonly<Record<StepMemory, number>> }>,
  size: string | undefined,
  batch: number,
): string {
  const images = batch === 1 ? 'one image' : `${batch} images`;
  const { multiplyAdds, training, inference, peak } = cost;
  const counted = (title: string, n: number | undefined): readonly string[][] =>
    n === undefined ? [] : [[title, grouped(n)]];
  const bytes = (title: string, n: number | undefined): readonly string[][] =>
    n === undefined ? [] : [[`${title}, ${images}`, `${grouped(n)} (${short(n)}B)`]];
  return table(
    [model, ''],
    [
      ...counted('trained weights', cost.parameters),
      ...counted('running statistics', cost.state),
      ...counted(`multiply-adds of one image${size ? ` of ${size}` : ''}`, multiplyAdds),
      ...counted('operations', cost.operations),
      ...bytes('bytes of activations kept by a training step', training),
      ...bytes('bytes of activations at the peak of a training step', peak?.normal),
      ...bytes('the same with memory: low', peak?.low),
      ...bytes('bytes of activations alive in a prediction', inference),
    ],
  );
}

/** How many instances stand around the one at a path, and itself. */
export const depthOf = (path: string): number => (path === '' ? 0 : path.split('/').length);

/** The last name of a block's path and what it applies, inside deeper than around. */
export function blockTitle({ path, block }: Pick<BlockCost, 'path' | 'block'>): string {
  const segment = path.slice(path.lastIndexOf('/') + 1);
  const name = block === null || block === segment ? '' : ` = ${block}`;
  return `${'  '.repeat(depthOf(path))}${path === '' ? 'all' : `${segment}${name}`}`;
}

/** `unet.net:12  image -> Conv(64)`, cut where it is long. */
export function lineTitle({ file, line, text }: Pick<LineCost, 'file' | 'line' | 'text'>): string {
  const longest = 40;
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return `${file.slice(file.lastIndexOf('/') + 1)}:${line}  ${cut}`;
}

/** A line a block. */
export function printBlockCosts(blocks: readonly BlockCost[]): string {
  const [total] = blocks;
  const rows = blocks.map((cost) => [blockTitle(cost), ...cells(cost, total!)]);
  return table(['block', ...columns], rows);
}

/** The lines of each file with what they apply themselves, and with all that is inside. */
export function printLineCosts(lines: readonly LineCost[]): string {
  const total = lines.map(({ own }) => own.multiplyAdds).reduce((a, b) => a + b, 0);
  const rows = lines.map((cost) => [
    lineTitle(cost),
    ...cells(cost.own, { multiplyAdds: total }),
    percent(cost.all.multiplyAdds, total),
  ]);
  return table(['line', ...columns, 'inside'], rows);
}

const columns = ['weights', 'multiply-adds', '', 'kept'] as const;

const cells = (
  { parameters, multiplyAdds, kept }: Amounts,
  total: Pick<Amounts, 'multiplyAdds'>,
): readonly string[] => [
  amount(parameters),
  amount(multiplyAdds),
  percent(multiplyAdds, total.multiplyAdds),
  kept === 0 ? '' : `${short(kept)}B`,
];

const amount = (n: number): string => (n === 0 ? '' : short(n));
const percent = (part: number, whole: number): string =>
  part === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`;
