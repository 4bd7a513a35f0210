import { stat } from 'node:fs/promises';
import type { Split } from '../evaluation/subject.js';
import { imagesOfRun } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import type { ReadRun } from '../runs/read-run.js';
import { validationMaps } from '../runs/validation-maps.js';
import type { OpenedRun } from './opened-run.js';
import type { ViewedValidations } from './runs-view.js';

/** The ids of a part of the run's images, in their order; none of a run that does not tell. */
export const idsOfPart = async (folder: string, part: Split): Promise<readonly string[]> =>
  ((await imagesOfRun(folder)) ?? []).flatMap((image) =>
    image.part === part ? [String(image.id)] : [],
  );

/** What the run's training kept of its validations; null where there is nothing. Throws `InputError` where its record is damaged. */
export async function validationsOf(
  { folder, experiment }: OpenedRun,
  { validations }: ReadRun,
): Promise<ViewedValidations | null> {
  const maps = await validationMaps(folder);
  // A validation is logged once its maps are whole.
  const steps = validations.flatMap(({ step }) => (maps.has(step) ? [step] : []));
  if (steps.length === 0) return null;
  const kept = new Set(steps.flatMap((step) => [...maps.get(step)!]));
  const ids = await idsOfPart(folder, 'validation');
  const images = ids.slice(0, ids.findLastIndex((id) => kept.has(id)) + 1);
  if (images.length === 0) return null;
  const { mtimeMs: began } = await stat(runPath(folder, 'images'));
  return { images, steps, began, threshold: experiment.validation.threshold };
}
