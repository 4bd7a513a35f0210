import { digestKey, digestOf } from './digest.js';
import { byName, elements, type TensorFile, typeOf } from './format.js';

/** A file's bytes, and the digest that its metadata has. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * The bytes of a safetensors file: a little-endian 64-bit length, a JSON header of that length, the
 * data. Names are sorted, so the same tensors give the same bytes. Its digest is added to the metadata.
 */
export function encodeSafetensors(file: TensorFile): Encoded {
  const entries = [...file.tensors].sort(byName);
  const sha256 = digestOf(file);
  const header: Record<string, unknown> = {
    __metadata__: { ...file.metadata, [digestKey]: sha256 },
  };
  let end = 0;
  for (const [name, tensor] of entries) {
    const { shape, data } = tensor;
    if (data.length !== elements(shape)) {
      throw new RangeError(`${name} has ${data.length} values for the shape [${shape.join(', ')}]`);
    }
    header[name] = { dtype: typeOf(tensor), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + json.length) / 8) * 8;
  // The format allows blanks after the header; they align the data.
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let offset = start;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return { bytes, sha256 };
}
