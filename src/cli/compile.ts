import { join } from 'node:path';
import type { Command } from 'commander';
import { emitSavedModel } from '../compiler/emit/tensorflow/saved-model.js';
import { buildProgram } from '../compiler/gradient/program.js';
import { print } from '../compiler/graph/print.js';
import { writeAtomically } from '../runtime/files.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';

export function registerCompile(program: Command): void {
  modelCommand(
    program,
    'compile',
    'Writes a model as a TensorFlow SavedModel, with its graph as text.',
  )
    .requiredOption('--out <folder>', 'where the files go')
    .action(async (file: string, options: ModelOptions & { readonly out: string }) => {
      const { graph } = compileGiven(file, options);
      const { savedModel, signatures } = emitSavedModel(buildProgram(graph));
      const files = {
        'saved_model.pb': savedModel,
        'graph.txt': print(graph),
      };
      for (const [name, data] of Object.entries(files)) {
        await writeAtomically(join(options.out, name), data);
      }
      const written = Object.keys(files).map((name) => join(options.out, name));
      if (options.json) {
        printJson({ model: graph.name, files: written, signatures: Object.keys(signatures) });
      } else process.stdout.write(`${graph.name}: ${written.join(', ')}\n`);
    });
}
