import type { Command } from 'commander';
import { printFolded } from '../compiler/emit/text/folded.js';
import { print } from '../compiler/graph/print.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';

export function registerGraph(program: Command): void {
  modelCommand(program, 'graph', "Prints a model's graph as text.")
    .option('--folded', 'one line for each block, the same blocks written once')
    .action((file: string, options: ModelOptions & { readonly folded?: boolean }) => {
      const { graph, tree } = compileGiven(file, options);
      const text = options.folded ? printFolded(graph, tree) : print(graph);
      if (options.json) printJson({ model: graph.name, graph: text });
      else process.stdout.write(text);
    });
}
