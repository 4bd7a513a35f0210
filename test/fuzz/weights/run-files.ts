import { deepStrictEqual } from 'node:assert';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Tensors } from '../../../src/runtime/engines/engine.js';
import { DiagnosedError, InputError } from '../../../src/runtime/errors/errors.js';
import { noSettings, openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import { runOf } from '../../../src/runtime/prediction/open-runs.js';
import { readCheckpoint } from '../../../src/runtime/runs/checkpoint.js';
import { experimentPath, imagesOfRun } from '../../../src/runtime/runs/folder.js';
import { layout } from '../../../src/runtime/runs/layout.js';
import { lock, lockText, unlock } from '../../../src/runtime/runs/lock.js';
import { readRun } from '../../../src/runtime/runs/read-run.js';
import { readPreprocessing } from '../../../src/runtime/runs/record.js';
import { thresholdOfRun } from '../../../src/runtime/runs/scores.js';
import { resume } from '../../../src/runtime/training/resume.js';
import { mutateBytes } from '../mutate-bytes.js';
import { mutateText } from '../mutate-text.js';
import type { Case } from '../subject.js';
import type { Kind } from './kind.js';
import { jsonVocabulary, withHeader } from './safetensors.js';
import { type SampleRun, sampleRun } from './sample-run.js';

const texts = ['record', 'log', 'images', 'experiment', 'scores', 'roc', 'pr', 'lock'] as const;
const checkpoints = ['last', 'previous', 'best'] as const;

interface RunCase extends Case {
  /** The file that is damaged, by its place in the run's folder. */
  readonly file: string;
}

/** The files of a run through what resumes, scores and reports it. A checkpoint that is read must be one that was saved. */
export async function openRunFiles(below: string): Promise<Kind> {
  const run = await sampleRun(below);
  const files = new Map<string, Buffer>();
  for (const name of [...texts, ...checkpoints]) {
    const file = layout[name];
    const bytes =
      name === 'lock' ? Buffer.from(await lockText()) : readFileSync(join(run.folder, file));
    files.set(file, bytes);
  }
  const all = [...files];
  return {
    share: 25,
    draw(dice): RunCase {
      const [file, bytes] = dice.pick(all);
      const [, other] = dice.pick(all);
      const name = `case-${file.replaceAll('/', '-')}`;
      const isText = !file.endsWith('.safetensors');
      const changed = isText
        ? mutateText(bytes.toString(), { dice, other: textIn(other), vocabulary: jsonVocabulary })
        : (dice.chance(0.5) ? withHeader : mutateBytes)(bytes, other, dice);
      return { name, what: `${file} of a run`, bytes: changed, file };
    },
    async attempt(item) {
      const { file, bytes } = item as RunCase;
      writeFileSync(join(run.folder, file), bytes);
      try {
        return await readAll(run);
      } finally {
        for (const [name, whole] of files) writeFileSync(join(run.folder, name), whole);
        rmSync(join(run.folder, layout.lock), { force: true });
      }
    },
  };
}

const textIn = (bytes: Buffer): string => bytes.subarray(0, 4000).toString();

/** Reads the folder by each of its readers; each refuses for itself. */
async function readAll(run: SampleRun): Promise<string> {
  const { folder, prepared, states } = run;
  let refused = 0;
  const attempt = async (read: () => unknown): Promise<void> => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isPlaced =
        error instanceof DiagnosedError ||
        [folder, hostname()].some((place) => error.message.includes(place));
      if (!isPlaced) throw new Error(`names no file: ${error.message}`, { cause: error });
      refused++;
    }
  };
  await attempt(async () => {
    await lock(folder);
    await unlock(folder);
  });
  await attempt(() => readRun(folder));
  await attempt(() => imagesOfRun(folder));
  for (const name of ['best', 'last'] as const) {
    await attempt(async () => {
      const { weights } = await runOf(folder, prepared, name);
      await thresholdOfRun(folder, { threshold: 'validation' }, weights);
    });
  }
  for (const name of checkpoints) {
    await attempt(() => readCheckpoint(join(folder, layout[name]), prepared.network.program));
  }
  await attempt(async () => {
    const was = openExperiment(experimentPath(folder), noSettings).experiment;
    const preprocessing = await readPreprocessing(folder);
    const { point } = await resume(folder, { ...prepared, preprocessing }, was, run.record);
    requireSaved(point.state, states.get(point.step));
  });
  return refused === 0 ? 'runs read' : 'runs refused in part';
}

function requireSaved(state: Tensors, saved: Tensors | undefined): void {
  for (const [name, { shape, data }] of Object.entries(state)) {
    const before = saved?.[name];
    deepStrictEqual(
      [shape, Buffer.from(data.buffer)],
      [before?.shape, before && Buffer.from(before.data.buffer)],
    );
  }
}
