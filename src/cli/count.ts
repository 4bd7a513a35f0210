import { type Command, InvalidArgumentError } from 'commander';
import { costOf } from '../compiler/graph/cost.js';
import { table } from '../runtime/reports/table.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';

interface Size {
  readonly height: number;
  readonly width: number;
}

export function registerCount(program: Command): void {
  modelCommand(
    program,
    'count',
    "Counts a model's weights and the multiply-adds of its convolutions.",
  )
    .option('--size <HEIGHTxWIDTH>', 'the size of one image', parseSize, {
      height: 256,
      width: 256,
    })
    .action((file: string, options: ModelOptions & { readonly size: Size }) => {
      const { graph } = compileGiven(file, options);
      const cost = costOf(graph, options.size);
      if (options.json) {
        printJson({ model: graph.name, ...cost, ...options.size });
        return;
      }
      const { height, width } = options.size;
      const grouped = (n: number): string => n.toLocaleString('en-US');
      const rows = [
        ['trained weights', grouped(cost.parameters)],
        ['stored moments', grouped(cost.state)],
        [`multiply-adds at ${height}x${width}`, grouped(cost.multiplyAdds)],
        ['operations', grouped(cost.operations)],
      ];
      process.stdout.write(`${table([graph.name, ''], rows)}\n`);
    });
}

function parseSize(text: string): Size {
  const match = /^(\d+)x(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError('Write it as HEIGHTxWIDTH, for example 256x256.');
  return { height: Number(match[1]), width: Number(match[2]) };
}
