import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/runtime/errors/errors.js';
import { readTensors } from '../../../../src/runtime/weights/read-tensors.js';
import { type ZipOptions, zipOf } from './zip-of.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Part = string | Uint8Array;
const bytesOf = (parts: readonly Part[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
const text = (value: string): Buffer => bytesOf(['X', Uint8Array.of(value.length, 0, 0, 0), value]);
const count = (value: number): Buffer => {
  const bytes = Buffer.alloc(5, 'J');
  bytes.writeInt32LE(value, 1);
  return bytes;
};
const tupleOf = (...items: Part[]): Buffer => bytesOf(['(', ...items, 't']);

/** The tensor of a storage `0` of floats, as torch pickles it. */
const tensor = (numbers: number, offset: number, size: number[], stride: number[]): Buffer =>
  bytesOf([
    'ctorch._utils\n_rebuild_tensor_v2\n(',
    tupleOf(text('storage'), 'ctorch\nFloatStorage\n', text('0'), text('cpu'), count(numbers)),
    'Q',
    count(offset),
    tupleOf(...size.map(count)),
    tupleOf(...stride.map(count)),
    '\x89NtR',
  ]);
const dictionary = (value: Part): Buffer => bytesOf(['\x80\x02}', text('w'), value, 's.']);

/** What reading a checkpoint whose pickle is this gives. */
async function read(pickle: Uint8Array, numbers = 4, options: ZipOptions = {}) {
  const path = join(folder, 'x.pth');
  const files = { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(4 * numbers) };
  await writeFile(path, zipOf(files, options));
  return readTensors(path);
}

describe('a pickle that wants more than tensors', () => {
  const touched = (): string => join(folder, 'touched');
  const shell = (): Buffer => tupleOf(text(`touch ${touched()}`));
  it.each<[string, () => readonly Part[], string]>([
    ['calls a shell', () => ['cposix\nsystem\n', shell(), 'R.'], 'posix.system'],
    ['calls os.system', () => ['cos\nsystem\n', shell(), 'R.'], 'os.system'],
    ['evaluates', () => ['c__builtin__\neval\n', tupleOf(text('1')), 'R.'], '__builtin__.eval'],
    [
      'names a function by the stack',
      () => ['\x80\x04', text('builtins'), text('exec'), '\x93', tupleOf(text('1')), 'R.'],
      'builtins.exec',
    ],
    [
      'reaches through what it may name',
      () => ['ctorch._utils\n_rebuild_tensor_v2.__globals__\n.'],
      'torch._utils._rebuild_tensor_v2.__globals__',
    ],
    ['makes an object', () => ['cmalice\nEvil\n)\x81}b.'], 'malice.Evil'],
    [
      'loads a storage by a pickle in it',
      () => ['ctorch.storage\n_load_from_bytes\n(C\x01xtR.'],
      'torch.storage._load_from_bytes',
    ],
    ['names what every object has', () => ['c__proto__\nconstructor\n.'], '__proto__.constructor'],
    ['has a class of the first protocol', () => ['(ios\nsystem\n.'], 'the pickle instruction 0x69'],
    ['takes an extension', () => ['\x82\x01.'], 'the pickle instruction 0x82'],
    ['gives a state to a list', () => [']}b.'], 'an object with a state of its own'],
    ['calls a number', () => ['K\x01)R.'], 'a call of what is no function'],
    [
      'is a whole module',
      () => [tupleOf(text('module'), 'ctorch\nTensor\n', text('a.py'), text('')), 'Q.'],
      'a whole module',
    ],
  ])('%s: it is refused by name', async (_, parts, what) => {
    const answer = await read(bytesOf(parts())).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(InputError);
    expect((answer as Error).message).toContain(`x.pth holds ${what}, which is not read`);
    expect(existsSync(touched())).toBe(false);
  });
});

describe('a pickle that is damaged, or made to be', () => {
  it.each<[string, readonly Part[], RegExp]>([
    ['a number of four billion bytes', ['\x8b\xff\xff\xff\xff.'], /ends at byte/],
    ['a number of a thousand bytes', ['\x8b\xe8\x03\x00\x00', 'x'.repeat(1000), '.'], /1000 bytes/],
    ['a text that is longer than the file', ['X\xff\xff\xff\x7fabc.'], /ends at byte/],
    ['a text of 2^63 bytes', ['\x8d\xff\xff\xff\xff\xff\xff\xff\x7f.'], /ends at byte/],
    ['a text that is none', ['X\x02\0\0\0\xff\xff.'], /no UTF-8/],
    ['a value it never kept', ['h\x07.'], /recalls 7/],
    ['an empty stack', ['R.'], /stack is empty/],
    ['no mark', ['K\x01t.'], /mark is missing/],
    ['no end', ['}'], /ends at byte/],
    ['an index in a list of places that has none', ['Np99999999999\n.'], /no index/],
  ])('by %s', async (_, parts, message) => {
    await expect(read(bytesOf(parts))).rejects.toThrow(message);
  });

  it('by lists in lists that double forty times: they stay one list, and no tensor', async () => {
    const doubled = Array.from({ length: 40 }, () => '2\x86').join('');
    await expect(read(bytesOf([']', doubled, '.']))).rejects.toThrow(/no tensors by name/);
  });

  it('by a call whose arguments are themselves, again and again', async () => {
    const make = 'ctorch._tensor\n_rebuild_from_type_v2\n';
    const pickle = bytesOf([make, ']q\x00(', make, 'Nh\x00NeR.']);
    await expect(read(pickle)).rejects.toThrow(/a tensor is made of no tensor/);
  });

  it('by a name that is a list, a hundred thousand lists deep', async () => {
    const pickle = bytesOf([']', '\x85'.repeat(100_000), text('x'), '\x93.']);
    await expect(read(pickle)).rejects.toThrow(/a name is no text/);
  });

  it('by a dictionary in itself', async () => {
    const pickle = bytesOf(['}q\x00', text('model'), 'h\x00s.']);
    await expect(read(pickle)).rejects.toThrow(/no tensors by name, only model/);
  });
});

describe('a tensor', () => {
  it('is read in its place, also of an archive with sizes in 64 bits', async () => {
    const pickle = dictionary(tensor(4, 1, [3], [1]));
    expect((await read(pickle)).tensors.get('w')?.shape).toEqual([3]);
    expect((await read(pickle, 4, { wide: true })).tensors.get('w')?.shape).toEqual([3]);
  });

  it.each<[string, Buffer, RegExp]>([
    ['outside its storage', tensor(4, 2, [3], [1]), /ends at number 5 of the 4/],
    ['by a stride outside it', tensor(4, 0, [2], [4]), /ends at number 5 of the 4/],
    ['from before it', tensor(4, -1, [1], [1]), /has no storage/],
    ['backwards', tensor(4, 3, [2], [-1]), /no strides of whole numbers/],
    ['of a negative size', tensor(4, 0, [-2], [1]), /no size of whole numbers/],
    ['with fewer strides than sizes', tensor(4, 0, [2, 2], [1]), /a stride too many/],
    [
      'of a storage that is shorter than it says',
      tensor(400, 0, [400], [1]),
      /has 16 bytes for 400/,
    ],
    [
      'that repeats one number a billion times',
      tensor(1, 0, [1 << 30], [0]),
      /larger than the file/,
    ],
    ['beyond all numbers', tensor(1, 0, Array(40).fill(1 << 30), Array(40).fill(0)), /larger than/],
  ])('%s is an error', async (_, value, message) => {
    await expect(read(dictionary(value))).rejects.toThrow(message);
  });
});

describe('an archive', () => {
  const pickle = dictionary(tensor(4, 0, [4], [1]));
  const written = async (bytes: Uint8Array) => {
    await writeFile(join(folder, 'x.pth'), bytes);
    return readTensors(join(folder, 'x.pth'));
  };

  it('that was packed again is read', async () => {
    const numbers = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    const files = { 'x/data.pkl': deflateRawSync(pickle), 'x/data/0': deflateRawSync(numbers) };
    const sizes = [pickle.length, numbers.length];
    const { tensors } = await written(zipOf(files, { method: 8, sizes }));
    expect(tensors.get('w')).toEqual({ shape: [4], data: Float32Array.of(1, 2, 3, 4) });
    const other = written(zipOf(files, { method: 9, sizes }));
    await expect(other).rejects.toThrow(/data\.pkl, packed by method 9, which is not read/);
  });

  it.each([0, 8])(
    'with two bytes that are not what was written is an error: method %d',
    async (method) => {
      const packed = method === 8 ? deflateRawSync : (bytes: Uint8Array) => bytes;
      const numbers = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
      const whole = { 'x/data.pkl': packed(pickle), 'x/data/0': packed(numbers) };
      const sizes = [pickle.length, numbers.length];
      const file = zipOf(whole, { method, sizes });
      await expect(written(file)).resolves.toBeDefined();
      const flipped = numbers.map((byte, i) => (i === 5 || i === 9 ? byte ^ 1 : byte));
      file.set(packed(flipped), file.indexOf(packed(numbers)));
      await expect(written(file)).rejects.toThrow(/: x\/data\/0 is damaged; copy or download/);
    },
  );

  it('that torch.save wrote without checksums is read', async () => {
    const files = { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(16) };
    expect((await written(zipOf(files, { checksum: 0 }))).tensors.size).toBe(1);
  });

  it.each([1000, 2 ** 27])(
    'that unpacks to more than the %d bytes it says is an error',
    async (size) => {
      const files = { 'x/data.pkl': deflateRawSync(new Uint8Array(10_000_000)) };
      await expect(written(zipOf(files, { method: 8, sizes: [size] }))).rejects.toThrow(
        /is damaged/,
      );
    },
  );

  it('of something else says so', async () => {
    await expect(written(zipOf({ 'word/document.xml': pickle }))).rejects.toThrow(
      /without the data\.pkl/,
    );
    const program = { 'x/data.pkl': pickle, 'x/constants.pkl': pickle };
    await expect(written(zipOf(program))).rejects.toThrow(/TorchScript program.*torch\.jit\.load/);
    const foreign = { 'x/data.pkl': pickle, 'x/byteorder': Buffer.from('big') };
    await expect(written(zipOf(foreign))).rejects.toThrow(/byte order big/);
  });

  it('whose name would be more than a name in a shell is not put into a line to paste', async () => {
    const path = join(folder, '$(touch touched).pth');
    await writeFile(path, zipOf({ 'x/data.pkl': bytesOf(['cos\nsystem\n)R.']) }));
    const answer = await readTensors(path).catch(({ message }: Error) => message);
    expect(answer).toContain("torch.load('FILE.pth'");
  });

  it('names that lead elsewhere lead nowhere', async () => {
    const away = bytesOf([
      pickle.toString('latin1').replace('X\x01\0\0\x000', 'X\x07\0\0\0../../x'),
    ]);
    const answer = written(zipOf({ 'x/data.pkl': away, 'x/data/0': new Uint8Array(16) }));
    await expect(answer).rejects.toThrow(/x\/data\/\.\.\/\.\.\/x is missing/);
  });
});
