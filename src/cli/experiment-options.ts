import { type Command, InvalidArgumentError } from 'commander';
import type { Settings } from '../runtime/experiments/open-experiment.js';
import { engineOption } from './engine-option.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';

export interface ExperimentOptions {
  readonly set: readonly string[];
  readonly seed?: number;
  readonly epochs?: number;
  readonly steps?: number;
  readonly out?: string;
  readonly data?: string;
  readonly engine?: string;
}

/** The options that change an experiment: `--set` for any key, and flags for the common ones. */
export const experimentOptions = (command: Command): Command =>
  outOption(
    command
      .option(
        '--set <key=value>',
        "set the model's parameter of that name, else a key of the experiment (batch=4, data.size=128)",
        collect,
        [],
      )
      .addOption(engineOption())
      .option('--seed <n>', 'seed of initial weights, patches and augmentation', number)
      .option('--epochs <n>', 'how many epochs to train', number)
      .option('--steps <n>', 'how many steps to train', number),
    '<folder>',
    "the run's folder",
  );

/** A length given by one flag takes the place of both keys. */
export function settingsOf({
  set,
  seed,
  epochs,
  steps,
  out,
  data,
  engine,
}: ExperimentOptions): Settings {
  const flags: Settings['flags'][number][] = [];
  const add = (name: string, path: readonly string[], value: unknown): void => {
    flags.push({ name, path, value });
  };
  if (engine !== undefined) add('--engine', ['engine', 'kind'], engine);
  if (seed !== undefined) add('--seed', ['seed'], seed);
  if (data !== undefined) add('--data', ['data', 'root'], data);
  if (out !== undefined) add('--out', ['output'], out);
  if (epochs !== undefined && steps === undefined) add('--epochs', ['steps'], null);
  if (steps !== undefined && epochs === undefined) add('--steps', ['epochs'], null);
  if (epochs !== undefined) add('--epochs', ['epochs'], epochs);
  if (steps !== undefined) add('--steps', ['steps'], steps);
  return { set, flags };
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Not a number.');
  return value;
}
