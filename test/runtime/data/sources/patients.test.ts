import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../folder.js';
import { niftiOf } from '../formats/bytes.js';
import { ids, opened, owned, sizes, wrongWith } from './opened.js';

const { root, draw, write } = testFolder();
const byPatient = { images: '{patient}/images/{id}.png', masks: '{patient}/masks/{id}.png' };
/** What an experiment says that knows no patients in patterns. */
const anyFolder = { images: '*/images/{id}.png', masks: '*/masks/{id}.png', patient: '(P\\d)/' };
const way =
  'data.images: "{patient}/images/{id}.png" and data.masks: "{patient}/masks/{id}.png" and no data.patient would pair 6 of 6 images';

async function patients() {
  for (const [i, patient] of ['P1', 'P2', 'P3'].entries()) {
    for (const id of ['000', '001']) {
      await draw(`${patient}/images/${id}.png`, 1, [i]);
      await draw(`${patient}/masks/${id}.png`, 1, [i === 1 ? 255 : 0]);
    }
  }
}

const shared = ['../../../../../shared/cases', '../../../../../../shared/cases']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .map((path) => `${path}/same-names-in-patient-folders/data`)
  .find(existsSync);

describe('the same names in the folders of patients', () => {
  it('are paired by {patient}, which is the group', async () => {
    await patients();
    const { train, validation, test } = await opened(root(), byPatient);
    const all = [...train, ...validation, ...test].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(owned(all)).toEqual([
      'P1-000 of P1',
      'P1-001 of P1',
      'P2-000 of P2',
      'P2-001 of P2',
      'P3-000 of P3',
      'P3-001 of P3',
    ]);
    const { image, mask } = await all[2]!.read();
    expect([...image.data, ...mask.data]).toEqual([1, 1]);
    // Three patients are three parts: a share of each is at least one of them.
    expect([train, validation, test].map(ids).map(({ length }) => length)).toEqual([2, 2, 2]);
  });

  it('are told with the pattern that pairs them', async () => {
    await patients();
    const problems = await wrongWith(root(), anyFolder);
    expect(problems.at(-1)).toBe(way);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^8 ids have two files of one role: P1\/images\/000\.png and P2/);
  });

  it.runIf(shared !== undefined)('as they came', async () => {
    expect((await wrongWith(shared!, anyFolder)).at(-1)).toBe(way);
    expect(sizes(await opened(shared!, byPatient))).toEqual([2, 2, 2, 0]);
  });

  it('have their own field of view', async () => {
    await patients();
    for (const patient of ['P1', 'P2', 'P3']) {
      for (const id of ['000', '001']) await draw(`${patient}/fov/${id}.png`, 1, [255]);
    }
    for (const fov of [null, '{patient}/fov/{id}.*']) {
      const { train } = await opened(root(), { ...byPatient, fov });
      expect(train.map(({ group, files }) => files!.fov?.includes(`${group}/fov`))).toEqual([
        true,
        true,
      ]);
    }
    // One that names no patient would give one patient's to another.
    await draw('fov/000.png', 1, [255]);
    const problems = await wrongWith(root(), { ...byPatient, fov: 'fov/{id}.*' });
    expect(problems[0]).toMatch(/P1\/images\/000\.png and P2\/images\/000\.png are both|two files/);
  });

  it('may be volumes, and may repeat the patient', async () => {
    for (const patient of ['case1', 'case2', 'case3']) {
      const volume = niftiOf([1, 1, 2], [0, 1], 1, 0);
      await write(`${patient}/${patient}_t1.NII.GZ`, gzipSync(volume));
      await write(`${patient}/${patient}_t1_seg.nii.gz`, gzipSync(volume));
    }
    const options = {
      images: '{patient}/{patient}_{id}.nii.gz',
      masks: '{patient}/{patient}_{id}_seg.nii.gz',
    };
    const { train } = await opened(root(), {
      ...options,
      split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 0 },
    });
    expect(owned(train)).toEqual(
      ['case1', 'case2', 'case3'].flatMap((p) => [0, 1].map((z) => `${p}-t1-z${z} of ${p}`)),
    );
  });

  it('keep an id that begins with the patient as it is', async () => {
    await write('TCGA_1/TCGA_1_01.tif', '');
    await write('TCGA_1/TCGA_1_01_mask.tif', '');
    await write('TCGA_2/TCGA_2_01.tif', '');
    await write('TCGA_2/TCGA_2_01_mask.tif', '');
    const options = { images: '{patient}/{id}.tif', masks: '{patient}/{id}_mask.tif' };
    const { train, test, validation } = await opened(root(), options);
    expect(ids([...train, ...validation, ...test]).sort()).toEqual(['TCGA_1_01', 'TCGA_2_01']);
  });
});

describe('what is wrong with {patient}', () => {
  it('is a mask that has one where its image has not, a second way to tell, or two open ends', async () => {
    await patients();
    expect(await wrongWith(root(), { ...byPatient, images: 'images/{id}.png' })).toEqual([
      'data.masks has {patient}: write it in data.images and every mask too',
    ]);
    expect(await wrongWith(root(), { ...byPatient, patient: '(P\\d)' })).toEqual([
      'data.images has {patient}: leave data.patient out',
    ]);
    expect(await wrongWith(root(), { ...byPatient, images: '{patient}{id}.png' })).toEqual([
      'data.images has {patient} and {id} side by side in {patient}{id}.png: write the letters between them, as {id}_*.png',
    ]);
  });
});
