/** The rows of a prediction that tiles are still added to, and no others. */
export interface Strip {
  /** Adds a tile whose upper left pixel is at `top`, `left` of the image; what lies outside is dropped. */
  add(tile: Float32Array, top: number, left: number): void;
  /** Rows below `row` get nothing more: they are handed on, averaged, and forgotten. */
  finish(row: number): void;
}

/** Takes finished rows from the top down: `values` by row, column and channel. */
export type OnRows = (top: number, values: Float32Array, channels: number) => void;

/**
 * A strip over an image of `width` by `height` for tiles of `rows` by `columns` with one weight a
 * pixel. It holds as many rows as lie between the first unfinished one and the last one added to.
 */
export function stripOf(
  { width, height }: { readonly width: number; readonly height: number },
  [rows, columns]: readonly [number, number],
  weights: Float32Array,
  channels: number,
  onRows: OnRows,
): Strip {
  let first = 0;
  let held = 0;
  // In double, so that an average is never above the greatest of its values once it is rounded.
  let sums = new Float64Array(0);
  let shares = new Float64Array(0);

  const hold = (count: number): void => {
    if (count <= held) return;
    sums = enlarged(sums, count * width * channels);
    shares = enlarged(shares, count * width);
    held = count;
  };
  return {
    add(tile, top, left) {
      hold(Math.min(top + rows, height) - first);
      for (let y = Math.max(0, -top); y < rows && top + y < height; y++) {
        const row = (top + y - first) * width + left;
        for (let x = Math.max(0, -left); x < columns && left + x < width; x++) {
          const weight = weights[y * columns + x]!;
          const [pixel, from] = [row + x, y * columns + x];
          shares[pixel] = shares[pixel]! + weight;
          for (let c = 0; c < channels; c++) {
            const at = pixel * channels + c;
            sums[at] = sums[at]! + weight * tile[from * channels + c]!;
          }
        }
      }
    },
    finish(row) {
      const count = Math.min(row, height) - first;
      if (count <= 0) return;
      const values = new Float32Array(count * width * channels);
      for (let i = 0; i < values.length; i++)
        values[i] = sums[i]! / shares[Math.floor(i / channels)]!;
      onRows(first, values, channels);
      shift(sums, count * width * channels);
      shift(shares, count * width);
      first += count;
    },
  };
}

function enlarged(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const more = new Float64Array(length);
  more.set(values);
  return more;
}

function shift(values: Float64Array, by: number): void {
  values.copyWithin(0, by);
  values.fill(0, values.length - by);
}
