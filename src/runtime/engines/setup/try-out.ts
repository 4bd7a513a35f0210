import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MachineError } from '../../errors/errors.js';
import type { MachineReport } from '../inspect.js';
import { type Outcome, reason } from './process.js';
import type { Installation } from './setup.js';

/**
 * Holds what was just built to a training step, and takes the binding away again where that fails: an engine that is set up
 * is the one that commands take. A library that does not fit the machine may end its process, so `doctor` is another one.
 * @param doctor runs `netc doctor --json`
 * @throws MachineError that says how it failed
 */
export async function tryOut(
  installation: Installation,
  doctor: () => Promise<Outcome>,
): Promise<void> {
  const outcome = await doctor();
  const failure = failureOf(outcome);
  if (failure === null) return;
  await rm(dirname(installation.addon), { recursive: true, force: true });
  throw new MachineError(
    `The TensorFlow engine was built, does not work on this machine, and was removed: ${failure.replace(/\.$/, '')}.`,
  );
}

function failureOf(outcome: Outcome): string | null {
  try {
    const { engines } = JSON.parse(outcome.stdout) as MachineReport;
    return 'error' in engines.tensorflow ? engines.tensorflow.error : null;
  } catch {
    return `the process that tried it came to no end of its own (${reason(outcome)})`;
  }
}
