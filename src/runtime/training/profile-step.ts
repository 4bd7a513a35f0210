import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine } from '../engines/engine.js';
import { type Profiled, profileFunction } from '../engines/profiled.js';
import type { Prepared } from '../preparation/prepare.js';
import { feedsOf } from './feeds.js';

/**
 * Times the function `train` on the first batch, from the variables as they are. They are moved on by every call: the run must
 * have been saved.
 */
export async function profileStep(
  engine: Engine,
  { experiment, network }: Prepared,
  batches: BatchSource,
): Promise<Profiled> {
  const { batch, patch, seed } = experiment;
  const { geometry, graph: model, program } = network;
  // The rate is no matter of time, and at 0 the weights stay where training left them.
  const inputs = feedsOf(geometry, batch, patch, seed).train(await batches.next(0), 0);
  const of = { model, fn: 'train', graph: program.functions.train! };
  return profileFunction(engine, of, inputs, { height: patch, width: patch, batch });
}
