import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../../src/runtime/weights/safetensors/decode.js';
import { encodeSafetensors } from '../../../src/runtime/weights/safetensors/encode.js';
import type { StoredTensor } from '../../../src/runtime/weights/safetensors/format.js';

const file = () => ({
  tensors: new Map<string, StoredTensor>([
    ['UNet/kernel', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
    ['step', { shape: [], data: Int32Array.of(-7) }],
    ['UNet/double', { shape: [1, 1], data: Float64Array.of(1 / 3) }],
    ['seen', { shape: [2], data: BigInt64Array.of(2n ** 53n + 1n, -1n) }],
  ]),
  metadata: { step: '12' },
});

/** A file as another writer might lay it out. */
function written(header: unknown, ...data: readonly ArrayBufferView[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const parts = data.map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength));
  return Buffer.concat([length, json, ...parts]);
}

describe('safetensors', () => {
  it('reads back what it wrote, to the bit', () => {
    const read = decodeSafetensors(encodeSafetensors(file()).bytes, 'x');
    expect(read.tensors).toEqual(file().tensors);
    expect(read.metadata).toEqual({ step: '12', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('notices any one bit that is not as it was saved', () => {
    const { bytes } = encodeSafetensors(file());
    const begin = bytes.length - 52;
    fc.assert(
      fc.property(fc.nat(8 * 52 - 1), (bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[begin + (bit >> 3)]! ^= 1 << (bit & 7);
        expect(() => decodeSafetensors(flipped, 'last.safetensors')).toThrow(
          'last.safetensors is damaged: what it holds is not what was saved',
        );
      }),
    );
  });

  it('notices metadata that are not as they were saved', () => {
    const bytes = Buffer.from(encodeSafetensors(file()).bytes);
    bytes.write('"13"', bytes.indexOf('"12"'));
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(/x is damaged/);
  });

  it('takes the same file in another order for the same', () => {
    const { bytes } = encodeSafetensors(file());
    const { metadata } = decodeSafetensors(bytes, 'x');
    const turned = written(
      {
        __metadata__: metadata,
        step: { dtype: 'I32', shape: [], data_offsets: [0, 4] },
        'UNet/kernel': { dtype: 'F32', shape: [2, 3], data_offsets: [4, 28] },
        seen: { dtype: 'I64', shape: [2], data_offsets: [28, 44] },
        'UNet/double': { dtype: 'F64', shape: [1, 1], data_offsets: [44, 52] },
      },
      ...['step', 'UNet/kernel', 'seen', 'UNet/double'].map(
        (name) => file().tensors.get(name)!.data,
      ),
    );
    expect(decodeSafetensors(turned, 'x').tensors).toEqual(file().tensors);
  });

  it('reads a part of a larger buffer, at any offset', () => {
    const bytes = encodeSafetensors(file()).bytes;
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeSafetensors(shifted, 'x').tensors).toEqual(file().tensors);
  });

  it('has the layout other readers expect: length, JSON, data', () => {
    const bytes = encodeSafetensors(file()).bytes;
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.step).toEqual({ dtype: 'I32', shape: [], data_offsets: [48, 52] });
    expect(bytes.length).toBe(8 + length + 52);
  });

  it('refuses a file cut off anywhere', () => {
    const bytes = encodeSafetensors(file()).bytes;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(() => decodeSafetensors(bytes.slice(0, length), 'last.safetensors')).toThrow(
          /last\.safetensors is not a whole safetensors file/,
        );
      }),
    );
  });

  it.each([
    '3',
    'null',
    '[]',
    '{"dtype":"F32"}',
    '{"dtype":"F32","shape":[1]}',
    '{"dtype":"F32","shape":[1],"data_offsets":[-8,-4]}',
  ])('refuses a header with %s for a tensor', (entry) => {
    const header = `{"a":${entry}}`.padEnd(60);
    const bytes = Buffer.concat([Buffer.from([60, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(header)]);
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(/x is not a whole safetensors file/);
  });

  it('reads halves and small whole numbers of other writers, widened', () => {
    const header = JSON.stringify({
      half: { dtype: 'F16', shape: [2], data_offsets: [0, 4] },
      brain: { dtype: 'BF16', shape: [1], data_offsets: [4, 6] },
      flag: { dtype: 'BOOL', shape: [2], data_offsets: [6, 8] },
    });
    const length = Buffer.from([header.length, 0, 0, 0, 0, 0, 0, 0]);
    const data = Buffer.from([0x00, 0xc1, 0xff, 0x7b, 0x20, 0xc0, 1, 0]);
    const { tensors } = decodeSafetensors(Buffer.concat([length, Buffer.from(header), data]), 'x');
    expect(tensors.get('half')).toEqual({ shape: [2], data: Float32Array.of(-2.5, 65504) });
    expect(tensors.get('brain')).toEqual({ shape: [1], data: Float32Array.of(-2.5) });
    expect(tensors.get('flag')).toEqual({ shape: [2], data: Int32Array.of(1, 0) });
  });

  it('refuses a type it would read wrongly', () => {
    const bytes = Buffer.from(encodeSafetensors(file()).bytes);
    bytes.write('F8x', bytes.indexOf('I32'));
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(/step is F8x/);
  });

  const pair = (a: readonly number[], b: readonly number[], bytes: number, shape: unknown = [1]) =>
    written(
      {
        a: { dtype: 'F32', shape, data_offsets: a },
        b: { dtype: 'F32', shape: [1], data_offsets: b },
      },
      new Uint8Array(bytes),
    );

  it.each([
    ['overlap', pair([0, 4], [2, 6], 6), 'b overlaps a'],
    ['are the same', pair([0, 4], [0, 4], 4), 'b overlaps a'],
    ['leave a gap', pair([0, 4], [8, 12], 12), '4 bytes between a and b are of no tensor'],
    ['leave the beginning', pair([4, 8], [8, 12], 12), '4 bytes between its header and a'],
    ['leave the end', pair([0, 4], [4, 8], 9), '1 bytes behind b are of no tensor'],
    ['end behind the file', pair([0, 4], [4, 8], 7), 'b ends at byte 8 of 7'],
    ['go backwards', pair([4, 0], [4, 8], 8), 'a lies at [4,0]'],
    ['are no whole numbers', pair([0, 4.5], [4, 8], 8), 'a lies at [0,4.5]'],
    ['are negative', pair([-4, 0], [0, 4], 4), 'a lies at [-4,0]'],
    ['are three', pair([0, 4, 4], [4, 8], 8), 'a lies at [0,4,4]'],
    ['have half a size', pair([0, 4], [4, 8], 8, [0.5, 2]), 'a has the shape [0.5,2]'],
    ['have negative sizes', pair([0, 4], [4, 8], 8, [-1, -1]), 'a has the shape [-1,-1]'],
  ])('refuses tensors that %s', (_, bytes, reason) => {
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(
      `x is not a whole safetensors file: ${reason}`,
    );
  });

  it.each([
    ['[]', 'its header is no object'],
    ['null', 'its header is no object'],
    ['{"__metadata__": {"step": 3}}', 'its metadata is not text by name'],
    ['{"__metadata__": []}', 'its metadata is not text by name'],
  ])('refuses the header %s', (text, reason) => {
    expect(() => decodeSafetensors(written(JSON.parse(text)), 'x')).toThrow(reason);
  });
});
