import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Example } from '../../ablation/examples.js';
import { openDataset } from '../../data/dataset.js';
import { atNetworkSize } from '../../data/preprocess/steps.js';
import type { Sample } from '../../data/sample.js';
import { viewOf } from '../../evaluation/predicted-pictures.js';
import { writeAtomically } from '../../files.js';

export const exampleLegend =
  'Each row is one test image: the image, its ground truth, and what the first run of each variant that was tested on it made of it. ' +
  'Green: found. Red: invented. Blue: missed. Best, median and worst by the mean over the variants. The pictures are files in images/.';

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
  const { experiment } = answers[0].finished.run;
  const { test } = await openDataset(experiment.data);
  // Runs are of these data as they are now: their identity says so.
  const entry = test.find((one) => one.id === id)!;
  const sample = atNetworkSize(experiment.preprocess, await entry.read());
  const made = answers.map(async ({ finished: { run }, overlay }) => ({
    title: run.variant,
    path: at(run.name),
    png: await readFile(overlay),
  }));
  return [
    { title: 'image', path: at('image'), png: await imageOf(sample) },
    { title: 'ground truth', path: at('ground-truth'), png: await groundTruthOf(sample) },
    ...(await Promise.all(made)),
  ];
}

async function imageOf({ image }: Sample): Promise<Uint8Array> {
  const { data, channels, ...size } = viewOf(image);
  // A screen has one channel or three; of others the first is shown.
  const shown = channels === 3 ? 3 : 1;
  const pixels = shown === channels ? data : data.filter((_, i) => i % channels === 0);
  return sharp(pixels, { raw: { ...size, channels: shown } })
    .png()
    .toBuffer();
}

/** White is foreground; of several classes each has its own grey. Dark grey is outside the field of view. */
function groundTruthOf({ mask, fov }: Sample): Promise<Uint8Array> {
  const { width, height, data } = mask;
  const classes = data.reduce((most, value) => Math.max(most, value), 1);
  const pixels = data.map((value, i) =>
    fov && fov.data[i] === 0 ? outside : Math.round((255 * value) / classes),
  );
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

const outside = 40;
