import { existsSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import { systemReason } from '../files/system-reason.js';
import { imagesOfRun } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import { isHeld } from '../runs/lock.js';
import { type ReadRun, readRun } from '../runs/read-run.js';
import { outdatedStep } from '../runs/scored-step.js';
import { placesOn } from './curve-places.js';
import type { OpenedRun } from './opened-run.js';
import type { ViewedRun } from './runs-view.js';
import { idsOfPart, validationsOf } from './validations.js';

/** What a run's folder tells, for the page and for its charts. */
export interface ReadForView {
  readonly viewed: ViewedRun;
  readonly record: ReadRun;
}

const nothing = (folder: string): ReadRun => ({
  ...{ folder, scored: undefined, steps: [], validations: [], roc: undefined, pr: undefined },
  ...{ secondsPerStep: null, usage: undefined },
});

/** Reads all of a run that can be read; what cannot is told among its problems. */
export async function viewRun(run: OpenedRun): Promise<ReadForView> {
  const { folder, name } = run;
  const problems: string[] = [...run.problems];
  const part = <T>(reading: Promise<T>, missing: T): Promise<T> =>
    reading.catch((error: NodeJS.ErrnoException) => {
      if (error instanceof InputError) problems.push(...error.problems);
      else if (error.code === undefined) throw error;
      else problems.push(`${error.path ?? folder} cannot be read (${systemReason(error)})`);
      return missing;
    });
  const tell = ({ message }: InputError) => problems.push(message);
  const record = await part(readRun(folder, folder, tell), nothing(folder));
  const validated = await part(validationsOf(run, record), null);
  const isTraining = await isHeld(folder);
  // What is damaged looks as if it were missing.
  if (problems.length === 0) problems.push(...(await missingOf(folder, record, isTraining)));
  const { scored } = record;
  const viewed = {
    ...{ name, state: stateOf(run, record, isTraining), problems },
    model: scored?.model ?? null,
    images: scored?.images ?? null,
    threshold: scored?.threshold ?? null,
    scores: scored?.metrics ?? null,
    tested: scored && !scored.classes?.length ? scored.perImage.map(({ id }) => String(id)) : [],
    places: placesOf(record),
    validated,
  };
  return { viewed, record };
}

const placesOf = ({ roc, pr }: ReadRun): ViewedRun['places'] => ({
  roc: roc ? placesOn(roc) : null,
  pr: pr ? placesOn(pr) : null,
});

function stateOf(
  { steps: all }: OpenedRun,
  { steps, usage }: ReadRun,
  isTraining: boolean,
): string {
  const at = `step ${steps.at(-1)?.step ?? 0} of ${all}`;
  if (isTraining) return `training, ${at}`;
  return usage ? `trained, ${usage.steps} steps` : `stopped, ${at}`;
}

/** What a run should have and has not, with the way to it. */
async function missingOf(
  folder: string,
  { scored, usage, roc, pr }: ReadRun,
  isTraining: boolean,
): Promise<readonly string[]> {
  if (!existsSync(runPath(folder, 'experiment'))) return [`${folder} holds no run any more`];
  const again = `\`netc evaluate ${folder}\``;
  const earlier = scored && (await outdatedStep(folder, scored));
  const outdated =
    earlier === undefined
      ? []
      : [
          `its scores are of step ${earlier}, and it was trained on: ${again} scores it as it is now`,
        ];
  if (isTraining) return outdated;
  if (!usage) {
    return [`its training did not end: \`netc train --resume ${folder}\` goes on`, ...outdated];
  }
  if (!scored) return [await notScored(folder, again)];
  if (outdated.length > 0) return outdated;
  const curves = [
    ['ROC', 'roc', roc],
    ['precision-recall', 'pr', pr],
  ] as const;
  return curves.flatMap(([title, file, curve]) => {
    const path = runPath(folder, file);
    if (curve) return [];
    if (!existsSync(path)) return [`${path} is missing: ${again} writes it`];
    const first = scored.classes?.[0]?.name;
    const why =
      first === undefined
        ? 'the ground truth of its test images holds only one class'
        : `${first} is in none of the pixels of its test images, or in all`;
    return [`no ${title} curve: ${why}`];
  });
}

async function notScored(folder: string, command: string): Promise<string> {
  const isTold = ((await imagesOfRun(folder)) ?? []).length > 0;
  const hasNone = isTold && (await idsOfPart(folder, 'test')).length === 0;
  return hasNone
    ? 'its dataset has no test images, so it has no scores'
    : `not scored yet: ${command} scores it`;
}

/** The files that are read of a run. */
export const filesOf = (folder: string): readonly string[] =>
  (
    ['experiment', 'log', 'record', 'scores', 'roc', 'pr', 'images', 'validations', 'lock'] as const
  ).map((file) => runPath(folder, file));
