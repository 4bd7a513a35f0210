import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Drawing, makeImages } from '../../../src/runtime/data/make.js';
import { initialState } from '../../../src/runtime/engines/initial-state.js';
import { openReference } from '../../../src/runtime/engines/reference.js';
import { openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import { fieldsOfView } from '../../../src/runtime/prediction/fields-of-view.js';
import { inputsOf } from '../../../src/runtime/prediction/inputs.js';
import { predictRead } from '../../../src/runtime/prediction/predict-entry.js';
import { predictSlice } from '../../../src/runtime/prediction/predict-slice.js';
import { openSegmenter, wholeAnswer } from '../../../src/runtime/prediction/segmenter.js';
import { prepare } from '../../../src/runtime/preparation/prepare.js';
import { trainedOn } from '../../../src/runtime/runs/provenance.js';
import { testFolder } from '../data/folder.js';
import { niftiOf } from '../data/formats/bytes.js';

const { root, write } = testFolder();

const model = `model Small(inputs = 3) {
  input  image: [N, H, W, inputs]
  let seen = image -> Conv(4, kernel: 3) -> relu -> maxPool(2) -> Conv(4, kernel: 3) -> tanh -> upsample(2)
  output mask = seen -> Conv(1, kernel: 1) -> sigmoid
}
`;

interface Case {
  readonly steps: string;
  readonly channels?: number;
  readonly evaluation?: string;
  /** What --fov is given. */
  readonly fov?: string;
  /** How many images are tested on. */
  readonly test?: number;
}

/** Every pixel of the test images, as `evaluate` and as `predict` have it. */
async function bothWays(
  files: string,
  { steps, channels = 3, evaluation = '{}', fov, test = 2 }: Case,
) {
  await write('small.net', model);
  const path = await write(
    'x.yaml',
    `model: {path: small.net}
parameters: {inputs: ${channels}}
data:
  kind: folder
  root: ${join(root(), 'data')}
  images: ${files}
  split: {kind: seed, seed: 1, validation: 0, test: ${test}}
  cache: 0
preprocess: ${steps}
evaluation: ${evaluation}
steps: 1
batch: 1
patch: 16
output: ${join(root(), 'run')}
`,
  );
  const prepared = await prepare(openExperiment(path, { set: [], flags: [] }));
  const { experiment, network, preprocessing, dataset } = prepared;
  const engine = await openReference(network.program);
  const state = initialState(network.program, 3);
  const segmenter = await openSegmenter(engine, prepared, [{ state, preprocessing }]);
  const entries = dataset.test;
  const inputs = await inputsOf([...new Set(entries.map(({ files }) => files!.image))], 'out');
  const { data, preprocess } = experiment;
  const trained = (await trainedOn(experiment, dataset))!.fov;
  const read = await fieldsOfView({ wanted: fov, trained, steps: preprocess, data, inputs });
  const pairs = [];
  for (const entry of entries) {
    const { sample, prediction } = await predictRead(segmenter, await entry.read());
    const input = inputs.find((one) => one.path === entry.files!.image)!;
    const maps = { threshold: 0.5, exact: true, postprocess: [] };
    const write = { folder: '', maskName: null, numbers: false, probabilities: 'npy' as const };
    const predicted = await predictSlice(
      { segmenter, read, maps, write, size: 'network' },
      input,
      entry.files!.slice,
      () => {},
    );
    pairs.push({ sample, prediction, predicted });
  }
  return pairs;
}

async function expectEqual(files: string, given: Case, origin: string): Promise<void> {
  const pairs = await bothWays(files, given);
  expect(pairs).toHaveLength(2);
  for (const { sample, prediction, predicted } of pairs) {
    expect(predicted.origin).toBe(origin);
    const [map] = predicted.maps.probabilities;
    expect(map!.length).toBe(prediction.length);
    const inside = (i: number) => sample.fov === null || sample.fov.data[i] === 1;
    const apart = prediction.map((value, i) =>
      inside(i) ? Math.abs(value - map![i]!) : Math.abs(map![i]!),
    );
    expect(Math.max(...apart)).toBeLessThanOrEqual(1e-6);
    // Not all alike, or nothing would be compared.
    expect(Math.max(...prediction) - Math.min(...prediction)).toBeGreaterThan(0.01);
  }
}

const make = (kind: Drawing) =>
  makeImages(kind, { out: join(root(), 'data'), count: 4, size: 64, seed: 2 });

const steps: readonly Case[] = [
  { steps: '[{standardise: image}]' },
  { steps: '[{standardise: dataset}]' },
  { steps: '[{standardise: none}]' },
  { steps: '[]' },
  { steps: '[{gray: green}, {clahe: {}}, {gamma: 1.2}, {standardise: image}]', channels: 1 },
  { steps: '[{clahe: {tiles: 4}}, {resize: 32}, {standardise: dataset}]' },
  { steps: '[{gray: luminance}, {window: {low: 20, high: 180}}]', channels: 1 },
  { steps: '[{fov: fundus}, {standardise: image}]' },
];

const tiles = '{window: 16, stride: 9, batch: 3, flips: true}';

describe('predict says of every pixel what evaluate says', () => {
  describe.each(steps)('with $steps', (given) => {
    it("inside the fields of view of the run's own dataset", async () => {
      await make('retina');
      await expectEqual('images/{id}.png', given, 'dataset');
    });

    it('inside fields of view that are named', async () => {
      await make('retina');
      const fov = join(root(), 'data/fov/{id}.png');
      await expectEqual('images/{id}.png', { ...given, fov }, 'given');
    });

    it('of images without one, in tiles and mirrored', async () => {
      await make('lesion');
      const origin = given.steps.includes('fov') ? 'found' : 'none';
      await expectEqual('images/{id}.png', { ...given, evaluation: tiles }, origin);
    });
  });

  it('where the field of view is found in photographs that have none', async () => {
    await make('retina');
    await rename(join(root(), 'data/fov'), join(root(), 'apart'));
    const steps = '[{fov: fundus}, {resize: 40}, {standardise: image}]';
    await expectEqual('images/{id}.png', { steps }, 'found');
  });

  it('of skin at another size, resized as ISIC is', async () => {
    await make('lesion');
    const steps = '[{resize: {height: 24, width: 40}}, {standardise: image}]';
    await expectEqual('images/{id}.png', { steps, evaluation: tiles }, 'none');
  });

  it('of slices of a volume, with a field of view of their own', async () => {
    const size = [20, 18, 3] as const;
    const values = Array.from({ length: 20 * 18 * 3 }, (_, i) => ((i * 37) % 101) - 20);
    const halves = values.map((_, i) => (i % 20 < 8 + Math.floor(i / 360) ? 1 : 0));
    const dots = values.map((value) => (value > 60 ? 1 : 0));
    for (const id of ['a', 'b']) {
      await write(`data/images/${id}.nii`, niftiOf(size, values, 1, 0));
      await write(`data/masks/${id}.nii`, niftiOf(size, dots, 1, 0));
      await write(`data/fov/${id}.nii`, niftiOf(size, halves, 1, 0));
    }
    const given = { steps: '[{standardise: image}]', channels: 1, test: 3 };
    const pairs = await bothWays('images/{id}.nii', given);
    expect(pairs).toHaveLength(3);
    for (const { sample, prediction, predicted } of pairs) {
      expect(predicted.origin).toBe('dataset');
      const [map] = predicted.maps.probabilities;
      for (const [i, value] of prediction.entries()) {
        const wanted = sample.fov!.data[i] === 1 ? value : 0;
        expect(Math.abs(map![i]! - wanted)).toBeLessThanOrEqual(1e-6);
      }
    }
  });
});

/** The model on the images that were made, standardised by each or by all of them. */
async function standardised(by: 'image' | 'dataset') {
  await write('small.net', model);
  const text = `model: {path: small.net}
data: {kind: folder, root: ${join(root(), 'data')}, cache: 0}
preprocess: [{standardise: ${by}}]
steps: 1
patch: 16
batch: 1
output: run
`;
  const path = await write('x.yaml', text);
  const prepared = await prepare(openExperiment(path, { set: [], flags: [] }));
  return { prepared, engine: await openReference(prepared.network.program) };
}

describe('an ensemble', () => {
  it('answers with the mean of its members, each with its own statistics', async () => {
    await make('lesion');
    const { prepared, engine } = await standardised('dataset');
    const { network, preprocessing, dataset } = prepared;
    const other = { mean: [100, 90, 80], deviation: [50, 40, 30] };
    const members = [
      { state: initialState(network.program, 1), preprocessing },
      {
        state: initialState(network.program, 2),
        preprocessing: { ...preprocessing, statistics: other },
      },
    ] as const;
    const sample = await dataset.test[0]!.read();
    const answers: Float32Array[] = [];
    for (const group of [[members[0]], [members[1]], members] as const) {
      const segmenter = await openSegmenter(engine, prepared, group);
      const values: number[] = [];
      await segmenter.prepare(sample).question.answer((_, rows) => void values.push(...rows));
      answers.push(Float32Array.from(values));
    }
    const [one, two, both] = answers;
    expect(one).not.toEqual(two);
    for (const [i, value] of both!.entries()) {
      expect(value).toBeCloseTo((one![i]! + two![i]!) / 2, 6);
    }
  });
});

describe('a run of frames without fields of view', () => {
  it('sees frames whole too where they have one', async () => {
    await make('retina');
    const { prepared, engine } = await standardised('image');
    const { network, preprocessing, dataset } = prepared;
    const state = initialState(network.program, 1);
    const segmenter = await openSegmenter(engine, prepared, [
      { state, preprocessing, whole: true },
    ]);
    const sample = await dataset.test[0]!.read();
    expect(sample.fov).not.toBeNull();
    const [inside, alone] = [sample, { ...sample, fov: null }].map((one) => segmenter.prepare(one));
    expect(inside!.shown.fov).toEqual(sample.fov);
    const answers = await Promise.all([inside!, alone!].map((one) => wholeAnswer(one.question)));
    expect(answers[0]).toEqual(answers[1]);
  });
});
