import { readFile } from 'node:fs/promises';
import type { Preprocessing } from '../data/preprocess.js';
import { InputError } from '../errors/errors.js';
import { readJson, writeJson } from '../files/disk.js';
import { runPath } from './layout.js';

/** What `run.json` says: how, where and of what the run was made. */
export interface RunRecord {
  readonly netc: string;
  readonly node: string;
  readonly engine: string;
  readonly machine: {
    readonly platform: string;
    readonly arch: string;
    readonly cpu: string;
    readonly threads: number;
    readonly memory: number;
  };
  readonly command: readonly string[];
  readonly started: string;
  /** How the images were preprocessed, statistics included, so that other images are treated alike. */
  readonly preprocessing: Preprocessing;
  /** Null where there were none to train on. */
  readonly images: TrainedOn | null;
  /** `identityOf`. */
  readonly identity: string;
  /** Null where all weights had their initial values. */
  readonly weights: WeightsRecord | null;
  readonly hashes: Readonly<Record<string, string>>;
  /** By name, the checkpoints that may stand under it: the one that is there and, for a moment, the one that replaces it. */
  readonly checkpoints?: Readonly<Record<string, readonly CheckpointRecord[]>>;
  /** The sessions after the first. */
  readonly resumed?: readonly object[];
  /** Of a run that came to its end. */
  readonly usage?: Usage;
}

/** What a run's images are of, and what they are like before they are preprocessed. */
export interface TrainedOn {
  /** The foreground's classes by name, in the order of a mask's numbers from 1 on. */
  readonly classes: readonly string[];
  readonly channels: number;
  /** Whether they come with a field of view, or a step finds one. */
  readonly fov: boolean;
}

/** The weights that a run started from. */
export interface WeightsRecord {
  readonly file: string;
  readonly hash: string;
  readonly loaded: number;
  /** Paths that were left at their initial values. */
  readonly initial: readonly string[];
}

/** A checkpoint that the run wrote. */
export interface CheckpointRecord {
  readonly step: number;
  /** `digestOf` of it, as its metadata has it. */
  readonly sha256: string;
}

/** What a finished training took. */
export interface Usage {
  readonly steps: number;
  readonly seconds: number;
  /** Bytes of memory the process held at most; engine and images are in it. */
  readonly peakMemory: number;
}

/** As far as the run's folder tells: nothing where it holds no record. Throws `InputError` where that is damaged. */
export async function readRecord(folder: string): Promise<Partial<RunRecord>> {
  const path = runPath(folder, 'record');
  const found = await readJson(path);
  if (found === undefined) return {};
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found;
  throw new InputError(`${path} is damaged: it holds no object`);
}

export const writeRecord = (folder: string, record: RunRecord): Promise<void> =>
  writeJson(runPath(folder, 'record'), record);

/** The record of a run that is to go on. Throws `InputError` where that is damaged. */
export async function wholeRecord(folder: string): Promise<RunRecord> {
  const record = await readRecord(folder);
  if (record.hashes && record.machine) return record as RunRecord;
  throw new InputError(
    `${runPath(folder, 'record')} does not say all that it should: the run cannot be resumed; train anew by --overwrite`,
  );
}

/** How the run's images were preprocessed. Throws `InputError` where it does not say. */
export async function readPreprocessing(folder: string): Promise<Preprocessing> {
  const path = runPath(folder, 'record');
  await readFile(path).catch(() => {
    throw new InputError(`${path} is missing: the run's folder is not whole`);
  });
  const { preprocessing } = await readRecord(folder);
  if (preprocessing) return preprocessing;
  throw new InputError(`${path} is damaged: it does not say how the images were preprocessed`);
}

/** Adds that the training is finished, and what it took. */
export async function recordUsage(
  folder: string,
  { steps, seconds }: Omit<Usage, 'peakMemory'>,
): Promise<void> {
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  const record = await wholeRecord(folder);
  await writeRecord(folder, { ...record, usage: { steps, seconds, peakMemory } });
}
