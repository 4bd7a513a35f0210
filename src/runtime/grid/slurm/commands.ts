import { spawn } from 'node:child_process';
import { InputError, MachineError } from '../../errors/errors.js';

/** Slurm's commands, of which all that is asked goes through here. */
type Command = 'sbatch' | 'squeue' | 'scancel' | 'scontrol';

/**
 * What a command of Slurm prints.
 * @param input on its standard input
 * @throws MachineError where Slurm is not here or does not answer
 * @throws InputError with Slurm's words where it refuses
 */
export async function slurm(
  command: Command,
  args: readonly string[],
  { input = '', seconds = 60 }: { readonly input?: string; readonly seconds?: number } = {},
): Promise<string> {
  const { status, stdout, stderr } = await outputOf(command, args, input, seconds);
  if (status === 0) return stdout;
  const said = stderr.trim().replaceAll(/^\w+: (error: )?/gm, '');
  if (status === null) {
    throw new MachineError(
      `${command} did not answer within ${seconds} s: is the controller up (scontrol ping)?`,
    );
  }
  if (/contact|connect|communicat|timed out/i.test(said)) {
    throw new MachineError(
      `${command} cannot reach Slurm: ${said.split('\n')[0]}: is the controller up (scontrol ping)?`,
    );
  }
  throw new InputError(`${command} refuses: ${said.replaceAll('\n', '; ')}`);
}

interface Output {
  /** Null where it was ended. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function outputOf(
  command: Command,
  args: readonly string[],
  input: string,
  seconds: number,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: 1000 * seconds, killSignal: 'SIGKILL' });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        said[stream] += chunk;
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') reject(error);
      const way = 'submit from a node that has them, or choose another --on';
      reject(new MachineError(`${command} is not found: Slurm's commands are not here: ${way}`));
    });
    child.on('close', (status) => resolve({ status, ...said }));
    // One that ends before it has read all says why itself.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
