#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { reportFailure, status } from './failure.js';
import { version } from './version.js';

/**
 * A command's module is loaded when the command is given: `check` must not wait for TensorFlow or
 * sharp.
 */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  check: async () => (await import('./check.js')).registerCheck,
  compile: async () => (await import('./compile.js')).registerCompile,
  graph: async () => (await import('./graph.js')).registerGraph,
  diff: async () => (await import('./diff.js')).registerDiff,
  count: async () => (await import('./count.js')).registerCount,
  golden: async () => (await import('./golden.js')).registerGolden,
  ablate: async () => (await import('./ablate.js')).registerAblate,
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

/** A run that `netc ablate` started must not go on without it, whatever ended it. */
function endWithParent(): void {
  process.on('disconnect', () => process.exit(143));
  process.channel?.unref();
}

const program = new Command('netc')
  .description('Compiles, trains and scores segmentation networks written as .net files.')
  .version(version())
  .showSuggestionAfterError()
  .configureOutput({ outputError: () => {} })
  .exitOverride();

async function main(argv: readonly string[]): Promise<void> {
  const given = argv[2];
  const wanted =
    given !== undefined && Object.hasOwn(commands, given) ? [given] : Object.keys(commands);
  for (const name of wanted) (await commands[name]())(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(argv);
}

/** Says what is wrong with the command line; Commander has printed the help, or the version, that was asked for. */
async function refuse(error: CommanderError, args: readonly string[]): Promise<number> {
  if (error.exitCode === 0) return status.done;
  if (!error.code.startsWith('commander.help')) {
    const { hintFor } = await import('./command-line-hints.js');
    const [message, ...suggestion] = error.message.split('\n');
    const hint = hintFor(error, args, program);
    const lines = [message, ...(hint ? [`(${hint})`] : suggestion), '(add --help for the options)'];
    process.stderr.write(`${lines.join('\n')}\n`);
  }
  return status.commandLine;
}

endWithParent();

// A reader that has read enough, such as `head`, closes the pipe: nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

main(process.argv).catch(async (error: unknown) => {
  if (error instanceof CommanderError)
    process.exitCode = await refuse(error, process.argv.slice(2));
  else process.exitCode = reportFailure(error, process.argv.includes('--json'));
});
