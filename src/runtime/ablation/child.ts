import { spawn } from 'node:child_process';

/** The end of a program that ran. */
export interface Ending {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Its last lines on standard error. */
  readonly lastLines: readonly string[];
}

export interface Child {
  readonly ended: Promise<Ending>;
  /** Asks it to end and keep its state. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
}

/** How many of its last lines tell what went wrong. */
const kept = 12;

/**
 * Runs this program with other arguments. It does not hear the keys of this one's terminal, and ends when this one is
 * gone.
 */
export function startChild(args: readonly string[], onLine: (line: string) => void): Child {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const lastLines: string[] = [];
  let rest = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text.trim() !== '')) {
      lastLines.push(line);
      if (lastLines.length > kept) lastLines.shift();
      onLine(line);
    }
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (rest.trim() !== '') lastLines.push(rest);
      resolve({ status, signal, lastLines });
    });
  });
  return { ended, stop: () => child.kill('SIGTERM'), kill: () => child.kill('SIGKILL') };
}
