import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { main, root } from '../cli/netc.js';

/** Some files as `netc view` serves them. */
export async function served(
  ...files: readonly string[]
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const child = spawn(process.execPath, [main, 'view', ...files, '--json'], { cwd: root });
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
  const close = async (): Promise<void> => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { address: JSON.parse(said).address, close };
}
