import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors/errors.js';
import { readMetadata, readSafetensors } from '../weights/safetensors/file.js';
import { layout } from './layout.js';
import { readRecord } from './record.js';
import { type WeightName, weightNames } from './weights-of-run.js';

/** Which checkpoint of the run in `folder` a path is; null of another file. */
function placeOf(path: string): { readonly folder: string; readonly name: WeightName } | null {
  const name = weightNames.find((one) => basename(layout[one]) === basename(path));
  const folder = dirname(dirname(path));
  if (name === undefined || basename(dirname(path)) !== layout.checkpoints) return null;
  return { folder, name };
}

/**
 * What `read` makes of a checkpoint at `path`. Of a run's it must be one that the run's record names; where it is not, or is
 * damaged, the error names those beside it that are whole.
 */
export async function readWith<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    await requireRecorded(path);
    return await read(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const others = await wholeBeside(path);
    if (others.length === 0) throw error;
    const named = others.map(
      ({ file, name, step }) => `${file} (--weights ${name}), of step ${step}`,
    );
    throw new InputError(...error.problems, `what is whole: ${named.join('; ')}`);
  }
}

/** Throws `InputError` where a checkpoint lies in a run that did not write it; a run of netc 0.2 does not tell. */
async function requireRecorded(path: string): Promise<void> {
  const place = placeOf(path);
  const written = place && (await readRecord(place.folder)).checkpoints?.[place.name];
  if (!written) return;
  const { sha256, step } = await readMetadata(path);
  if (written.some((one) => one.sha256 === sha256)) return;
  const last = written.at(-1)!;
  throw new InputError(
    `${path} is not what the run wrote there: it says step ${step}, and ${layout.record} names step ${last.step} with another digest`,
  );
}

async function wholeBeside(path: string) {
  const place = placeOf(path);
  if (!place) return [];
  const found: { file: string; name: WeightName; step: string }[] = [];
  for (const name of weightNames.filter((one) => one !== place.name)) {
    const file = join(place.folder, layout[name]);
    try {
      await requireRecorded(file);
      const { metadata } = await readSafetensors(file);
      found.push({ file, name, step: metadata.step ?? 'unknown' });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return found;
}
