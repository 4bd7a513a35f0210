import { type Command, Option } from 'commander';
import { costsByBlock } from '../compiler/cost/by-block.js';
import { costsByLine } from '../compiler/cost/by-line.js';
import { memoryOf } from '../compiler/cost/memory.js';
import { sharesOf } from '../compiler/cost/shares.js';
import { costOf, type ImageSize } from '../compiler/graph/cost.js';
import { depthOf, printBlockCosts, printLineCosts, printTotals } from '../runtime/reports/costs.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { defaultSize, parseSize, parseWhole, printSize } from './size.js';

interface CountOptions extends ModelOptions {
  readonly size: ImageSize;
  readonly batch: number;
  readonly by?: 'block' | 'line';
  readonly depth?: number;
}

export function registerCount(program: Command): void {
  modelCommand(
    program,
    'count',
    "Counts a model's weights, the multiply-adds of its convolutions and the bytes of its activations.",
  )
    .option('--size <HEIGHTxWIDTH>', 'the size of one image', parseSize, defaultSize)
    .option('--batch <n>', 'images at once, for the bytes of activations', parseWhole(1), 1)
    .addOption(
      new Option('--by <part>', 'also for each block or line of the files').choices([
        'block',
        'line',
      ]),
    )
    .option('--depth <n>', 'how deep blocks are unfolded with --by block', parseWhole(0))
    .action(run);
}

function run(file: string, options: CountOptions): void {
  const { graph } = compileGiven(file, options);
  const { size, batch, by, depth } = options;
  const cost = costOf(graph, size);
  const memory = memoryOf(graph, size, batch);
  const shares = by ? sharesOf(graph, size, batch) : [];
  const within = depth ?? Number.POSITIVE_INFINITY;
  const blocks = costsByBlock(shares).filter(({ path }) => depthOf(path) <= within);
  const lines = costsByLine(shares);
  if (options.json) {
    const parts = { ...(by === 'block' && { blocks }), ...(by === 'line' && { lines }) };
    printJson({ model: graph.name, ...cost, ...size, batch, memory, ...parts });
    return;
  }
  const sections = [printTotals(graph.name, { ...cost, ...memory }, printSize(size), batch)];
  if (by === 'block') sections.push(printBlockCosts(blocks));
  if (by === 'line') sections.push(printLineCosts(lines));
  process.stdout.write(`${sections.join('\n\n')}\n`);
}
