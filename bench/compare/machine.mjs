// The machine: what it is, how busy, and how fast at the one thing that it does best.
import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { advice, python } from './python.mjs';

export const machine = () => ({
  cpu: cpus()[0].model,
  cores: availableParallelism(),
  load: loadavg()[0],
});

/** Floating-point operations a second in a large float32 matrix product, by the library that does it fastest. */
export async function peakOf(threads) {
  const script = fileURLToPath(new URL('../peers/timing/matrix_product.py', import.meta.url));
  const running = promisify(execFile)(python, [script, String(threads)]);
  const { stdout } = await running.catch(({ message }) => {
    throw new Error(`${message}\n${advice}`);
  });
  return JSON.parse(stdout);
}
