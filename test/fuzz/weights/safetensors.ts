import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { decodeSafetensors } from '../../../src/runtime/weights/safetensors/decode.js';
import { encodeSafetensors } from '../../../src/runtime/weights/safetensors/encode.js';
import type { TensorFile } from '../../../src/runtime/weights/safetensors/format.js';
import type { Dice } from '../../compiler/format/dice.js';
import { mutateBytes } from '../mutate-bytes.js';
import { mutateText, type Vocabulary } from '../mutate-text.js';
import type { Case } from '../subject.js';
import type { Kind } from './kind.js';

const small: TensorFile = {
  tensors: new Map([
    ['UNet/kernel', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
    ['step', { shape: [], data: Int32Array.of(-7) }],
    ['UNet/double', { shape: [1, 1], data: Float64Array.of(1 / 3) }],
    ['seen', { shape: [2], data: BigInt64Array.of(2n ** 53n + 1n, -1n) }],
    ['empty', { shape: [0, 4], data: new Float32Array() }],
  ]),
  metadata: { format: 'netc', step: '12', course: '{"falls":0}' },
};

/** What the words of a header may be in its place. */
export const jsonVocabulary: Vocabulary = {
  numbers: [
    ...['0', '-0', '-1', '1', '0.5', '4', '1e3', '1e400', '9007199254740993', '4294967296', '""'],
    ...['18446744073709551615', 'null', 'true', '[]', '{}', '[0]', '"1"', '1e-7', '00', '-'],
  ],
  words: [
    ...['F16', 'BF16', 'F8_E4M3', 'I64', 'BOOL', 'U8', 'dtype', 'shape', 'data_offsets', 'null'],
    ...['__metadata__', '__proto__', 'constructor', 'sha256', 'step', 'length', 'NaN', '\\u0000'],
    ...['validation', 'loss', 'checkpoints', 'hashes', 'machine', 'course', 'a'.repeat(2000)],
  ],
};

interface SafetensorsCase extends Case {
  readonly bytes: Uint8Array;
  /** What it was before, where that has a digest. */
  readonly whole: TensorFile | null;
}

export function openSafetensors(): Kind {
  const { bytes: own } = encodeSafetensors(small);
  const whole = decodeSafetensors(own, 'whole');
  const foreign = readFileSync('test/fixtures/checkpoints/types.safetensors');
  return {
    share: 50,
    draw(dice): SafetensorsCase {
      const isOwn = dice.chance(0.6);
      const [from, other] = isOwn ? [own, foreign] : [foreign, own];
      const bytes = dice.chance(0.6)
        ? withHeader(from, other, dice)
        : mutateBytes(from, other, dice);
      const what = `of ${isOwn ? "netc's own file" : 'a file of other software'}`;
      return { name: 'case.safetensors', what, bytes, whole: isOwn ? whole : null };
    },
    async attempt(item) {
      const { bytes, whole: before } = item as SafetensorsCase;
      const read = decodeSafetensors(bytes, 'case.safetensors');
      if (before && read.metadata.sha256 !== undefined) {
        // What has a digest and is read is what was saved.
        deepStrictEqual({ ...read.metadata }, { ...before.metadata });
        deepStrictEqual(sorted(read), sorted(before));
        return 'read whole';
      }
      return 'read without a digest';
    },
  };
}

const sorted = ({ tensors }: TensorFile) => [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));

/** With another header, whose length is right: what is in it is what is wrong. */
export function withHeader(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  const length = Number(Buffer.from(bytes).readBigUInt64LE());
  const header = Buffer.from(bytes.subarray(8, 8 + length)).toString();
  const context = { dice, other: textIn(other), vocabulary: jsonVocabulary };
  const text = Buffer.from(mutateText(header, context));
  const begin = Buffer.alloc(8);
  begin.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([begin, text, bytes.subarray(8 + length)]);
}

const textIn = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(8, 2000)).toString();
