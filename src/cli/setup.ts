import type { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { requirePlatform, triedWords } from '../runtime/engines/setup/platforms.js';
import { run as runProgram } from '../runtime/engines/setup/process.js';
import { tensorFlowVersion, type Variant } from '../runtime/engines/setup/releases.js';
import { findInstallation, setup } from '../runtime/engines/setup/setup.js';
import { tryOut } from '../runtime/engines/setup/try-out.js';
import { MachineError } from '../runtime/errors/errors.js';
import { cacheRoot } from '../runtime/files/cache-root.js';
import { printJson } from './failure.js';
import { printNote, printResult } from './output.js';

interface SetupCommandOptions {
  readonly gpu?: boolean;
  readonly quiet?: boolean;
  readonly force?: boolean;
  readonly ifPossible?: boolean;
  readonly json?: boolean;
}

export function registerSetup(program: Command): void {
  program
    .command('setup')
    .description("Downloads TensorFlow and builds the engine, in the user's cache.")
    .option('--gpu', 'build the engine for NVIDIA GPUs (untried: there was no GPU to try it on)')
    .option('--quiet', 'print one line, or nothing where the engine is already there')
    .option('--force', 'repeat every step')
    .option('--if-possible', 'where the engine cannot be built, say so in one line and exit with 0')
    .option('--json', 'print one JSON object at the end')
    .action(run);
}

async function run(options: SetupCommandOptions): Promise<void> {
  try {
    await setUp(options);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    const text = `${error.message} ${await whatRunsInstead()}`;
    if (!options.ifPossible) throw new MachineError(text, { cause: error });
    printNote(`${text}\n`);
  }
}

const whatRunsInstead = async (): Promise<string> =>
  (await findInstallation('cpu'))
    ? 'Commands run on TensorFlow for the CPU instead.'
    : 'Commands run on the portable engine instead, several times slower.';

async function setUp({ gpu, quiet, force, json }: SetupCommandOptions): Promise<void> {
  const variant: Variant = gpu ? 'gpu' : 'cpu';
  const present = !force && (await findInstallation(variant)) !== null;
  const engine = `TensorFlow ${tensorFlowVersion} for the ${variant.toUpperCase()}`;
  const progress = quiet ? null : await progressOn(process.stderr);
  let begun = false;
  // The first step begins when all that is needed has been found.
  const onProgress = (step: string, fraction: number): void => {
    if (!begun) {
      const size = variant === 'cpu' ? '0.3 GB' : 'some 3 GB';
      printNote(
        `Setting up ${engine} in ${cacheRoot()} (up to ${size} to download)${experience(variant)}.\n`,
      );
    }
    begun = true;
    progress?.update(step, fraction);
  };
  const build = async () => {
    const installation = await setup({ variant, force: force ?? false, onProgress });
    if (!present) {
      onProgress('proving the engine by a training step', 0);
      await tryOut(installation, doctor);
    }
    return installation;
  };
  const installation = await build().finally(() => progress?.stop());
  if (variant === 'cpu' && !installation.kernels && !present)
    printNote(
      "netc's own operations could not be compiled here: TensorFlow's take their place, and training takes about twice as long.\n",
    );
  if (json) printJson({ ...installation, tensorFlow: tensorFlowVersion, alreadyThere: present });
  else if (!quiet)
    printResult(`${engine} is ${present ? 'there already' : 'set up'}: ${cacheRoot()}\n`);
}

const experience = (variant: Variant): string => {
  const { tried, title } = requirePlatform(variant);
  return tried === 'yes' ? '' : `; ${triedWords[tried]} on ${title}`;
};

const doctor = () =>
  runProgram(process.execPath, [...process.execArgv, process.argv[1]!, 'doctor', '--json']);

interface StepProgress {
  update(step: string, fraction: number): void;
  stop(): void;
}

/** A bar for each step on a terminal, elsewhere a line. */
async function progressOn(stream: NodeJS.WriteStream): Promise<StepProgress> {
  const { SingleBar } = await import('cli-progress');
  let current = '';
  let bar: SingleBar | null = null;
  return {
    update(step, fraction) {
      if (step !== current) {
        current = step;
        bar?.stop();
        bar = stream.isTTY
          ? new SingleBar({ format: `{bar} {percentage}% ${step}`, stream })
          : null;
        if (bar) bar.start(1, fraction);
        else stream.write(`${step}\n`);
      }
      bar?.update(fraction);
    },
    stop: () => bar?.stop(),
  };
}
