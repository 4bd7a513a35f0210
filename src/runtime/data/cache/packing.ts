import { endianness } from 'node:os';
import { sha256 } from '../../files/hash.js';
import type { Mask, Sample } from '../sample.js';

/** What stands before the values. */
interface PackedHeader {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** `byte` where all values are whole numbers of 0 to 255, as those of a photograph are. */
  readonly values: 'byte' | 'float';
  readonly fov: boolean;
  readonly endianness: string;
  /** Of all that follows the header. */
  readonly hash: string;
}

/** A sample as a header of JSON in one line and its values: image, mask, field of view. */
export function pack({ image, mask, fov }: Sample): Uint8Array {
  const { width, height, channels, data } = image;
  const bytes = Uint8Array.from(data);
  const asBytes = data.every((value, i) => value === bytes[i]);
  const values = asBytes ? bytes : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const body = Buffer.concat([values, mask.data, fov?.data ?? new Uint8Array()]);
  const header: PackedHeader = {
    width,
    height,
    channels,
    values: asBytes ? 'byte' : 'float',
    fov: fov !== null,
    endianness: endianness(),
    hash: sha256(body),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/** Undefined where `file` is not whole, or not of this kind of machine. */
export function unpack(file: Uint8Array, id: string): Sample | undefined {
  const end = file.indexOf(10);
  const header = parsed(Buffer.from(file.subarray(0, Math.max(end, 0))).toString());
  if (!header || header.endianness !== endianness()) return undefined;
  const body = file.subarray(end + 1);
  if (sha256(body) !== header.hash) return undefined;
  const { width, height, channels, values, fov } = header;
  const pixels = width * height;
  const length = pixels * channels * (values === 'byte' ? 1 : 4);
  // Copied, since values of four bytes have to begin at a multiple of four.
  const own = body.slice(0, length);
  const data =
    values === 'byte' ? Float32Array.from(own) : new Float32Array(new Uint8Array(own).buffer);
  const maskAt = (at: number): Mask => ({
    width,
    height,
    data: new Uint8Array(body.subarray(at, at + pixels)),
  });
  return {
    id,
    image: { width, height, channels, data },
    mask: maskAt(length),
    fov: fov ? maskAt(length + pixels) : null,
  };
}

function parsed(text: string): PackedHeader | undefined {
  try {
    return JSON.parse(text) as PackedHeader;
  } catch {
    return undefined;
  }
}
