import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { print } from '../../compiler/ir/print.js';
import type { Dataset } from '../data/dataset.js';
import type { Manifest } from '../data/manifest.js';
import { applySteps } from '../data/preprocess/steps.js';
import type { Engine } from '../engines/engine.js';
import type { Experiment } from '../experiments/experiment.js';
import { printExperiment } from '../experiments/load-experiment.js';
import { sha256 } from '../files/hash.js';
import { relocated } from '../files/source-reader.js';
import type { Prepared } from '../preparation/prepare.js';
import { identityOf } from './identity.js';
import { layout } from './layout.js';
import type { RunRecord, TrainedOn, WeightsRecord } from './record.js';

/** The record of a run that begins, and what stands in its folder from its first moment, by path in it. */
export interface FirstFiles {
  readonly record: RunRecord;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * What a run's folder holds before its first step: enough to judge it and to start it again.
 * @param data the manifest of its images
 * @param weights those it starts from, null where all have their initial values
 * @param checkpoints that it begins with
 */
export async function runFiles(
  { experiment, network, dataset, preprocessing }: Prepared,
  data: Manifest,
  engine: Engine,
  version: string,
  command: readonly string[],
  weights: WeightsRecord | null,
  checkpoints: RunRecord['checkpoints'] = {},
): Promise<FirstFiles> {
  const { files: sources, moved } = relocated(network.sources);
  const model = { ...experiment.model, path: join(layout.sources, moved(experiment.model.path)) };
  const graph = print(network.graph);
  const yaml = printExperiment({ ...experiment, model });
  const record: RunRecord = {
    netc: version,
    node: process.version,
    engine: engine.description,
    machine: {
      platform: platform(),
      arch: arch(),
      cpu: cpus()[0]?.model ?? 'unknown',
      threads: cpus().length,
      memory: totalmem(),
    },
    command,
    started: new Date().toISOString(),
    preprocessing,
    images: await trainedOn(experiment, dataset),
    identity: identityOf(experiment, network, data.hash, weights?.hash ?? null),
    weights,
    hashes: {
      experiment: sha256(yaml),
      graph: sha256(graph),
      data: data.hash,
      ...Object.fromEntries(
        [...sources].map(([path, text]) => [`${layout.sources}/${path}`, sha256(text)]),
      ),
    },
    checkpoints,
  };
  const files = {
    [layout.experiment]: yaml,
    [layout.graph]: graph,
    [layout.images]: `${JSON.stringify(data, null, 2)}\n`,
    [layout.record]: `${JSON.stringify(record, null, 2)}\n`,
    [layout.log]: '',
    ...Object.fromEntries([...sources].map(([path, text]) => [join(layout.sources, path), text])),
  };
  return { record, files };
}

/** What a run is trained on, as the first of its images is; null where there is none. */
export async function trainedOn(
  { preprocess }: Experiment,
  { classes, train }: Dataset,
): Promise<TrainedOn | null> {
  if (train.length === 0) return null;
  const first = await train[0]!.read();
  const { fov } = applySteps(preprocess, first);
  return { classes, channels: first.image.channels, fov: fov !== null };
}
