import { join } from 'node:path';
import type { Command } from 'commander';
import { emitSavedModel } from '../compiler/emit/tensorflow/saved-model.js';
import { buildProgram } from '../compiler/gradient/program.js';
import { print } from '../compiler/ir/print.js';
import { writeAtomically } from '../runtime/files/disk.js';
import { compiledFiles, folderBeside, requireOwn } from './compiled-folder.js';
import { dumpableSteps, parseStep, textOf, writeDumps } from './dumps.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';

interface Options extends ModelOptions {
  readonly out?: string;
  readonly dumpAfter?: readonly string[];
  readonly dumpDir?: string;
}

export function registerCompile(program: Command): void {
  const command = modelCommand(
    program,
    'compile',
    'Writes a model as a TensorFlow SavedModel, with its graph as text.',
  )
    .option(
      '--dump-after <stage>',
      `print what it made; again for more: ${dumpableSteps}`,
      parseStep,
    )
    .option('--dump-dir <folder>', 'where that goes, a file a stage; else to standard output')
    .action(run);
  outOption(
    command,
    '<folder>',
    'where the files go; beside the file, <file>-compiled, unless given',
  );
}

async function run(file: string, options: Options): Promise<void> {
  const { model, dumpAfter = [], dumpDir, json } = options;
  const out = options.out ?? folderBeside(file, model);
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
    await requireOwn(out, options.out !== undefined);
    // The graph goes first: by it a folder is known as ours.
    await writeAtomically(join(out, 'graph.txt'), print(graph));
    await writeAtomically(join(out, 'saved_model.pb'), savedModel);
    const written = compiledFiles.map((name) => join(out, name));
    if (json) {
      const shown = dumps.size > 0 && !dumpDir ? { dumps: Object.fromEntries(dumps) } : {};
      printJson({
        model: graph.name,
        files: written,
        signatures: Object.keys(signatures),
        ...shown,
      });
    } else process.stdout.write(`${graph.name}: ${out} (${compiledFiles.join(', ')})\n`);
  } finally {
    // Beside a mistake too: what was made before it is where one looks.
    if (dumpDir || !json) await writeDumps(dumps, dumpDir);
  }
}
