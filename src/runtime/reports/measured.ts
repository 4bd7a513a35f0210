import type { BlockCost } from '../../compiler/cost/by-block.js';
import type { LineCost } from '../../compiler/cost/by-line.js';
import { heldOf, type Spent, timeOf } from '../../compiler/cost/measured.js';
import type { Profiled } from '../engines/profiled.js';
import { blockTitle, lineTitle } from './costs.js';
import { grouped, short } from './numbers.js';
import { table } from './table.js';

export type Part = 'block' | 'line';

/** The whole of a call and what belongs to no line; then by block, by line or both. */
export function printProfiled(profiled: Profiled, by: readonly Part[]): string {
  const { blocks, lines, milliseconds } = profiled;
  return [
    printWhole(profiled),
    ...(by.includes('block')
      ? [table(['block', ...columns], rowsOfBlocks(blocks, milliseconds))]
      : []),
    ...(by.includes('line')
      ? [table(['line', ...columns, 'inside'], rowsOfLines(lines, milliseconds))]
      : []),
  ].join('\n\n');
}

const titles: Readonly<Record<string, string>> = { train: 'training step', predict: 'prediction' };

function printWhole(profiled: Profiled): string {
  const { whole, apart, milliseconds, loss, optimiser, other, peak, blocks } = profiled;
  const { batch, height, width, calls, engine } = profiled;
  const images = batch === 1 ? `one image` : `${batch} images`;
  const title = `${titles[profiled.function] ?? profiled.function}, ${images} of ${height}x${width}`;
  const row = (name: string, took: number, held?: number): readonly string[] => [
    name,
    time(took),
    percent(took, milliseconds),
    held ? `${short(held)}B` : '',
  ];
  const of = (one: { readonly milliseconds: number; readonly held: number }) =>
    [one.milliseconds, one.held] as const;
  const model = blocks[0];
  const head = table(
    [title, 'ms', '', 'held'],
    [
      ...(model
        ? [
            row('lines of the model, forward', model.forward, model.forwardHeld),
            row('lines of the model, backward', model.backward, model.backwardHeld),
          ]
        : []),
      row('loss and its gradient', ...of(loss)),
      row('optimiser', ...of(optimiser)),
      row('of no line', ...of(other)),
      row('sum', milliseconds, peak),
    ].filter(([, took]) => took !== ''),
  );
  const ratio = `${((100 * milliseconds) / whole).toFixed(0)} %`;
  return [
    head,
    '',
    `${whole.toFixed(1)} ms a call as it always runs; the sum of its nodes, each run by itself, is ${ratio} of that.`,
    `${(apart - milliseconds).toFixed(1)} ms more belong to no node: tensors passed in and out, and the clock.`,
    `Held: the ${grouped(peak)} bytes of results alive at once where they are most.`,
    `Means over the faster half of ${calls} calls on ${engine}.`,
  ].join('\n');
}

const columns = ['forward ms', 'backward ms', '', 'held forward', 'backward'] as const;

const rowsOfBlocks = (
  blocks: readonly BlockCost<Readonly<Spent>>[],
  whole: number,
): readonly string[][] => blocks.map((cost) => [blockTitle(cost), ...cells(cost, whole)]);

const rowsOfLines = (
  lines: readonly LineCost<Readonly<Spent>>[],
  whole: number,
): readonly string[][] =>
  lines
    .filter(({ all }) => timeOf(all) + heldOf(all) > 0)
    .map((cost) => [lineTitle(cost), ...cells(cost.own, whole), percent(timeOf(cost.all), whole)]);

const cells = (spent: Readonly<Spent>, whole: number): readonly string[] => [
  time(spent.forward),
  time(spent.backward),
  percent(timeOf(spent), whole),
  bytes(spent.forwardHeld),
  bytes(spent.backwardHeld),
];

const bytes = (n: number): string => (n === 0 ? '' : `${short(n)}B`);
/** Below what is shown of it, a time is none. */
const time = (milliseconds: number): string =>
  milliseconds < 0.005 ? '' : milliseconds.toFixed(2);
const percent = (part: number, whole: number): string =>
  part < whole / 2000 ? '' : `${((100 * part) / whole).toFixed(1)}%`;
