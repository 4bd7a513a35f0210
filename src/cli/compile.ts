import { join } from 'node:path';
import type { Command } from 'commander';
import { emitSavedModel } from '../compiler/emit/tensorflow/saved-model.js';
import { buildProgram } from '../compiler/gradient/program.js';
import { print } from '../compiler/graph/print.js';
import { writeAtomically } from '../runtime/files.js';
import { dumpableSteps, parseStep, textOf, writeDumps } from './dumps.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';

interface Options extends ModelOptions {
  readonly out: string;
  readonly dumpAfter?: readonly string[];
  readonly dumpDir?: string;
}

export function registerCompile(program: Command): void {
  modelCommand(
    program,
    'compile',
    'Writes a model as a TensorFlow SavedModel, with its graph as text.',
  )
    .requiredOption('--out <folder>', 'where the files go')
    .option(
      '--dump-after <stage>',
      `print what it made; again for more: ${dumpableSteps}`,
      parseStep,
    )
    .option('--dump-dir <folder>', 'where that goes, a file a stage; else to standard output')
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const { out, dumpAfter = [], dumpDir, json } = options;
  const dumps = new Map<string, string>();
  const keep = (stage: string, text: string | undefined): void => {
    if (dumpAfter.includes(stage) && text !== undefined) dumps.set(stage, text);
  };
  try {
    const { graph } = compileGiven(file, options, ({ name }, made) => {
      if (dumpAfter.includes(name)) keep(name, textOf(name, made));
    });
    const program = buildProgram(graph, undefined, (pass, made) => {
      if (dumpAfter.includes(pass)) keep(pass, print(made));
    });
    const { savedModel, signatures } = emitSavedModel(program);
    const files = { 'saved_model.pb': savedModel, 'graph.txt': print(graph) };
    for (const [name, data] of Object.entries(files)) await writeAtomically(join(out, name), data);
    const written = Object.keys(files).map((name) => join(out, name));
    if (json) {
      const shown = dumps.size > 0 && !dumpDir ? { dumps: Object.fromEntries(dumps) } : {};
      printJson({
        model: graph.name,
        files: written,
        signatures: Object.keys(signatures),
        ...shown,
      });
    } else process.stdout.write(`${graph.name}: ${written.join(', ')}\n`);
  } finally {
    // Beside a mistake too: what was made before it is where one looks.
    if (dumpDir || !json) await writeDumps(dumps, dumpDir);
  }
}
