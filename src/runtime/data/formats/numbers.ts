import { halfOf } from '../../files/half-precision.js';

/** A type of number in a file: its bytes and how one is read. */
export interface NumberType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

/** By the names that npy has for them. */
export const numberTypes = {
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f2: { bytes: 2, read: (view, at, little) => halfOf(view.getUint16(at, little)) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
} as const satisfies Record<string, NumberType>;

/** What a file says of its stored numbers: `value = stored * slope + intercept`. */
export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
}

/** A slope that is 0 or no number says that values are as they are stored; an intercept that is no number adds nothing. */
export const rescaleOf = (slope: number | undefined, intercept: number | undefined): Rescale =>
  slope === undefined || slope === 0 || !Number.isFinite(slope)
    ? { slope: 1, intercept: 0 }
    : { slope, intercept: Number.isFinite(intercept) ? (intercept as number) : 0 };

export interface ReadNumbers {
  readonly data: Float32Array;
  /** How many of them are not what the file holds, since 32 bits of floating point cannot hold them. */
  readonly rounded: number;
}

/** `count` numbers from `start` on, rescaled before they are rounded to 32 bits. The bytes must be there. */
export function readNumbers(
  bytes: Uint8Array,
  start: number,
  count: number,
  { bytes: width, read }: NumberType,
  little: boolean,
  { slope, intercept }: Rescale = { slope: 1, intercept: 0 },
): ReadNumbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float32Array(count);
  const plain = slope === 1 && intercept === 0;
  let rounded = 0;
  for (let i = 0; i < count; i++) {
    const stored = read(view, start + i * width, little);
    data[i] = plain ? stored : stored * slope + intercept;
    if (width > 2 && isRounded(stored)) rounded++;
  }
  return { data, rounded };
}

const isRounded = (stored: number): boolean =>
  (Math.fround(stored) !== stored && !Number.isNaN(stored)) ||
  // From here on the number may have been rounded before it came here.
  (Math.abs(stored) > Number.MAX_SAFE_INTEGER && Number.isFinite(stored));
