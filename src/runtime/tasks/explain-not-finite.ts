import type { BatchSource } from '../data/batches/batch-source.js';
import { counted } from '../errors/counted.js';
import { InputError } from '../errors/errors.js';
import type { Prepared } from '../preparation/prepare.js';
import { runPath } from '../runs/layout.js';
import { readLog } from '../runs/log.js';
import { wholeRecord } from '../runs/record.js';
import { type Again, firstNotFinite } from '../training/first-not-finite.js';
import type { LossNotFinite, NotFinite } from '../training/loss-not-finite.js';
import { readPoint } from '../training/resume.js';
import { writeSafetensors } from '../weights/safetensors/file.js';

/** A training that ended so. */
interface Ended {
  readonly folder: string;
  readonly prepared: Prepared;
  readonly batches: BatchSource;
  readonly stopped: () => boolean;
  readonly onNote: (line: string) => void;
}

/** The same error, with the first value that is not finite. What the network was fed is written into the run's folder. */
export async function explainNotFinite(error: LossNotFinite, ended: Ended): Promise<InputError> {
  const { found } = error;
  const { folder } = ended;
  const path = runPath(folder, 'notFinite');
  const metadata = { format: 'netc', step: String(found.step + 1), loss: String(found.loss) };
  await writeSafetensors(path, { tensors: new Map(Object.entries(found.inputs)), metadata });
  const where = await whereItBegan(found, ended).catch(
    (reason: Error) => `where it began could not be found: ${reason.message}`,
  );
  const way = `${path} has what the network was fed; netc train --resume ${folder} --on-nan skip leaves such steps out`;
  return new InputError(...error.problems, where, way);
}

async function whereItBegan(found: NotFinite, ended: Ended): Promise<string> {
  const { folder, prepared, batches, stopped, onNote } = ended;
  const { point } = await readPoint(folder, prepared, await wholeRecord(folder));
  const rates = new Map(
    (await readLog(folder)).flatMap((one) => ('step' in one ? [[one.step, one.learningRate]] : [])),
  );
  const own = found.inputs.learningRate?.data[0] ?? prepared.experiment.learningRate;
  const rateOf: Again['rateOf'] = (done) => rates.get(done) ?? own;
  const steps = found.step - point.step;
  if (steps > 0)
    onNote(`${counted(steps, 'step')} taken again from step ${point.step}, to find where it began`);
  return firstNotFinite({ prepared, batches, point, rateOf, stopped }, found);
}
