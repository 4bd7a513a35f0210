import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { cacheRoot } from '../runtime/engines/setup/cache.js';
import { tensorFlowVersion, type Variant } from '../runtime/engines/setup/releases.js';
import { findInstallation, setup } from '../runtime/engines/setup/setup.js';
import { MachineError } from '../runtime/errors.js';
import { printJson } from './failure.js';

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
    .description("Gets TensorFlow and builds the engine in the user's cache.")
    .option('--gpu', 'the engine for NVIDIA GPUs (untried: no GPU was at hand when it was written)')
    .option('--quiet', 'print one line, and nothing where the engine is there')
    .option('--force', 'do every step again')
    .option('--if-possible', 'where it cannot be had, say so in one line and end with 0')
    .option('--json', 'print one JSON object at the end')
    .action(run);
}

async function run(options: SetupCommandOptions): Promise<void> {
  try {
    await setUp(options);
  } catch (error) {
    if (!(options.ifPossible && error instanceof MachineError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}

async function setUp({ gpu, quiet, force, json }: SetupCommandOptions): Promise<void> {
  const variant: Variant = gpu ? 'gpu' : 'cpu';
  const present = !force && (await findInstallation(variant)) !== null;
  const engine = `TensorFlow ${tensorFlowVersion} for the ${variant.toUpperCase()}`;
  const progress = quiet ? null : progressOn(process.stderr);
  let begun = false;
  // The first step begins when all that is needed has been found.
  const onProgress = (step: string, fraction: number): void => {
    if (!begun) {
      const size = variant === 'cpu' ? '0.3 GB' : 'some 3 GB';
      process.stderr.write(`Setting up ${engine} in ${cacheRoot()} (up to ${size} to download).\n`);
    }
    begun = true;
    progress?.update(step, fraction);
  };
  const installation = await setup({ variant, force: force ?? false, onProgress }).finally(() =>
    progress?.stop(),
  );
  if (json) printJson({ ...installation, tensorFlow: tensorFlowVersion, alreadyThere: present });
  else if (!quiet)
    process.stdout.write(`${engine} is ${present ? 'there already' : 'set up'}: ${cacheRoot()}\n`);
}

interface StepProgress {
  update(step: string, fraction: number): void;
  stop(): void;
}

/** A bar for each step on a terminal, elsewhere a line. */
function progressOn(stream: NodeJS.WriteStream): StepProgress {
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
