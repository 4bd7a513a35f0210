import type { Picture } from '../data/sample.js';
import type { Engine, HostTensor } from '../engines/engine.js';
import { InputError } from '../errors/errors.js';
import type { Geometry } from '../networks/geometry.js';
import { type Axis, type Cells, cellsOver } from './cells.js';
import { type Sliding, tilingOf } from './predict.js';
import { type PredictTiles, stitchRows } from './stitch.js';

/** A value of the network, which an engine's `predict` has as an output. */
export interface MappedValue {
  readonly output: string;
  /** What a reader knows it by. */
  readonly name: string;
  readonly cells: Cells;
}

/** One number for each pixel that the network saw. */
export interface ValueMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** Of a tile. */
  readonly tile: { readonly width: number; readonly height: number };
  /** How many cells the value has in a tile. */
  readonly cells: { readonly width: number; readonly height: number };
}

/**
 * A value over a whole preprocessed image: `channel` of it, or with null the mean of the absolute values of all its channels. The
 * tiles are those of the prediction, without flips. Each pixel has the value of the cell over its middle (nearest neighbour), and
 * where tiles overlap the average that the prediction takes.
 *
 * Throws `InputError` where the cells do not lie evenly over a tile, and where a value is no finite number.
 */
export async function valueMap(
  engine: Pick<Engine, 'call'>,
  geometry: Geometry,
  image: Picture,
  window: number,
  { stride, batch, blend }: Omit<Sliding, 'flips'>,
  { output, name, cells }: MappedValue,
  channel: number | null,
  onShare: (share: number) => void = () => {},
): Promise<ValueMap> {
  const tiling = tilingOf(geometry, image, window, stride);
  const [height, width] = tiling.window;
  const { margin } = tiling;
  let own = { width: 0, height: 0 };
  const predict: PredictTiles = async (tiles, count) => {
    const shape = [count, height, width, image.channels];
    const outputs = await engine.call('predict', { [geometry.input]: { shape, data: tiles } });
    const value = outputs[output]!;
    own = { height: value.shape[1]!, width: value.shape[2]! };
    requireEven(name, cells.rows, height, own.height);
    requireEven(name, cells.columns, width, own.width);
    const rows = cellsOver(cells.rows, height - 2 * margin, margin, own.height);
    const columns = cellsOver(cells.columns, width - 2 * margin, margin, own.width);
    return spread(oneChannel(value, channel), count, own, rows, columns);
  };
  const data = new Float32Array(image.width * image.height);
  await stitchRows(image, tiling, { batch, blend }, predict, (top, values) => {
    data.set(values, top * image.width);
    onShare((top * image.width + values.length) / data.length);
  });
  if (!data.every(Number.isFinite)) {
    throw new InputError(`${name} has values that are no finite numbers`);
  }
  return {
    ...{ width: image.width, height: image.height, data },
    ...{ tile: { width, height }, cells: own },
  };
}

function requireEven(name: string, { perPixel, lost }: Axis, pixels: number, count: number): void {
  if (Math.abs(perPixel * pixels - lost - count) < 1e-6) return;
  throw new InputError(
    `${name} is rounded down to ${count} cells over ${pixels} pixels of a tile, so that it is not known which lies over which: it can be shown in tiles that the network divides evenly`,
  );
}

/** A number a cell. */
function oneChannel({ shape, data }: HostTensor, channel: number | null): Float32Array {
  const channels = shape.at(-1)!;
  const values = new Float32Array(data.length / channels);
  for (let i = 0; i < values.length; i++) {
    const from = i * channels;
    if (channel !== null) values[i] = data[from + channel]!;
    else {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += Math.abs(data[from + c]!);
      values[i] = sum / channels;
    }
  }
  return values;
}

/** The cells of tiles as pixels. */
function spread(
  values: Float32Array,
  count: number,
  { width, height }: { readonly width: number; readonly height: number },
  rows: Int32Array,
  columns: Int32Array,
): Float32Array {
  const out = new Float32Array(count * rows.length * columns.length);
  let at = 0;
  for (let n = 0; n < count; n++) {
    for (const row of rows) {
      const from = (n * height + row) * width;
      for (const column of columns) out[at++] = values[from + column]!;
    }
  }
  return out;
}
