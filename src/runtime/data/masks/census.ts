import { InputError } from '../../errors/errors.js';
import type { Pixels } from '../formats/format.js';
import { readHeader, readPixels } from '../formats/read-picture.js';
import { codesOf } from './labels.js';

/** What one file of a mask holds, all its slices together. */
export interface Census {
  /** The value of white; null where the file has none. */
  readonly white: number | null;
  readonly lossy: boolean;
  readonly pixels: number;
  /** How many pixels have each value (`codesOf`), the most frequent first; `mostValues` at most. */
  readonly values: readonly (readonly [code: number, pixels: number])[];
  /** How many values that do not fit there are. */
  readonly notFinite: number;
  /** How many the file holds more exactly than 32 bits of floating point can. */
  readonly rounded: number;
  /** Whether there were more values than are listed. */
  readonly more: boolean;
  /** Of its transparency; null where it has none. */
  readonly alpha: AlphaCensus | null;
}

interface AlphaCensus {
  readonly values: readonly (readonly [value: number, pixels: number])[];
  /** Whether what shows through is black and shows through wholly: then colours alone tell everything. */
  readonly black: boolean;
}

/** No mask has so many values; a photograph that was taken for one has. */
const mostValues = 4096;

/** Counts the values of a file, slice by slice. Throws `InputError` where it cannot be read. */
export async function censusOf(path: string): Promise<Census> {
  const { slices } = await readHeader(path);
  const [values, alphas] = [new Counts(), new Counts()];
  let [pixels, rounded, black] = [0, 0, true];
  let last: Pixels | undefined;
  for (let slice = 0; slice < slices; slice++) {
    last = await readPixels(path, slice);
    const { alpha, white } = last;
    const codes = codesIn(last, path);
    values.add(codes);
    pixels += codes.length;
    rounded += last.rounded ?? 0;
    if (!alpha) continue;
    alphas.add(alpha);
    for (let i = 0; black && i < alpha.length; i++) {
      if (alpha[i]! < (white ?? 255)) black = alpha[i] === 0 && codes[i] === 0;
    }
  }
  return {
    white: last?.white ?? null,
    lossy: last?.lossy ?? false,
    pixels,
    values: values.list(),
    notFinite: values.notFinite,
    rounded,
    more: values.more,
    alpha: last?.alpha ? { values: alphas.list(), black } : null,
  };
}

function codesIn(pixels: Pixels, path: string): ArrayLike<number> {
  try {
    return codesOf(pixels);
  } catch (error) {
    throw new InputError(`${path} is no mask: ${(error as Error).message}`);
  }
}

class Counts {
  readonly #counts = new Map<number, number>();
  notFinite = 0;
  more = false;

  /** Masks have long runs of one value: each run is counted once. */
  add(values: ArrayLike<number>): void {
    let from = 0;
    for (let i = 1; i <= values.length; i++) {
      if (i < values.length && values[i] === values[from]) continue;
      this.#count(values[from]!, i - from);
      from = i;
    }
  }

  #count(value: number, pixels: number): void {
    const before = this.#counts.get(value);
    if (!Number.isFinite(value)) this.notFinite += pixels;
    else if (before !== undefined) this.#counts.set(value, before + pixels);
    else if (this.#counts.size < mostValues) this.#counts.set(value, pixels);
    else this.more = true;
  }

  list = (): readonly (readonly [number, number])[] =>
    [...this.#counts].sort(([a, m], [b, n]) => n - m || a - b);
}
