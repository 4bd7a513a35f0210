import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every phase in a second: validation, the best network, averages, moments, checkpoints, a rate that falls. */
const experiment = `model: {path: models/unet.net}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, validation: 1, test: 1, size: 64}
steps: 24
batch: 2
patch: 16
ema: 0.9
learningRate: 0.01
schedule: {kind: plateau, patience: 1}
checkpoint: {every: 5}
validation: {every: 6, patches: 4}
moments: {batches: 2}
evaluation: {window: 64}
output: run
`;

const ablation = `experiment: x.yaml
seeds: [1, 2]
variants:
  - name: a
  - name: b
    parameters: {base: 2}
`;

/** A folder with a small experiment and an ablation of it. */
export function experimentFolder(engine: string): string {
  const folder = mkdtempSync(join(tmpdir(), `netc-kills-${engine}-`));
  cpSync('models', join(folder, 'models'), { recursive: true });
  writeFileSync(join(folder, 'x.yaml'), `${experiment}engine: {kind: ${engine}}\n`);
  writeFileSync(join(folder, 'a.yaml'), ablation);
  return folder;
}
