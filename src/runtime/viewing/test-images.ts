import { join } from 'node:path';
import sharp from 'sharp';
import { type Dataset, openDataset } from '../data/dataset.js';
import { applySteps, atNetworkSize } from '../data/preprocess/steps.js';
import { judged, type Sample } from '../data/sample.js';
import { type View, viewOf } from '../data/view.js';
import { InputError } from '../errors/errors.js';
import { holdsTestOfRun } from '../evaluation/subject.js';
import { withFoundFields } from '../prediction/found-fields.js';
import { mapFile } from '../runs/layout.js';
import { readScores } from '../runs/scores.js';
import { bytesOfPixel, headOfImage, truths } from './runs-view.js';
import type { OpenedRun } from './view-run.js';

/** More pixels than this are not sent to a page. */
const mostPixels = 2e7;

/** Reads test images of the runs by name: only those whose places are asked for by number, and that the run's own dataset has. */
export function imagesOf(
  runs: readonly OpenedRun[],
): (name: string) => Promise<Uint8Array | undefined> {
  const datasets = new Map<OpenedRun, Promise<Dataset>>();
  return async (name) => {
    const [, first, second] = /^test\/(\d{1,6})\/(\d{1,6})$/.exec(name) ?? [];
    const run = runs[Number(first ?? -1)];
    const scored = run && (await readScores(run.folder));
    const id = scored?.perImage[Number(second)]?.id;
    if (!run || id === undefined) return undefined;
    const opening = datasets.get(run) ?? datasetOf(run);
    datasets.set(run, opening);
    // What is mended is found at the next question.
    opening.catch(() => datasets.delete(run));
    const own = await opening;
    const dataset = scored!.fieldsFound ? withFoundFields(own) : own;
    return bytesOf(run, dataset, id);
  };
}

async function datasetOf({ folder, experiment: { data } }: OpenedRun): Promise<Dataset> {
  if (await holdsTestOfRun(folder, data)) return openDataset(data);
  const where = 'root' in data ? ` at ${data.root}` : '';
  throw new InputError(`the test images${where} are not those that ${folder} was made with`);
}

async function bytesOf(run: OpenedRun, { test }: Dataset, id: string): Promise<Uint8Array> {
  const { folder, experiment } = run;
  const entry = test.find((one) => one.id === id);
  if (!entry) throw new InputError(`${id} is no test image of ${folder}`);
  const read = await entry.read();
  const { data, width, height, channels } = viewOf(
    atNetworkSize(experiment.preprocess, read.image),
  );
  const truth = applySteps(experiment.preprocess, read);
  const map = await mapOf(join(folder, mapFile(entry.id)), folder);
  const sizes = [[width, height], [truth.mask.width, truth.mask.height], map.size].map(String);
  if (new Set(sizes).size > 1) {
    throw new InputError(
      `the map of ${id} is of another size than the image: score ${folder} anew`,
    );
  }
  if (width * height > mostPixels) throw new InputError(`${id} is too large for the page`);
  return packed({ data, width, height, channels }, map.values, truth);
}

/** Throws `InputError` where it is missing or damaged. */
async function mapOf(path: string, folder: string) {
  try {
    const grey = sharp(path).toColourspace('b-w').extractChannel(0).raw();
    const { data, info } = await grey.toBuffer({ resolveWithObject: true });
    return { values: data, size: [info.width, info.height] };
  } catch {
    const way = `\`netc evaluate ${folder}\` writes it`;
    throw new InputError(`${path} is missing or damaged: ${way}`);
  }
}

function packed(
  { data, width, height, channels }: View,
  map: Uint8Array,
  truth: Sample,
): Uint8Array {
  const bytes = new Uint8Array(headOfImage + width * height * bytesOfPixel);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, width, true);
  head.setUint32(4, height, true);
  const counts = judged(truth);
  for (let i = 0; i < width * height; i++) {
    const to = headOfImage + i * bytesOfPixel;
    for (let c = 0; c < 3; c++) bytes[to + c] = data[i * channels + (channels === 3 ? c : 0)]!;
    bytes[to + 3] = map[i]!;
    const isForeground = truth.mask.data[i] === 1;
    if (counts?.[i] === 0) bytes[to + 4] = truths.outside;
    else bytes[to + 4] = isForeground ? truths.foreground : truths.background;
  }
  return bytes;
}
