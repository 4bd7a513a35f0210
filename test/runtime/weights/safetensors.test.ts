import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from '../../../src/runtime/weights/safetensors.js';

const file = () => ({
  tensors: new Map<string, StoredTensor>([
    ['UNet/kernel', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
    ['step', { shape: [], data: Int32Array.of(-7) }],
    ['UNet/double', { shape: [1, 1], data: Float64Array.of(1 / 3) }],
    ['seen', { shape: [2], data: BigInt64Array.of(2n ** 53n + 1n, -1n) }],
  ]),
  metadata: { step: '12' },
});

describe('safetensors', () => {
  it('reads back what it wrote, to the bit', () => {
    const read = decodeSafetensors(encodeSafetensors(file()), 'x');
    expect(read).toEqual(file());
  });

  it('reads a part of a larger buffer, at any offset', () => {
    const bytes = encodeSafetensors(file());
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeSafetensors(shifted, 'x')).toEqual(file());
  });

  it('has the layout other readers expect: length, JSON, data', () => {
    const bytes = encodeSafetensors(file());
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.step).toEqual({ dtype: 'I32', shape: [], data_offsets: [48, 52] });
    expect(bytes.length).toBe(8 + length + 52);
  });

  it('refuses a file cut off anywhere', () => {
    const bytes = encodeSafetensors(file());
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
    const bytes = Buffer.from(encodeSafetensors(file()));
    bytes.write('F8x', bytes.indexOf('I32'));
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(/step is F8x/);
  });
});
