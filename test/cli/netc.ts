import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program, as `npm run build` made it. */
export const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

/** The checkout, where models and experiments lie. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `netc` in `cwd`, with `env` above its own, and waits for its end. `npm test` builds first. */
export function netc(
  args: readonly string[],
  cwd: string = root,
  env: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env } };
    const child = spawn(process.execPath, [main, ...args], options);
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        text[name] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...text }));
  });
}
