import type { Entry } from '../data/dataset.js';
import { requireRoom } from '../engines/memory/room.js';
import { engineFor } from '../engines/open-engine.js';
import { NeedsOwnProcess } from '../errors/errors.js';
import { type Experiment, stepsOf } from '../experiments/experiment.js';
import type { Network } from '../networks/network.js';
import { shownSize } from './check-images.js';
import type { Prepared } from './prepare.js';

/** What predicts: an experiment and its network. */
interface Predictor {
  readonly experiment: Experiment;
  readonly network: Network;
}

/**
 * The share of the free memory that training takes, and its validations on whole images; 0 where it is a GPU's, which is not known.
 * @param force whether more than all of it is tried; undefined of a command that cannot be forced
 * @throws MemoryError where it is more than all, with the batch or the patch that fits
 */
export async function trainingRoom(
  prepared: Pick<Prepared, 'experiment' | 'network' | 'dataset'>,
  force: boolean | undefined,
): Promise<number> {
  const { experiment, network, dataset } = prepared;
  const { engine: options, batch, patch, validation } = experiment;
  const engine = await engineFor(options);
  if (engine === null || stepsOf(experiment) === 0) return 0;
  const computation = { engine, program: network.program, force };
  const share = requireRoom(computation, { fn: 'train', batch, height: patch, width: patch });
  if (validation.every === null || dataset.validation.length === 0) return share;
  return Math.max(share, await predictionRoom(prepared, dataset.validation, force));
}

/**
 * The same of a prediction of images.
 * @param entries null where their sizes are not known: then of whole windows
 * @throws MemoryError where it is more than all, with the window that fits
 */
export async function predictionRoom(
  { experiment, network }: Predictor,
  entries: readonly Entry[] | null,
  force: boolean | undefined,
): Promise<number> {
  const engine = await engineFor(experiment.engine);
  if (engine === null) return 0;
  const { evaluation, patch, preprocess } = experiment;
  const { margin, roundUp } = network.geometry;
  const window = evaluation.window ?? patch;
  const sizes = (entries ?? []).flatMap((entry) => shownSize(entry, preprocess));
  // As tiles are cut: none is larger than the image.
  const most = (of: 'height' | 'width'): number =>
    sizes.reduce((largest, size) => Math.max(largest, size[of]), 0) + 2 * margin;
  const tile = (of: 'height' | 'width'): number =>
    sizes.length === 0 ? window : Math.min(window, most(of));
  const [height, width] = roundUp(tile('height'), tile('width'));
  const call = { fn: 'predict', batch: evaluation.batch, height, width };
  return requireRoom({ engine, program: network.program, force }, call);
}

/** From this share of the free memory on, an engine is given a process of its own, whose end can be told. */
const tight = 0.5;

/**
 * @param way how to go on where that process dies
 * @throws NeedsOwnProcess where a share of the free memory is that large
 */
export function requireAmple(share: number, way: string): void {
  if (share > tight) throw new NeedsOwnProcess(way);
}
