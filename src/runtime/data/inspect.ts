import { channelText } from '../../compiler/diagnostics/messages/images.js';
import { InputError } from '../errors/errors.js';
import type { DataOptions } from '../experiments/options/data.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import { channelProblem } from './channels.js';
import { type Dataset, type Entry, pathsOf, type Surveyed, surveyDataset } from './dataset.js';
import { fewAtATime } from './few-at-a-time.js';
import { NotFinite, readPicture } from './formats/read-picture.js';
import { manifestOf } from './manifest.js';
import { sharedImages } from './shared-images.js';
import { type Part, parts } from './sources/parts.js';
import { Tally } from './tally.js';

/** What `netc data check` finds. */
export interface Inspection {
  readonly kind: string;
  readonly classes: readonly string[];
  readonly parts: Readonly<Record<Part, PartCounts>>;
  /** Images without ground truth. */
  readonly unlabelled: number;
  /** How many images have each size, the most frequent first. */
  readonly sizes: readonly { readonly size: string; readonly images: number }[];
  /** Least and greatest value of all images. */
  readonly range: readonly [number, number] | null;
  /** By which rule masks are read, and what may be meant so. */
  readonly notes: readonly string[];
  /** Files without a partner, damaged files, sizes that differ: one sentence each. */
  readonly problems: readonly string[];
}

export interface PartCounts {
  readonly images: number;
  /** Null where patients are not known. */
  readonly patients: number | null;
  /** The share of pixels, inside the field of view and judged, of each class in order. */
  readonly shares: readonly number[];
  /** How many pixels there are of the background and of each class. */
  readonly pixels: readonly number[];
}

/** How many images are decoded at a time. */
const together = 4;

/**
 * Opens the dataset and reads every image of it; nothing that is wrong ends it early.
 * @param steps of the experiment, by which images of different channels may become alike
 */
export async function inspectData(
  options: DataOptions,
  steps: PreprocessOptions = [],
): Promise<Inspection> {
  const problems: string[] = [];
  const surveyed = await surveyDataset(options).catch((error) => noted(error, problems));
  problems.push(...(surveyed?.report.problems ?? []));
  const tally = new Tally();
  const counts = {} as Record<Part, PartCounts>;
  for (const part of parts) counts[part] = await inspectPart(surveyed, part, tally, problems);
  if (surveyed) {
    problems.push(...wholeProblems(surveyed.dataset, counts, tally, steps));
    problems.push(...tally.maskProblems(), ...(await sharedIn(surveyed.dataset, options)));
  }
  return {
    kind: options.kind,
    classes: surveyed?.dataset.classes ?? [],
    parts: counts,
    unlabelled: surveyed?.dataset.unlabelled.length ?? 0,
    sizes: tally.sizes(),
    range: tally.least <= tally.most ? [tally.least, tally.most] : null,
    notes: surveyed?.report.notes ?? [],
    problems,
  };
}

async function sharedIn(dataset: Dataset, options: DataOptions): Promise<string[]> {
  // A file that cannot be read has been told.
  const manifest = await manifestOf(dataset, options).catch(() => undefined);
  const shared = manifest && sharedImages(dataset, manifest);
  return shared === undefined ? [] : [shared];
}

function noted(error: unknown, problems: string[]): undefined {
  if (!(error instanceof InputError)) throw error;
  problems.push(...error.problems.filter((problem) => !problems.includes(problem)));
}

async function inspectPart(
  surveyed: Surveyed | undefined,
  part: Part,
  tally: Tally,
  problems: string[],
): Promise<PartCounts> {
  const entries = surveyed?.dataset[part] ?? [];
  const refused = surveyed?.report.refused ?? new Set();
  const pixels = new Float64Array((surveyed?.dataset.classes.length ?? 0) + 1);
  const failed = (error: unknown): undefined =>
    error instanceof NotFinite ? tally.addBad(error) : noted(error, problems);
  const inspect = async (entry: Entry): Promise<void> => {
    const { files } = entry;
    if (files && pathsOf(entry).some((path) => refused.has(path))) {
      // What is wrong with its mask says nothing of the image.
      if (refused.has(files.image)) return;
      const image = await readPicture(files.image, files.slice).catch(failed);
      if (image) tally.addImage(image);
    } else {
      const sample = await entry.read().catch(failed);
      if (sample) tally.add(sample, files, pixels, problems);
    }
  };
  await fewAtATime(entries, together, inspect);
  const all = pixels.reduce((a, b) => a + b, 0);
  const groups = entries.map(({ group }) => group).filter((group) => group !== null);
  return {
    images: entries.length,
    patients: groups.length === 0 ? null : new Set(groups).size,
    shares: [...pixels.subarray(1)].map((n) => n / Math.max(all, 1)),
    pixels: [...pixels],
  };
}

/** What is wrong with all images together. */
function wholeProblems(
  dataset: Dataset,
  counts: Readonly<Record<Part, PartCounts>>,
  tally: Tally,
  steps: PreprocessOptions,
): string[] {
  const problems = tally.badFiles();
  const mixed = channelProblem(
    parts.flatMap((part) => dataset[part]),
    steps,
  );
  if (mixed) problems.push(channelText(mixed));
  const whole = foregroundOf(parts.map((part) => counts[part]));
  const train = foregroundOf([counts.train]);
  const way =
    'look at them by `netc data show`, and say by data.labels which values are the classes';
  if (whole === 0) problems.push(`no mask has a pixel of foreground: ${way}`);
  else if (whole === 1) problems.push(`every pixel of every mask is foreground: ${way}`);
  else if (train === 0) problems.push(`no mask of train has a pixel of foreground: ${way}`);
  return problems;
}

/** The share of foreground of all that was read; undefined where nothing was. */
function foregroundOf(counts: readonly PartCounts[]): number | undefined {
  const all = sum(counts.flatMap(({ pixels }) => pixels));
  return all === 0 ? undefined : sum(counts.flatMap(({ pixels }) => pixels.slice(1))) / all;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
