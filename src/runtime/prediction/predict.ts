import type { Picture, Sample } from '../data/sample.js';
import type { Engine } from '../engines/engine.js';
import { InputError } from '../errors/errors.js';
import type { EvaluationOptions } from '../experiments/options/evaluation.js';
import type { Geometry } from '../networks/geometry.js';
import { averageOfFlips } from './flips.js';
import { type PredictTiles, stitch, stitchRows, type Tiling } from './stitch.js';
import type { OnRows } from './strip.js';

/** An engine, of which nothing but its answers is wanted. */
type Calls = Pick<Engine, 'call'>;

/** How the window slides. */
export type Sliding = Pick<EvaluationOptions, 'stride' | 'batch' | 'blend' | 'flips'>;

/**
 * The network's answer at each pixel of a preprocessed sample: one probability of the foreground,
 * or, of several classes, one a class with the background first. A tile is the least size the
 * network takes of at least `window`; where it would be larger than the image, one tile holds all
 * of it.
 */
export async function predictSample(
  engine: Calls,
  geometry: Geometry,
  { image }: Pick<Sample, 'image'>,
  window: number,
  sliding: Sliding,
): Promise<Float32Array> {
  const { tiling, predict } = slidingOver(engine, geometry, image, window, sliding);
  return stitch(image, tiling, sliding.batch, predict, sliding.blend);
}

/** As `predictSample`, a strip of rows at a time, from the top down. */
export async function predictRows(
  engine: Calls,
  geometry: Geometry,
  image: Picture,
  window: number,
  sliding: Sliding,
  onRows: OnRows,
): Promise<void> {
  const { tiling, predict } = slidingOver(engine, geometry, image, window, sliding);
  await stitchRows(image, tiling, sliding, predict, onRows);
}

function slidingOver(
  engine: Calls,
  geometry: Geometry,
  image: Picture,
  window: number,
  { stride, flips }: Sliding,
): { readonly tiling: Tiling; readonly predict: PredictTiles } {
  const tiling = tilingOf(geometry, image, window, stride);
  const [height, width] = tiling.window;
  const predict: PredictTiles = async (tiles, count) => {
    const shape = [count, height, width, image.channels];
    const outputs = await engine.call('predict', { [geometry.input]: { shape, data: tiles } });
    return foreground(outputs[geometry.output]!);
  };
  if (!flips) return { tiling, predict };
  const inner = [height - 2 * tiling.margin, width - 2 * tiling.margin] as const;
  return { tiling, predict: averageOfFlips(predict, tiling.window, inner) };
}

/** Two classes that exclude each other are one: the foreground's probability says all. */
export function foreground({
  shape,
  data,
}: {
  shape: readonly number[];
  data: unknown;
}): Float32Array {
  const values = data as Float32Array;
  if (shape.at(-1) !== 2) return values;
  return new Float32Array(values.length / 2).map((_, i) => values[2 * i + 1]!);
}

/** The tiles in which `image` is answered. Throws `InputError` where they leave no output. */
export function tilingOf(
  { margin, roundUp }: Geometry,
  image: { readonly height: number; readonly width: number },
  window: number,
  stride: number | null,
): Tiling {
  const whole = [image.height + 2 * margin, image.width + 2 * margin];
  const tile = roundUp(Math.min(window, whole[0]!), Math.min(window, whole[1]!));
  const inner = Math.min(tile[0], tile[1]) - 2 * margin;
  if (inner <= 0) {
    throw new InputError(
      `a window of ${tile[0]}x${tile[1]} leaves no output: set evaluation.window above ${2 * margin}`,
    );
  }
  const step = stride ?? Math.max(1, Math.floor(inner / 2));
  return { window: tile, stride: [step, step], margin };
}
