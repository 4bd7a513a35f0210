import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface StandIn {
  /** Where its REST API is: `http://127.0.0.1:PORT/v1/models`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `stand_in.py` with the folders of models by their names. */
export async function startStandIn(
  python: string,
  models: Readonly<Record<string, string>>,
): Promise<StandIn> {
  const script = fileURLToPath(new URL('stand_in.py', import.meta.url));
  const words = Object.entries(models).map(([name, folder]) => `${name}=${folder}`);
  // TensorFlow tells of the processor on standard error.
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '' };
  const child = spawn(python, [script, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(child, 'close');
  const [port] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    closed.then(() => Promise.reject(new Error(said))),
  ]);
  return {
    url: `http://127.0.0.1:${port}/v1/models`,
    async close() {
      child.kill();
      await closed;
    },
  };
}
