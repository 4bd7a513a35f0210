import { dimmed, overlayColours } from '../../runtime/evaluation/overlay-colours.js';
import type { Confusion } from '../../runtime/metrics/metrics.js';
import { bytesOfPixel, headOfImage, truths } from '../../runtime/viewing/runs-view.js';

/** An image of a run as the server sends it: see `bytesOfPixel`. */
export interface RunImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export function runImageOf(buffer: ArrayBuffer): RunImage {
  const head = new DataView(buffer);
  const [width, height] = [head.getUint32(0, true), head.getUint32(4, true)];
  return { width, height, pixels: new Uint8Array(buffer, headOfImage) };
}

/**
 * Colours the image as overlays are, with pixels of `byte` and more as foreground, and counts them.
 * @param out red, green, blue and opacity of each pixel
 */
export function colour({ pixels }: RunImage, byte: number, out: Uint8ClampedArray): Confusion {
  const { truePositive, falsePositive, falseNegative } = overlayColours;
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let i = 0, from = 0; from < pixels.length; i += 4, from += bytesOfPixel) {
    const truth = pixels[from + 4];
    const isFound = pixels[from + 3]! >= byte;
    let shown: readonly [number, number, number] | null = null;
    if (truth === truths.foreground) {
      shown = isFound ? truePositive : falseNegative;
      isFound ? tp++ : fn++;
    } else if (truth === truths.background) {
      if (isFound) shown = falsePositive;
      isFound ? fp++ : tn++;
    }
    for (let c = 0; c < 3; c++)
      out[i + c] = shown ? shown[c]! : Math.round(pixels[from + c]! * dimmed);
    out[i + 3] = 255;
  }
  return { tp, fp, fn, tn };
}

/** The image that the server has by a name, or what is wrong with it, in words. */
export async function readImage(name: string): Promise<RunImage | string> {
  try {
    const response = await fetch(name);
    if (response.ok) return runImageOf(await response.arrayBuffer());
    const text = await response.text();
    return text === '' ? `the server answers ${response.status}` : text;
  } catch {
    return 'netc view has ended: start it again, and open its new address';
  }
}
