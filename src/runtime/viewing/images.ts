import { join } from 'node:path';
import { type Dataset, openDataset } from '../data/dataset.js';
import { InputError } from '../errors/errors.js';
import { holdsPartOfRun, type Split } from '../evaluation/subject.js';
import { withFoundFields } from '../prediction/found-fields.js';
import { mapFile, validationMapFile } from '../runs/layout.js';
import { readScores } from '../runs/scores.js';
import type { OpenedRun, Opening } from './opened-run.js';
import { packedImage, type SeenImage, seenImage } from './packed-image.js';
import { idsOfPart } from './validations.js';

/** What of a run is asked for. */
interface Asked {
  readonly run: OpenedRun;
  readonly part: Split;
  readonly id: string;
  /** From the run's folder. */
  readonly map: string;
  /** How to get another map. */
  readonly way: string;
  readonly fieldsFound: boolean;
}

/** Reads images of the runs by name: only those whose places are asked for by number, and that the run's own dataset has. */
export function imagesOf(
  runs: readonly Opening[],
): (name: string) => Promise<Uint8Array | undefined> {
  const datasets = new WeakMap<OpenedRun, Map<Split, Promise<Dataset>>>();
  /** Of a validation image many maps are asked for, one after the other. */
  let last: { readonly run: OpenedRun; readonly id: string; readonly seen: SeenImage } | undefined;
  return async (name) => {
    const asked = (await testAsked(runs, name)) ?? (await validationAsked(runs, name));
    if (!asked) return undefined;
    const { run, part, id, map, way, fieldsFound } = asked;
    const parts = datasets.get(run) ?? new Map<Split, Promise<Dataset>>();
    datasets.set(run, parts);
    const opening = parts.get(part) ?? datasetOf(run, part);
    parts.set(part, opening);
    // What is mended is found at the next question.
    opening.catch(() => parts.delete(part));
    const own = await opening;
    const dataset = fieldsFound ? withFoundFields(own) : own;
    const entry = dataset[part].find((one) => one.id === id);
    if (!entry) throw new InputError(`${id} is no ${part} image of ${run.folder}`);
    const again = last?.run === run && last.id === id && part === 'validation';
    const seen = again ? last!.seen : await seenImage(entry, run.experiment.preprocess);
    last = part === 'validation' ? { run, id, seen } : undefined;
    return packedImage(seen, join(run.folder, map), way);
  };
}

async function testAsked(runs: readonly Opening[], name: string): Promise<Asked | undefined> {
  const [, first, second] = /^test\/(\d{1,6})\/(\d{1,6})$/.exec(name) ?? [];
  const run = runs[Number(first ?? -1)]?.();
  const scored = run && (await readScores(run.folder));
  const id = scored?.perImage[Number(second)]?.id;
  if (!run || id === undefined) return undefined;
  const way = `\`netc evaluate ${run.folder}\` writes it`;
  const fieldsFound = scored!.fieldsFound === true;
  return { run, part: 'test', id, map: mapFile(id), way, fieldsFound };
}

async function validationAsked(runs: readonly Opening[], name: string): Promise<Asked | undefined> {
  const [, first, second, third] =
    /^validation\/(\d{1,6})\/(\d{1,6})\/(\d{1,15})$/.exec(name) ?? [];
  const run = runs[Number(first ?? -1)]?.();
  const id = run && (await idsOfPart(run.folder, 'validation'))[Number(second)];
  if (!run || id === undefined) return undefined;
  const map = validationMapFile(Number(third), id);
  const way = 'only training writes it, so choose another step';
  return { run, part: 'validation', id, map, way, fieldsFound: false };
}

async function datasetOf(
  { folder, experiment: { data } }: OpenedRun,
  part: Split,
): Promise<Dataset> {
  if (await holdsPartOfRun(folder, data, part)) return openDataset(data);
  const where = 'root' in data ? ` at ${data.root}` : '';
  throw new InputError(`the ${part} images${where} are not those that ${folder} was made with`);
}
