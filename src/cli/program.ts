import { Command } from 'commander';
import { version } from '../runtime/files/version.js';

/**
 * A command's module is loaded when the command is given: `check` must not wait for TensorFlow or
 * sharp.
 */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  check: async () => (await import('./check.js')).registerCheck,
  compile: async () => (await import('./compile.js')).registerCompile,
  graph: async () => (await import('./graph.js')).registerGraph,
  view: async () => (await import('./view.js')).registerView,
  diff: async () => (await import('./diff.js')).registerDiff,
  count: async () => (await import('./count.js')).registerCount,
  golden: async () => (await import('./golden.js')).registerGolden,
  ablate: async () => (await import('./ablate.js')).registerAblate,
  status: async () => (await import('./status.js')).registerStatus,
  cancel: async () => (await import('./cancel.js')).registerCancel,
  data: async () => (await import('./data.js')).registerData,
  explain: async () => (await import('./explain.js')).registerExplain,
  fmt: async () => (await import('./fmt.js')).registerFmt,
  train: async () => (await import('./train.js')).registerTrain,
  evaluate: async () => (await import('./evaluate.js')).registerEvaluate,
  predict: async () => (await import('./predict.js')).registerPredict,
  run: async () => (await import('./run.js')).registerRun,
  export: async () => (await import('./export.js')).registerExport,
  weights: async () => (await import('./weights.js')).registerWeights,
  lsp: async () => (await import('./lsp.js')).registerLsp,
  setup: async () => (await import('./setup.js')).registerSetup,
  doctor: async () => (await import('./doctor.js')).registerDoctor,
};

const namesOf = (given: string | undefined): readonly string[] =>
  given !== undefined && Object.hasOwn(commands, given) ? [given] : Object.keys(commands);

/** The command line: `netc` with all its commands, or with `given` alone where that is one of them. */
export async function commandLine(given?: string): Promise<Command> {
  const program = new Command('netc')
    .description('Compiles, trains and scores segmentation networks written as .net files.')
    .version(version())
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  const wanted = given === '--version' || given === '-V' ? [] : namesOf(given);
  for (const name of wanted) (await commands[name]!())(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
