import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine } from '../engines/engine.js';
import { stepsOf } from '../experiments/experiment.js';
import type { Prepared } from '../preparation/prepare.js';
import { feedsOf } from './feeds.js';

/**
 * Sets the stored moments to their mean over batches that training has not seen: while it ran they
 * lagged behind the weights, and a batch norm that several steps share held mostly those of the
 * last one. Does nothing where the experiment asks for no batches.
 */
export async function estimateMoments(
  engine: Engine,
  { experiment, network }: Prepared,
  batches: BatchSource,
): Promise<void> {
  if (!('moments' in network.program.functions)) return;
  const { batch: count, patch, seed, moments } = experiment;
  const feeds = feedsOf(network.geometry, count, patch, seed);
  const first = stepsOf(experiment) * experiment.accumulate;
  for (let n = 0; n < moments.batches; n++) {
    const batch = await batches.next(first + n);
    await engine.call('moments', feeds.moments(batch, 1 / (n + 1)));
  }
}
