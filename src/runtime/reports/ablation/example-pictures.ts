import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Example } from '../../ablation/examples.js';
import { openDataset } from '../../data/dataset.js';
import { applySteps, atNetworkSize } from '../../data/preprocess/steps.js';
import { judged, notJudged, type Picture, type Sample } from '../../data/sample.js';
import { viewOf } from '../../data/view.js';
import { overlayLegend } from '../../evaluation/overlay.js';
import { writeAtomically } from '../../files/disk.js';
import { pngOf } from '../../files/png.js';

export const exampleLegend =
  'Each row is one test image: the image, its ground truth, and what the first run of each variant that was tested on it made of it. ' +
  `${overlayLegend} Best, median and worst by the mean over the variants. The pictures are files in images/.`;

/** One picture of an example, and where it lies from the report. */
export interface ExamplePicture {
  /** `image`, `ground truth`, or the variant. */
  readonly title: string;
  readonly path: string;
  readonly png: Uint8Array;
}

export interface PicturedExample {
  readonly example: Example;
  /** Image, ground truth, then what each variant made of it. */
  readonly pictures: readonly ExamplePicture[];
}

/**
 * Writes each example into `images/<id>/` of the ablation's folder: the image, its ground truth, and the overlay of each
 * variant, all of one size.
 */
export async function writeExamples(
  folder: string,
  examples: readonly Example[],
): Promise<PicturedExample[]> {
  const pictured: PicturedExample[] = [];
  for (const example of examples) {
    const pictures = await picturesOf(example);
    for (const { path, png } of pictures) await writeAtomically(join(folder, path), png);
    pictured.push({ example, pictures });
  }
  return pictured;
}

async function picturesOf({ id, answers }: Example): Promise<ExamplePicture[]> {
  const at = (name: string): string => `images/${id}/${name}.png`;
  const { experiment } = answers[0]!.finished.run;
  const { test } = await openDataset(experiment.data);
  // Runs are of these data as they are now: their identity says so.
  const entry = test.find((one) => one.id === id)!;
  const sample = await entry.read();
  const image = atNetworkSize(experiment.preprocess, sample.image);
  const truth = applySteps(experiment.preprocess, sample);
  const made = answers.map(async ({ finished: { run }, overlay }) => ({
    title: run.variant,
    path: at(run.name),
    png: await readFile(overlay),
  }));
  return [
    { title: 'image', path: at('image'), png: await imageOf(image) },
    { title: 'ground truth', path: at('ground-truth'), png: await groundTruthOf(truth) },
    ...(await Promise.all(made)),
  ];
}

function imageOf(image: Picture): Promise<Uint8Array> {
  const { data, width, height } = viewOf(image);
  return pngOf(data, width, height);
}

/** White is foreground; of several classes each has its own grey. Dark grey is what does not count. */
function groundTruthOf(sample: Sample): Promise<Uint8Array> {
  const { width, height, data } = sample.mask;
  const counts = judged(sample);
  const classes = data.reduce((most, n) => (n === notJudged ? most : Math.max(most, n)), 1);
  const pixels = data.map((value, i) =>
    counts?.[i] === 0 ? outside : Math.round((255 * value) / classes),
  );
  return pngOf(pixels, width, height);
}

const outside = 40;
