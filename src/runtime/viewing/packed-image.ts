import sharp from 'sharp';
import type { Entry } from '../data/dataset.js';
import { applySteps, atNetworkSize } from '../data/preprocess/steps.js';
import { judged, type Sample } from '../data/sample.js';
import { type View, viewOf } from '../data/view.js';
import { InputError } from '../errors/errors.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import { bytesOfPixel, headOfImage, truths } from './runs-view.js';

/** More pixels than this are not sent to a page. */
const mostPixels = 2e7;

/** An image at the size that the network sees, and its ground truth. */
export interface SeenImage {
  readonly view: View;
  readonly truth: Sample;
}

/** Throws `InputError` where it cannot be read. */
export async function seenImage(entry: Entry, steps: PreprocessOptions): Promise<SeenImage> {
  const read = await entry.read();
  return { view: viewOf(atNetworkSize(steps, read.image)), truth: applySteps(steps, read) };
}

/**
 * The bytes of an image with one of its maps.
 * @param map its file
 * @param way how to get another map
 */
export async function packedImage(
  { view, truth }: SeenImage,
  map: string,
  way: string,
): Promise<Uint8Array> {
  const { width, height } = view;
  const { values, size } = await readMap(map, way);
  const sizes = [[width, height], [truth.mask.width, truth.mask.height], size].map(String);
  if (new Set(sizes).size > 1) {
    throw new InputError(`${map} is of another size than its image: ${way}`);
  }
  if (width * height > mostPixels) throw new InputError(`${truth.id} is too large for the page`);
  return packed(view, values, truth);
}

/** Throws `InputError` where it is missing or damaged. */
async function readMap(path: string, way: string) {
  try {
    const grey = sharp(path).toColourspace('b-w').extractChannel(0).raw();
    const { data, info } = await grey.toBuffer({ resolveWithObject: true });
    return { values: data, size: [info.width, info.height] };
  } catch {
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
