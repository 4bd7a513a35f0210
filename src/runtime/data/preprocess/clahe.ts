import type { ClaheOptions } from '../../experiments/options/preprocess.js';
import { mirrored } from '../mirror.js';
import type { Frame, Picture } from '../sample.js';
import { luminance, requireColours } from './gray.js';

const values = 256;

/**
 * Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) of values of 0 to 255. Each tile has a histogram of
 * its own, clipped at `clip` times its mean; a pixel is mapped by those of the four tiles around it, blended by distance.
 * Distances are those of a pixel's upper left corner, as OpenCV takes them.
 * Of three channels the luminance is equalised and each channel moved by as much as it moved, so that the hue stays.
 */
export function clahe<T extends Frame>(frame: T, options: ClaheOptions): T {
  requireColours('clahe', frame);
  const { image } = frame;
  const { channels, data } = image;
  if (channels === 1) return { ...frame, image: { ...image, data: equalised(image, options) } };
  const bright = new Float32Array(image.width * image.height);
  for (let i = 0; i < bright.length; i++) {
    for (let c = 0; c < 3; c++) bright[i]! += luminance[c]! * data[i * channels + c]!;
  }
  const even = equalised({ ...image, channels: 1, data: bright }, options);
  const moved = data.map((value, i) => {
    const pixel = Math.floor(i / channels);
    return clipped(value + even[pixel]! - bright[pixel]!);
  });
  return { ...frame, image: { ...image, data: moved } };
}

const clipped = (value: number): number => Math.min(values - 1, Math.max(0, value));
/** Of a value its place in a histogram; halves go to the even side, as IEEE 754 rounds. */
function binOf(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return clipped(rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low);
}

function equalised(picture: Picture, { clip, tiles }: ClaheOptions): Float32Array {
  const { width, height, data } = picture;
  const [tileWidth, tileHeight] = [Math.ceil(width / tiles), Math.ceil(height / tiles)];
  const bins = Uint8Array.from(data, binOf);
  const maps = tileMaps(bins, picture, tiles, tileWidth, tileHeight, clip);
  const columns = neighbours(width, tileWidth, tiles);
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const place = y / tileHeight - 0.5;
    const upper = Math.floor(place);
    const down = place - upper;
    const rows = [clampTile(upper, tiles) * tiles, clampTile(upper + 1, tiles) * tiles];
    for (let x = 0; x < width; x++) {
      const bin = bins[y * width + x]!;
      const [left, right, share] = [columns.left[x], columns.right[x], columns.share[x]];
      const at = (row: number, column: number): number => maps[(row + column) * values + bin]!;
      const above = at(rows[0]!, left!) * (1 - share!) + at(rows[0]!, right!) * share!;
      const below = at(rows[1]!, left!) * (1 - share!) + at(rows[1]!, right!) * share!;
      out[y * width + x] = above * (1 - down) + below * down;
    }
  }
  return out;
}

const clampTile = (tile: number, tiles: number): number => Math.min(tiles - 1, Math.max(0, tile));

/** The tiles whose middles lie left and right of each column, and how near the right one is. */
function neighbours(width: number, tileWidth: number, tiles: number) {
  const [left, right] = [new Int32Array(width), new Int32Array(width)];
  const share = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    const place = x / tileWidth - 0.5;
    const tile = Math.floor(place);
    left[x] = clampTile(tile, tiles);
    right[x] = clampTile(tile + 1, tiles);
    share[x] = place - tile;
  }
  return { left, right, share };
}

/** By tile, then by value, the new value. An image that does not divide evenly is mirrored to the right and below. */
function tileMaps(
  bins: Uint8Array,
  { width, height }: Picture,
  tiles: number,
  tileWidth: number,
  tileHeight: number,
  clip: number,
): Uint8Array {
  const maps = new Uint8Array(tiles * tiles * values);
  const counts = new Float64Array(values);
  for (let tile = 0; tile < tiles * tiles; tile++) {
    const [top, left] = [Math.floor(tile / tiles) * tileHeight, (tile % tiles) * tileWidth];
    counts.fill(0);
    for (let y = top; y < top + tileHeight; y++) {
      const row = mirrored(y, height) * width;
      for (let x = left; x < left + tileWidth; x++) counts[bins[row + mirrored(x, width)]!]!++;
    }
    spread(counts, Math.max(1, Math.floor((clip * tileWidth * tileHeight) / values)));
    let below = 0;
    for (let value = 0; value < values; value++) {
      below += counts[value]!;
      maps[tile * values + value] = binOf((below * (values - 1)) / (tileWidth * tileHeight));
    }
  }
  return maps;
}

/**
 * Cuts a histogram at `limit` and spreads what was above evenly over all values, whole pixels each; what does not divide
 * evenly goes one by one to values equally far apart, as OpenCV has it.
 */
function spread(counts: Float64Array, limit: number): void {
  let excess = 0;
  for (let value = 0; value < values; value++) {
    excess += Math.max(0, counts[value]! - limit);
    counts[value] = Math.min(counts[value]!, limit);
  }
  const each = Math.floor(excess / values);
  for (let value = 0; value < values; value++) counts[value]! += each;
  const rest = excess % values;
  const apart = Math.max(1, Math.floor(values / Math.max(rest, 1)));
  for (let n = 0; n < rest; n++) counts[n * apart]!++;
}
