import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../../src/runtime/data/formats/read-picture.js';
import { readMask } from '../../../../src/runtime/data/masks/read-mask.js';
import { fov, fundusFov } from '../../../../src/runtime/data/preprocess/fundus.js';
import type { Mask, Picture } from '../../../../src/runtime/data/sample.js';
import { drawRetina } from '../../../../src/runtime/data/synthetic/retina.js';

const areaOf = ({ data }: Mask): number => data.reduce((sum, value) => sum + value, 0);

/** What both hold, as a share of what either holds. */
function overlap(a: Mask, b: Mask): number {
  const both = a.data.reduce((sum, value, i) => sum + (value & b.data[i]!), 0);
  return both / (areaOf(a) + areaOf(b) - both);
}

interface Photograph {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Grey value by distance from the middle as a share of the radius. */
  readonly light: (distance: number) => number;
  readonly surround: (x: number, y: number) => number;
}

/** A disc in the middle, cut where the frame ends, and the field of view as it was drawn. */
function photograph({ width, height, radius, light, surround }: Photograph): {
  picture: Picture;
  drawn: Mask;
} {
  const inside = new Uint8Array(width * height);
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < inside.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const distance = Math.hypot(x - width / 2, y - height / 2) / radius;
    inside[i] = distance <= 1 ? 1 : 0;
    const grey = distance <= 1 ? light(distance) : surround(x, y);
    for (const [c, share] of [1, 0.5, 0.25].entries()) data[i * 3 + c] = Math.round(grey * share);
  }
  return {
    picture: { width, height, channels: 3, data },
    drawn: { width, height, data: inside },
  };
}

const dark = (x: number, y: number): number => (x * 7 + y * 13) % 5;

describe('the field of view of a fundus photograph', () => {
  it('is found within 1 % on synthetic retinas', () => {
    for (let index = 0; index < 6; index++) {
      const { image, fov } = drawRetina(256, 3, index);
      const found = fundusFov(image);
      expect(Math.abs(areaOf(found) / areaOf(fov!) - 1)).toBeLessThan(0.01);
      expect(overlap(found, fov!)).toBeGreaterThan(0.985);
    }
  });

  it.each([
    ['a whole disc', { width: 300, height: 280, radius: 130 }],
    ['a disc cut at top and bottom, as of STARE', { width: 350, height: 302, radius: 165 }],
    ['a disc cut on all sides', { width: 240, height: 240, radius: 140 }],
  ])('is %s', (_, size) => {
    const { picture, drawn } = photograph({ ...size, light: () => 170, surround: dark });
    expect(overlap(fundusFov(picture), drawn)).toBeGreaterThan(0.99);
  });

  it('keeps a shadow at the rim, a dark macula and dark vessels inside', () => {
    const { picture, drawn } = photograph({
      ...{ width: 300, height: 300, radius: 140, surround: dark },
      light: (distance) => (distance < 0.1 ? 4 : 200 - 150 * distance),
    });
    for (let y = 0; y < 300; y++) {
      for (let x = 80; x < 84; x++) picture.data.fill(3, (y * 300 + x) * 3, (y * 300 + x) * 3 + 3);
    }
    expect(overlap(fundusFov(picture), drawn)).toBeGreaterThan(0.985);
  });

  it('leaves out a label beside it and specks of light', () => {
    const { picture, drawn } = photograph({
      ...{ width: 320, height: 300, radius: 130, light: () => 150 },
      surround: (x, y) => ((x < 40 && y < 15) || (x % 37 === 0 && y % 41 === 0) ? 230 : dark(x, y)),
    });
    expect(overlap(fundusFov(picture), drawn)).toBeGreaterThan(0.99);
  });

  it('is all of a photograph that has no dark surround, and of a dark frame', () => {
    for (const grey of [120, 0]) {
      const size = { width: 60, height: 50, radius: 10 };
      const { picture } = photograph({ ...size, light: () => grey, surround: () => grey });
      expect(areaOf(fundusFov(picture))).toBe(60 * 50);
    }
  });

  it('stays the one that comes with an image', () => {
    const retina = drawRetina(64, 1, 0);
    expect(fov(retina, 'fundus')).toBe(retina);
  });
});

const drive = ['../../../../../shared/data/drive', '../../../../../../shared/data/drive']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);

describe.runIf(drive !== undefined)('the field of view of DRIVE', () => {
  it('is found within 1.6 % of each image, and 0.5 % of all together', async () => {
    let [found, given] = [0, 0];
    for (const part of ['training', 'test']) {
      const [images, masks] = ['images', 'mask'].map((kind) =>
        readdirSync(join(drive!, part, kind))
          .sort()
          .map((name) => join(drive!, part, kind, name)),
      );
      for (const [n, path] of images!.entries()) {
        const own = areaOf(fundusFov(await readPicture(path)));
        const wanted = areaOf(await readMask(masks![n]!));
        expect(Math.abs(own / wanted - 1), path).toBeLessThan(0.016);
        found += own;
        given += wanted;
      }
    }
    expect(Math.abs(found / given - 1)).toBeLessThan(0.005);
  });
});
