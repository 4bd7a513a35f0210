import { join } from 'node:path';
import type { Command } from 'commander';
import { type After, buildProgram } from '../compiler/compile.js';
import { emitSavedModel } from '../compiler/emit/tensorflow/saved-model.js';
import type { Graph, Program } from '../compiler/ir/graph.js';
import { print } from '../compiler/ir/print.js';
import { InputError } from '../runtime/errors/errors.js';
import { writeAtomically } from '../runtime/files/disk.js';
import { kindOfFile } from '../runtime/files/kinds.js';
import { compiledFiles, folderBeside, requireOwn } from './compiled-folder.js';
import {
  type Dumps,
  dumpableSteps,
  dumping,
  missingFunction,
  parseStep,
  writeDumps,
} from './dumps.js';
import { printDiagnostics, printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';

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
    'a .net file, or an experiment, for what trains too',
  )
    .option(
      '--dump-after <stage>',
      `print what this stage made; repeat for more: ${dumpableSteps}`,
      parseStep,
    )
    .option('--dump-dir <folder>', 'where dumps go, a file a stage; standard output unless given')
    .action(run);
  outOption(
    command,
    '<folder>',
    'where the files go; <file>-compiled beside the file unless given',
  );
}

async function run(file: string, options: Options): Promise<void> {
  const { model, dumpAfter = [], dumpDir, json } = options;
  const out = options.out ?? folderBeside(file, model);
  const dumps: Dumps = new Map();
  try {
    const { graph, program } = await compiled(file, options, dumping(dumpAfter, dumps));
    requireFunctions(file, dumpAfter, program);
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
    } else printResult(`${graph.name}: ${out} (${compiledFiles.join(', ')})\n`);
  } finally {
    // After an error too: what was made before it shows where to look.
    if (dumpDir || !json) await writeDumps(dumps, dumpDir);
  }
}

/** What predicts of a model, and of an experiment what trains too. */
async function compiled(
  file: string,
  options: Options,
  after: After,
): Promise<{ readonly graph: Graph; readonly program: Program }> {
  if (!isExperiment(file)) {
    const { graph } = compileGiven(file, options, after);
    return { graph, program: buildProgram(graph, undefined, after) };
  }
  if (options.model !== undefined) {
    throw new InputError(`${file} names its model itself: --model is for .net files`);
  }
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  const { checkExperiment } = await import('../runtime/preparation/check-experiment.js');
  const loaded = openExperiment(file, { set: options.set, flags: [] });
  const network = checkExperiment(loaded, { after });
  if (!options.json) printDiagnostics(network.warnings, false);
  return network;
}

function requireFunctions(file: string, dumpAfter: readonly string[], program: Program): void {
  const missing = missingFunction(dumpAfter, program.functions);
  if (missing === undefined) return;
  const has = Object.keys(program.functions).join(', ');
  const way = isExperiment(file)
    ? 'the experiment asks for no other'
    : 'name an experiment in its place, which says how the model trains';
  throw new InputError(`the program has no function ${missing}, only ${has}: ${way}`);
}

const isExperiment = (file: string): boolean => kindOfFile(file) === 'experiment';
