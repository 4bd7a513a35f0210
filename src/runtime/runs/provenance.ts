import { createHash } from 'node:crypto';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { print } from '../../compiler/ir/print.js';
import type { Dataset } from '../data/dataset.js';
import { manifestOf } from '../data/manifest.js';
import { applySteps } from '../data/preprocess/steps.js';
import type { Engine } from '../engines/engine.js';
import type { Experiment } from '../experiments/experiment.js';
import { identityOf } from './identity.js';
import { printExperiment } from '../experiments/load-experiment.js';
import type { Prepared } from '../preparation/prepare.js';
import { relocated } from '../files/source-reader.js';
import type { RunFiles, TrainedOn } from './run-folder.js';
import type { WeightsRecord } from '../training/start.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What a run's folder holds before its first step: enough to judge it and to start it again.
 * @param weights those it starts from, null where all have their initial values
 */
export async function runFiles(
  { experiment, network, dataset, preprocessing }: Prepared,
  engine: Engine,
  version: string,
  command: readonly string[],
  weights: WeightsRecord | null,
): Promise<RunFiles> {
  const { files: sources, moved } = relocated(network.sources);
  const model = { ...experiment.model, path: join('model', moved(experiment.model.path)) };
  const graph = print(network.graph);
  const data = await manifestOf(dataset, experiment.data);
  const yaml = printExperiment({ ...experiment, model });
  const run = {
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
      ...Object.fromEntries([...sources].map(([path, text]) => [`model/${path}`, sha256(text)])),
    },
  };
  return {
    'experiment.yaml': yaml,
    'graph.txt': graph,
    'data.json': `${JSON.stringify(data, null, 2)}\n`,
    'run.json': `${JSON.stringify(run, null, 2)}\n`,
    'log.jsonl': '',
    ...Object.fromEntries([...sources].map(([path, text]) => [join('model', path), text])),
  };
}

/** What a run is trained on, as the first of its images is; null where there is none. */
export async function trainedOn(
  { preprocess }: Experiment,
  { classes, train }: Dataset,
): Promise<TrainedOn | null> {
  if (train.length === 0) return null;
  const first = await train[0].read();
  const { fov } = applySteps(preprocess, first);
  return { classes, channels: first.image.channels, fov: fov !== null };
}
