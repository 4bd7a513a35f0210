import type { Sample } from '../data/sample.js';
import type { Engine } from '../engines/engine.js';
import { InputError } from '../errors.js';
import type { EvaluationOptions } from '../experiments/experiment.js';
import type { Geometry } from '../geometry.js';
import { stitch, type Tiling } from './stitch.js';

/**
 * The network's probability at each pixel of a preprocessed sample. A tile is the least size the
 * network takes of at least `window`; where it would be larger than the image, one tile holds all
 * of it.
 */
export async function predictSample(
  engine: Engine,
  geometry: Geometry,
  { image }: Sample,
  window: number,
  { stride, batch }: Pick<EvaluationOptions, 'stride' | 'batch'>,
): Promise<Float32Array> {
  const tiling = tilingOf(geometry, image, window, stride);
  const [height, width] = tiling.window;
  return stitch(image, tiling, batch, async (tiles, count) => {
    const shape = [count, height, width, image.channels];
    const outputs = await engine.call('predict', { [geometry.input]: { shape, data: tiles } });
    return outputs[geometry.output].data as Float32Array;
  });
}

function tilingOf(
  { margin, roundUp }: Geometry,
  image: { readonly height: number; readonly width: number },
  window: number,
  stride: number | null,
): Tiling {
  const whole = [image.height + 2 * margin, image.width + 2 * margin];
  const tile = roundUp(Math.min(window, whole[0]), Math.min(window, whole[1]));
  const inner = Math.min(tile[0], tile[1]) - 2 * margin;
  if (inner <= 0) {
    throw new InputError(
      `a window of ${tile[0]}x${tile[1]} leaves no output: set evaluation.window above ${2 * margin}`,
    );
  }
  const step = stride ?? Math.max(1, Math.floor(inner / 2));
  return { window: tile, stride: [step, step], margin };
}
