import { spawn } from 'node:child_process';

export interface Outcome {
  /** Null when the program could not be started at all: it is not on the PATH. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with each whole line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end; the caller decides what its status means. */
export function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let unread = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (let end = stdout.indexOf('\n', unread); end >= 0; end = stdout.indexOf('\n', unread)) {
        options.onLine?.(stdout.slice(unread, end));
        unread = end + 1;
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => resolve({ status: null, stdout, stderr: error.message }));
    // Killed by a signal (no memory, Ctrl-C): a status that is no success.
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, stderr }));
  });
}

/** The line that says why, out of a tool's complaints: the last with "error" in it, else the last. */
export function reason(outcome: Outcome): string {
  const lines = `${outcome.stdout}\n${outcome.stderr}`.split('\n').filter((line) => line.trim());
  const line = lines.findLast((text) => /error/i.test(text)) ?? lines.at(-1);
  return line?.trim() ?? `it ended with status ${outcome.status}`;
}
