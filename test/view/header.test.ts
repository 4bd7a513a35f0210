import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHeader } from '../../src/runtime/data/formats/read-picture.js';
import { headerOf } from '../../src/view/trial/header.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-header-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const colours = (): Sharp =>
  sharp({ create: { width: 31, height: 17, channels: 3, background: '#c84' } });

const files: readonly (readonly [string, () => Sharp])[] = [
  ['PNG in colours', () => colours().png()],
  ['PNG in greys', () => colours().toColourspace('b-w').png()],
  ['PNG of a palette', () => colours().png({ palette: true })],
  ['interlaced PNG', () => colours().png({ progressive: true })],
  ['JPEG in colours', () => colours().jpeg()],
  ['JPEG in greys', () => colours().toColourspace('b-w').jpeg()],
  ['progressive JPEG', () => colours().jpeg({ progressive: true })],
  [
    'JPEG with EXIF',
    () =>
      colours()
        .withExif({ IFD0: { Copyright: 'x' } })
        .jpeg(),
  ],
];

describe('the header of an image in the page', () => {
  it.each(files)('of a %s says what netc predict reads', async (name, make) => {
    const bytes = await make().toBuffer();
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const { width, height, channels } = await readHeader(path);
    expect(headerOf(bytes, name)).toEqual({ width, height, channels });
  });

  it('of bytes that end anywhere is an error that names the file', async () => {
    for (const bytes of [await colours().png().toBuffer(), await colours().jpeg().toBuffer()]) {
      for (let length = 0; length < 40; length++) {
        expect(() => headerOf(bytes.subarray(0, length), 'cut')).toThrow(/^cut is damaged/);
      }
    }
  });
});
