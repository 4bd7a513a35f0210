import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../../src/runtime/data/dataset.js';
import { dataInFolder } from '../../../../src/runtime/data/in-folder.js';
import { applySteps } from '../../../../src/runtime/data/preprocess/steps.js';
import type { Mask, Picture } from '../../../../src/runtime/data/sample.js';
import { drawRetina } from '../../../../src/runtime/data/synthetic/retina.js';
import { testFolder } from '../folder.js';

const { root, write } = testFolder();

const sizes = { chase: [999, 960], stare: [700, 605] } as const;

/** A retina with noise in a frame of the dataset's shape; STARE's discs are cut at top and bottom. */
function framed(kind: keyof typeof sizes, index: number) {
  const [width, height] = sizes[kind].map((n) => Math.round(n / 3)) as [number, number];
  const size = kind === 'stare' ? Math.round(height * 1.14) : height;
  const { image, mask, fov } = drawRetina(size, 5, index);
  const [left, top] = [Math.round((width - size) / 2), Math.round((height - size) / 2)];
  const at = (i: number): number | undefined => {
    const [x, y] = [(i % width) - left, Math.floor(i / width) - top];
    return x < 0 || y < 0 || x >= size || y >= size ? undefined : y * size + x;
  };
  const plane = (from: Mask): Mask => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) => from.data[at(i) ?? -1] ?? 0),
  });
  const data = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = at(Math.floor(i / 3));
    return pixel === undefined ? (i * 7) % 4 : image.data[pixel * 3 + (i % 3)]!;
  });
  return { image: { width, height, channels: 3, data }, mask: plane(mask), fov: plane(fov!) };
}

const encoded = ({ width, height, channels, data }: Picture, type: 'jpeg' | 'png') =>
  sharp(Uint8Array.from(data), { raw: { width, height, channels: channels as 1 | 3 } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .toFormat(type, { quality: 90 })
    .toBuffer();

const whites = ({ width, height, data }: Mask): Picture => ({
  ...{ width, height, channels: 1 },
  data: Float32Array.from(data, (n) => n * 255),
});

/** Binary PPM and PGM, as STARE has them. */
const pnm = ({ width, height, channels, data }: Picture): Buffer =>
  Buffer.concat([
    Buffer.from(`${channels === 3 ? 'P6' : 'P5'}\n${width} ${height}\n255\n`),
    Uint8Array.from(data),
  ]);

const areaOf = (mask: Mask): number => mask.data.reduce((sum, n) => sum + n, 0);

describe('datasets of fundus photographs without fields of view', () => {
  it('CHASE_DB1 as it comes has one in each image by the step fov, within 1 % of the area', async () => {
    const drawn = new Map<string, Mask>();
    for (const [index, eye] of ['01L', '01R', '02L', '02R', '03L', '03R'].entries()) {
      const { image, mask, fov } = framed('chase', index);
      await write(`CHASEDB1/Image_${eye}.jpg`, await encoded(image, 'jpeg'));
      await write(`CHASEDB1/Image_${eye}_1stHO.png`, await encoded(whites(mask), 'png'));
      await write(`CHASEDB1/Image_${eye}_2ndHO.png`, await encoded(whites(mask), 'png'));
      drawn.set(eye, fov);
    }
    await expectFound('chase', drawn);
  });

  it('STARE as it comes too, its discs cut at top and bottom', async () => {
    const drawn = new Map<string, Mask>();
    for (let index = 1; index <= 5; index++) {
      const { image, mask, fov } = framed('stare', index);
      await write(`STARE/stare-images/im000${index}.ppm`, pnm(image));
      await write(`STARE/labels-ah/im000${index}.ah.ppm`, pnm(whites(mask)));
      drawn.set(`im000${index}`, fov);
    }
    await expectFound('stare', drawn);
  });
});

async function expectFound(kind: string, drawn: ReadonlyMap<string, Mask>): Promise<void> {
  const data = await dataInFolder(root());
  expect(data.kind).toBe(kind);
  const dataset = await openDataset(data);
  const entries = [dataset.train, dataset.validation, dataset.test].flat();
  expect(entries).toHaveLength(drawn.size);
  for (const entry of entries) {
    const sample = await entry.read();
    expect(sample.fov).toBeNull();
    const { fov } = applySteps([{ fov: 'fundus' }, { gray: 'green' }], sample);
    const [id] = [...drawn.keys()].filter((name) => entry.files!.image.includes(name));
    const wanted = areaOf(drawn.get(id!)!);
    expect(Math.abs(areaOf(fov!) / wanted - 1), join(kind, entry.id)).toBeLessThan(0.01);
  }
}
