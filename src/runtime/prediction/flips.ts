import type { PredictTiles } from './stitch.js';

/** Tiles or maps of one size, one after the other. */
interface TileSizes {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/**
 * Predicts tiles as they are and mirrored top to bottom, left to right and both, and averages the
 * four predictions, each mirrored back.
 * @param window rows and columns of a tile
 * @param inner those of its prediction
 */
export function averageOfFlips(
  predict: PredictTiles,
  window: readonly [number, number],
  inner: readonly [number, number],
): PredictTiles {
  return async (tiles, count) => {
    const channelsIn = tiles.length / (count * window[0] * window[1]);
    let sum: Float32Array | null = null;
    for (const down of [false, true]) {
      for (const across of [false, true]) {
        const seen = { count, rows: window[0], columns: window[1], channels: channelsIn };
        const values = await predict(flipped(tiles, seen, down, across), count);
        const channels = values.length / (count * inner[0] * inner[1]);
        const own = { count, rows: inner[0], columns: inner[1], channels };
        const back = flipped(values, own, down, across);
        sum = sum === null ? back : sum.map((value, i) => value + back[i]!);
      }
    }
    return sum!.map((value) => value / 4);
  };
}

function flipped(
  data: Float32Array,
  { count, rows, columns, channels }: TileSizes,
  down: boolean,
  across: boolean,
): Float32Array {
  const out = new Float32Array(data.length);
  let at = 0;
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < rows; y++) {
      const row = (n * rows + (down ? rows - 1 - y : y)) * columns;
      for (let x = 0; x < columns; x++) {
        const pixel = (row + (across ? columns - 1 - x : x)) * channels;
        for (let c = 0; c < channels; c++) out[at++] = data[pixel + c]!;
      }
    }
  }
  return out;
}
