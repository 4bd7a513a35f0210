import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Ablation, PlannedRun } from '../../../src/runtime/ablation/ablation.js';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';

export const experimentText = `model:
  path: models/unet.net
parameters:
  base: 4
  depth: 1
data:
  kind: synthetic-retina
  train: 2
  test: 4
  size: 64
engine:
  kind: portable
steps: 20
batch: 2
patch: 32
output: run
`;

export const ablationText = `experiment: x.yaml
paper: drive
seeds: [1, 2]
variants:
  - name: U-Net
  - name: R2AU-Net
    model: {path: models/r2au.net}
  - name: Small <net>
    parameters: {base: 2}
`;

/** A folder of its own with the shipped models, an experiment and an ablation. */
export async function ablationFolder(text = ablationText): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netc-ablation-'));
  await cp('models', join(folder, 'models'), { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experimentText);
  await writeFile(join(folder, 'a.yaml'), text);
  return folder;
}

/** The ablation of that folder with a finished run in each place, its figures made up. */
export async function fakeAblation(folder: string): Promise<Ablation> {
  const ablation = openAblation(join(folder, 'a.yaml'), { set: [], out: join(folder, 'out') });
  for (const [i, run] of ablation.runs.entries()) await writeFakeRun(run, i);
  return ablation;
}

/** F1 of the test images of each run: by variant, seed by seed. */
export const f1Of: readonly (readonly number[])[] = [
  [0.7, 0.72, 0.74, 0.76],
  [0.72, 0.74, 0.76, 0.78],
  [0.8, 0.83, 0.86, 0.89],
  [0.82, 0.85, 0.88, 0.91],
  [0.6, 0.78, 0.7, 0.5],
  [0.62, 0.8, 0.72, 0.52],
];

/** The test images as the dataset calls them. */
export const idsOf = ['03', '04', '05', '06'] as const;

/** By run: of the second run no image but the first has a boundary distance. */
const hd95Of = (run: number, image: number): number | null =>
  run === 1 && image > 0 ? null : 10 - run;

async function writeFakeRun({ folder, experiment, seed }: PlannedRun, i: number): Promise<void> {
  await writeFakeResults(folder, i, seed);
  await writeFile(join(folder, 'experiment.yaml'), `seed: ${experiment.seed}\n`);
}

/** All that the run with these F1 has beside its experiment. */
export async function writeFakeResults(folder: string, i: number, seed = 0): Promise<void> {
  const f1 = f1Of[i]!;
  const scoresOf = (value: number, hd95: number | null = 10 - i) => ({
    f1: value,
    se: value - 0.1,
    sp: 0.95,
    ac: 0.94,
    rocAuc: value + 0.1,
    prAuc: null,
    precision: value,
    jaccard: value / (2 - value),
    ece: 0.1 - value / 20,
    hd95,
  });
  const pooled = f1.reduce((a, b) => a + b) / f1.length;
  const files = {
    'metrics.json': {
      model: 'Fake',
      threshold: 0.5,
      images: f1.length,
      metrics: scoresOf(pooled),
      mean: scoresOf(pooled),
      perImage: f1.map((value, n) => ({ id: idsOf[n], ...scoresOf(value, hd95Of(i, n)) })),
      baselines: [],
    },
    'run.json': { usage: { steps: 40, seconds: 4, peakMemory: 3e8 + i }, seed },
    'scores/roc.json': curve('fpr', 'tpr', (x) => x ** (0.1 + 0.03 * i)),
    'scores/pr.json': curve('recall', 'precision', (x) => 1 - x ** (9 - i)),
  };
  await mkdir(join(folder, 'scores'), { recursive: true });
  await mkdir(join(folder, 'predictions'), { recursive: true });
  for (const [name, value] of Object.entries(files)) {
    await writeFile(join(folder, name), JSON.stringify(value));
  }
  const lines = Array.from({ length: 40 }, (_, step) => [
    { step: step + 1, loss: (1 + i) / (step + 5), learningRate: 0.01, seconds: (step + 1) / 10 },
    ...(step % 10 === 9 ? [{ validation: { step: step + 1, f1: 0.5 + step / 100 } }] : []),
  ]).flat();
  const log = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(join(folder, 'log.jsonl'), log);
  for (const n of f1.keys()) {
    const background = { r: 40 * n, g: 200, b: 30 * i };
    const picture = sharp({ create: { width: 400, height: 300, channels: 3, background } });
    await picture.png().toFile(join(folder, 'predictions', `${idsOf[n]}-overlay.png`));
  }
}

function curve(x: string, y: string, of: (x: number) => number) {
  const xs = Array.from({ length: 101 }, (_, i) => i / 100);
  return {
    curves: [{ name: 'fake', area: 0.5, points: xs.map((at) => ({ [x]: at, [y]: of(at) })) }],
  };
}
