import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { NiftiGeometry } from '../../../src/runtime/data/formats/nifti-geometry.js';
import { niftiGeometry, readPicture } from '../../../src/runtime/data/formats/read-picture.js';
import { niftiFile } from '../../../src/runtime/data/formats/write-nifti.js';
import { resize } from '../../../src/runtime/data/preprocess/resize.js';
import type { Frame } from '../../../src/runtime/data/sample.js';
import { fieldsOfView } from '../../../src/runtime/prediction/fields-of-view.js';
import { inputsOf } from '../../../src/runtime/prediction/inputs.js';
import { predictImage } from '../../../src/runtime/prediction/predict-image.js';
import type { Prediction } from '../../../src/runtime/prediction/predict-slice.js';
import type { Question, Segmenter } from '../../../src/runtime/prediction/segmenter.js';
import { testFolder } from '../data/folder.js';

const { root, draw, write } = testFolder();

/** Stands for a network: the value of a pixel in hundredths is its probability, at half the size where that is asked for. */
const network = (channels = 1, halved = false): Segmenter => ({
  prepare<T extends Frame>(frame: T): { question: Question; shown: T } {
    const { width, height } = frame.image;
    const shown = halved ? resize(frame, { width: width / 2, height: height / 2 }) : frame;
    const { image, fov } = shown;
    const values = [...image.data].flatMap((value) =>
      channels === 1 ? [value / 100] : Array.from({ length: channels }, (_, c) => +(c === value)),
    );
    return {
      shown,
      question: {
        ...{ width: image.width, height: image.height, fov },
        answer: async (onRows) => onRows(0, Float32Array.from(values), channels),
      },
    };
  },
});

async function predict(path: string, given: Partial<Prediction> = {}, fov?: string) {
  const inputs = await inputsOf([path], join(root(), 'out'));
  const read = await fieldsOfView({
    ...{ wanted: fov, trained: false, steps: [], inputs },
    data: { kind: 'synthetic-retina', train: 1, validation: 0, test: 1, size: 32, seed: 1 },
  });
  const prediction: Prediction = {
    segmenter: network(),
    read,
    maps: { threshold: 0.5, exact: false, postprocess: [] },
    write: { folder: join(root(), 'out'), maskName: null, numbers: false, probabilities: 'png' },
    size: 'image',
    ...given,
  };
  return predictImage(prediction, inputs[0]!, () => {});
}

const greysOf = async (path: string) =>
  [...(await sharp(path).toColourspace('b-w').raw().toBuffer())] as number[];

describe('an image is answered', () => {
  it('by a mask of one channel and its own size, empty outside the field of view', async () => {
    const path = await draw('a.png', 3, [80, 20, 60, 90, 10, 50]);
    await draw('fov/a.png', 3, [255, 255, 255, 0, 0, 255]);
    const [image] = await predict(path, {}, join(root(), 'fov/{id}.png'));
    expect(image).toMatchObject({ width: 3, height: 2, foreground: 3 / 4, fieldOfView: 'given' });
    expect(await greysOf(image!.files.mask)).toEqual([255, 0, 255, 0, 0, 255]);
    expect(await sharp(image!.files.mask).metadata()).toMatchObject({ channels: 1, width: 3 });
  });

  it('at its own size where the network saw another, or at that one', async () => {
    const path = await draw(
      'a.png',
      4,
      [0, 0, 100, 100].flatMap(() => [0, 0, 100, 100]),
    );
    const [own] = await predict(path, { segmenter: network(1, true) });
    expect(own).toMatchObject({ width: 4, height: 4, foreground: 0.5 });
    expect((await greysOf(own!.files.mask)).slice(0, 4)).toEqual([0, 0, 255, 255]);
    const [seen] = await predict(path, { segmenter: network(1, true), size: 'network' });
    expect(seen).toMatchObject({ width: 2, height: 2 });
    expect(await greysOf(seen!.files.mask)).toEqual([0, 255, 0, 255]);
  });

  it('by the numbers of several classes in one channel', async () => {
    const path = await draw('a.png', 4, [0, 1, 2, 2]);
    const [image] = await predict(path, { segmenter: network(3) });
    expect(await greysOf(image!.files.mask)).toEqual([0, 1, 2, 2]);
    expect(image!.files.probabilities).toHaveLength(2);
  });

  it('after the postprocessing that is asked for', async () => {
    const path = await draw('a.png', 5, [90, 90, 0, 0, 90]);
    const maps = { threshold: 0.5, exact: false, postprocess: ['keep-largest'] } as const;
    const [image] = await predict(path, { maps });
    expect(await greysOf(image!.files.mask)).toEqual([255, 255, 0, 0, 0]);
  });

  it('page by page where it is a stack of pictures', async () => {
    const pages = [0, 1, 2].map((n) => [...Array(6)].map((_, i) => (i < 2 * n ? 90 : 10)));
    const raw = { width: 2, height: 9, channels: 1, pageHeight: 3 } as const;
    const tiff = await sharp(Buffer.from(pages.flat()), { raw })
      .toColourspace('b-w')
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const images = await predict(await write('stack.tif', tiff));
    expect(images.map(({ slice, foreground }) => [slice, foreground])).toEqual([
      [0, 0],
      [1, 2 / 6],
      [2, 4 / 6],
    ]);
    expect(images[2]!.files.mask).toMatch(/stack-z2-mask\.png$/);
  });

  it('by an error where the network gives values that are no numbers', async () => {
    const path = await draw('a.png', 2, [80, 20]);
    const diverged: Segmenter = {
      prepare: (frame) => ({
        shown: frame,
        question: {
          ...{ width: 2, height: 1, fov: null },
          answer: async (onRows) => onRows(0, Float32Array.of(0.8, Number.NaN), 1),
        },
      }),
    };
    await expect(predict(path, { segmenter: diverged })).rejects.toThrow(
      `the network answers ${path} with values that are no numbers`,
    );
  });
});

describe('a NIfTI volume is answered', () => {
  const affine = [
    [-0.5, 0, 0, 12],
    [0, 0.75, 0, -30],
    [0, 0, 3, 7],
  ] as const;
  const geometry: NiftiGeometry = {
    dims: [3, 2, 2, 3, 1, 1, 1, 1],
    pixdim: [1, 0.5, 0.75, 3, 1, 0, 0, 0],
    qformCode: 0,
    quaternion: [0, 0, 0],
    offset: [0, 0, 0],
    sformCode: 1,
    sform: affine,
    units: 10,
  };
  const values = [
    [90, 10, 10, 10],
    [10, 90, 90, 10],
    [60, 60, 60, 60],
  ];

  it('by volumes that lie where it lies, slice by slice', async () => {
    const path = await write('v.nii.gz', niftiFile(geometry, 'uint8', values));
    const [volume, ...others] = await predict(path);
    expect(others).toEqual([]);
    expect(volume).toMatchObject({ width: 2, height: 2, slices: 3, foreground: 7 / 12 });
    const { mask, probabilities, overlay } = volume!.files;
    for (const file of [mask, probabilities[0]!]) {
      expect(await niftiGeometry(file)).toEqual(await niftiGeometry(path));
    }
    for (const [slice, own] of values.entries()) {
      const labels = (await readPicture(mask, slice)).data;
      expect([...labels]).toEqual(own.map((value) => (value >= 50 ? 1 : 0)));
      const map = (await readPicture(probabilities[0]!, slice)).data;
      for (const [i, value] of own.entries()) expect(map[i]).toBeCloseTo(value / 100, 6);
      expect(await greysOf(join(overlay, `z${slice}.png`))).toHaveLength(4);
    }
  });

  it('inside the field of view of each slice, and refused one of another depth', async () => {
    const path = await write('v.nii.gz', niftiFile(geometry, 'uint8', values));
    const fovs = values.map((_, slice) => [0, 1, 2, 3].map((i) => (i <= slice ? 1 : 0)));
    await write('fov/v.nii.gz', niftiFile(geometry, 'uint8', fovs));
    const pattern = join(root(), 'fov/{id}.nii.gz');
    const [volume] = await predict(path, {}, pattern);
    expect(volume!.foreground).toBeCloseTo((1 + 1 + 3) / (1 + 2 + 3), 9);
    const flat = { ...geometry, dims: [3, 2, 2, 1, 1, 1, 1, 1] };
    await write('fov/v.nii.gz', niftiFile(flat, 'uint8', [[1, 1, 1, 1]]));
    await expect(predict(path, {}, pattern)).rejects.toThrow(/has 1 slice, but its image .* has 3/);
    const mirrored = {
      ...geometry,
      sform: affine.map((row, i) => (i === 0 ? [0.5, 0, 0, 0] : row)),
    };
    await write('fov/v.nii.gz', niftiFile(mirrored as unknown as NiftiGeometry, 'uint8', fovs));
    await expect(predict(path, {}, pattern)).rejects.toThrow(/is stored LAS and .* RAS/);
  });

  it('by an array where probabilities are asked for as one, under the name that is asked for', async () => {
    const path = await write('v.nii', gunzipSync(niftiFile(geometry, 'uint8', values)));
    const folder = join(root(), 'out');
    const named = {
      folder,
      maskName: '{id}_seg.png',
      numbers: false,
      probabilities: 'npy',
    } as const;
    const [volume] = await predict(path, { write: named });
    expect(volume!.files.mask).toBe(join(folder, 'v_seg.nii.gz'));
    const npy = await readFile(volume!.files.probabilities[0]!);
    expect(npy.toString('latin1', 0, 128)).toContain("'shape': (3, 2, 2)");
    expect(npy.readFloatLE(128)).toBeCloseTo(0.9, 6);
  });
});
