import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import { identityOf } from '../../../src/runtime/runs/identity.js';
import { ablationFolder } from './fake-runs.js';

let folder: string;
afterEach(() => rm(folder, { recursive: true }));

/** The planned runs of variants, written as they stand in the file. */
async function runsOf(rest: string, set: readonly string[] = []) {
  folder = await ablationFolder(`experiment: x.yaml\n${rest}`);
  return openAblation(join(folder, 'a.yaml'), { set, out: 'out' }).runs;
}

it('a run for each variant and seed, with a folder of its own', async () => {
  const runs = await runsOf(
    'seeds: [3, 4]\nvariants: [{name: U-Net}, {name: Wide (6), parameters: {base: 6}}]\n',
  );
  expect(runs.map(({ folder, seed }) => [folder, seed])).toEqual([
    [join('out', 'runs', 'u-net-s3'), 3],
    [join('out', 'runs', 'u-net-s4'), 4],
    [join('out', 'runs', 'wide-6-s3'), 3],
    [join('out', 'runs', 'wide-6-s4'), 4],
  ]);
  expect(runs[2]!.experiment.parameters).toEqual({ base: 6, depth: 1 });
});

it('sections are merged, but for one that names its kind', async () => {
  const variants = `variants:
  - name: size
    data: {size: 96}
  - name: optimiser
    set: {.learningRate: 0.5}
    optimiser: {kind: sgd}
`;
  const [size, optimiser] = (await runsOf(variants)).map(({ experiment }) => experiment);
  expect(size!.data).toMatchObject({ kind: 'synthetic-retina', train: 2, size: 96 });
  expect(optimiser).toMatchObject({ learningRate: 0.5, optimiser: { kind: 'sgd' } });
});

it('a parameter that is null is not given', async () => {
  const segnet = '{base: null, depth: null, stages: "[[2], [4]]"}';
  const [run] = await runsOf(
    `variants:\n  - name: SegNet\n    model: {path: models/segnet.net}\n    parameters: ${segnet}\n`,
  );
  expect(run!.experiment.parameters).toEqual({ stages: '[[2], [4]]' });
  expect(run!.network.graph.name).toBe('SegNet');
});

it('a setting of the command line is above what variants say', async () => {
  const [run] = await runsOf('variants: [{name: a, batch: 3}]\n', ['.batch=4', 'base=2']);
  expect(run!.experiment).toMatchObject({ batch: 4, parameters: { base: '2' } });
});

it('runs are the same by what they compute, not by where they lie', async () => {
  const [run, other] = await runsOf('variants: [{name: a}, {name: b, batch: 3}]\n');
  const { experiment, network } = run!;
  const identity = identityOf(experiment, network, 'data', null);
  expect(identityOf({ ...experiment, output: 'elsewhere' }, network, 'data', null)).toBe(identity);
  expect(identityOf(other!.experiment, other!.network, 'data', null)).not.toBe(identity);
  expect(identityOf(experiment, network, 'other data', null)).not.toBe(identity);
  const weights = { from: '/a/run', map: null, only: [], except: [] };
  const given = identityOf({ ...experiment, weights }, network, 'data', 'hash');
  expect(given).not.toBe(identity);
  const moved = { ...experiment, weights: { ...weights, from: '/b/run' } };
  expect(identityOf(moved, network, 'data', 'hash')).toBe(given);
  expect(identityOf(moved, network, 'data', 'other hash')).not.toBe(given);
  const [{ path, text }, ...rest] = network.sources as [{ path: string; text: string }];
  const edited = { sources: [{ path, text: `${text}\n// edited` }, ...rest] };
  expect(identityOf(experiment, edited, 'data', null)).not.toBe(identity);
  const { pictures: _, ...before } = experiment.validation;
  for (const validation of [{ ...before, pictures: 0 }, before as typeof experiment.validation]) {
    expect(identityOf({ ...experiment, validation }, network, 'data', null)).toBe(identity);
  }
});

it('a key without a dot is the parameter of each model that has it, else a key of the experiment', async () => {
  const variants = 'variants: [{name: a, set: {steps: 5}}, {name: b, set: {batch: 3, base: 2}}]\n';
  const [a, b] = await runsOf(variants, ['patch=64']);
  expect(a!.experiment).toMatchObject({ steps: 5, patch: 64 });
  expect(b!.experiment).toMatchObject({ batch: 3, patch: 64, parameters: { base: 2 } });
});

it.each([
  ['output=runs/x', 'each run has its own output'],
  ['.output=runs/x', 'each run has its own output'],
  ['seed=3', "the ablation's seeds say the seed of each run"],
])('what the ablation decides is not set by %s', async (setting, said) => {
  const variants = 'seeds: [1, 2]\nvariants: [{name: a}]\n';
  await expect(runsOf(variants, [setting])).rejects.toThrow(said);
});
