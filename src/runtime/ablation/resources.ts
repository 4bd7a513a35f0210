import { needAt } from '../engines/memory/room.js';
import { counted } from '../errors/counted.js';
import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { type JsonSchema, object, optional, whole } from '../experiments/schema/builders.js';
import type { Network } from '../networks/network.js';
import type { PlannedRun } from './ablation.js';

/** What one run is given on a cluster. */
export interface Resources {
  /** Also how many threads the engine uses. */
  readonly cpus: number;
  readonly gpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Seconds after which the scheduler ends it; null: the cluster's own limit. */
  readonly time: number | null;
}

/** As people write them: in a file, or as options. A part that is left out is proposed. */
export interface WrittenResources {
  readonly cpus?: number | null;
  readonly gpus?: number | null;
  readonly memory?: string | null;
  readonly time?: string | null;
}

const memoryText = /^(\d+(?:\.\d+)?) ?([KMGT])i?B?$/;
const timeText = /^(?:(\d+)-)?(\d+)(?::(\d\d))?(?::(\d\d))?$/;

const written = (title: string, pattern: RegExp, example: string): JsonSchema => ({
  type: 'string',
  pattern: pattern.source,
  title,
  description: title,
  examples: [example],
});

export const memorySchema = written('memory, such as 8G or 2500M', memoryText, '8G');
export const timeSchema = written(
  'a time as hours:minutes:seconds, or days-hours:minutes:seconds',
  timeText,
  '08:00:00',
);

export const resourcesSchema: JsonSchema = optional(
  object('What each run is given on a cluster.', {
    cpus: optional(whole('CPUs, and threads of the engine.', 1)),
    gpus: optional(whole('GPUs.', 0)),
    memory: optional(memorySchema),
    time: optional(timeSchema),
  }),
);

const units = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 } as const;

/** Bytes; undefined of a text that says no amount of memory. */
export function memoryIn(text: string): number | undefined {
  const found = memoryText.exec(text);
  return found ? Math.ceil(Number(found[1]) * units[found[2] as keyof typeof units]) : undefined;
}

/** Seconds; undefined of a text that says no time. A number alone is minutes, as Slurm takes it; after days it is hours. */
export function timeIn(text: string): number | undefined {
  const found = timeText.exec(text);
  if (!found) return undefined;
  const [days, first, second, third] = found.slice(1).map((part) => Number(part ?? 0));
  if (found[1] !== undefined) return ((days! * 24 + first!) * 60 + second!) * 60 + third!;
  if (found[3] === undefined) return first! * 60;
  if (found[4] === undefined) return first! * 60 + second!;
  return (first! * 60 + second!) * 60 + third!;
}

/**
 * What a run is given: by the first of `said` that says it, else by its experiment. Memory is proposed from what the compiler counts
 * for a step and for a prediction, with a fifth more for what files and images take, in steps of 256 MiB. Throws `InputError` where the
 * CPUs are not as many as the threads that the experiment sets.
 */
export function resourcesOf(
  { name, experiment, network }: Pick<PlannedRun, 'name' | 'experiment' | 'network'>,
  said: readonly (WrittenResources | null | undefined)[],
): Resources {
  const { engine } = experiment;
  const first = <K extends keyof WrittenResources>(key: K) =>
    said.map((one) => one?.[key]).find((value) => value !== undefined && value !== null);
  const [memory, time] = [first('memory'), first('time')];
  const { threads } = engine;
  const cpus = first('cpus') ?? threads ?? 1;
  if (threads !== null && threads !== cpus) {
    throw new InputError(
      `${name} computes with ${counted(threads, 'thread')} (engine.threads) and would be given ${counted(cpus, 'CPU')}: leave one of them out, or give the same`,
    );
  }
  return {
    cpus,
    gpus: first('gpus') ?? (engine.gpu === 'require' ? engine.devices : 0),
    memory: memory ? memoryIn(memory)! : proposedMemory(experiment, network),
    time: time ? timeIn(time)! : null,
  };
}

const step = 256 * 2 ** 20;

function proposedMemory({ engine, batch, patch, evaluation }: Experiment, network: Network) {
  const { program, geometry } = network;
  const [height, width] = geometry.roundUp(evaluation.window ?? patch, evaluation.window ?? patch);
  const name = engine.kind === 'auto' ? 'tensorflow' : engine.kind;
  const need = Math.max(
    needAt(name, program, { fn: 'train', batch, height: patch, width: patch }),
    needAt(name, program, { fn: 'predict', batch: evaluation.batch, height, width }),
  );
  return Math.ceil((1.2 * need) / step) * step;
}
