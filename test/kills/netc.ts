import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the process of a command is ended. */
export interface Kill {
  readonly command: string;
  /** `clock`: at any time, from outside. */
  readonly phase: string;
  /** Which moment of the phase, counted from 1. */
  readonly nth: number;
  readonly how: 'before' | 'amid' | 'after';
  /** Milliseconds after that moment, where the engine or a program works; by the clock, after the start. */
  readonly delay: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
}

export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether the kill came to pass. */
  readonly isKilled: boolean;
  readonly stderr: string;
}

const main = resolve('dist/bin/main.js');
const hook = resolve('test/kills/moments.mjs');

/** Runs the built `netc`, ended as asked. `moments` gets what it went through. */
export async function netc(
  args: readonly string[],
  folder: string,
  { kill, moments }: { readonly kill?: Kill; readonly moments?: string } = {},
): Promise<Ending> {
  const told = join(folder, 'killed');
  rmSync(told, { force: true });
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  if (kill && kill.phase !== 'clock') env.NETC_KILL = JSON.stringify({ ...kill, told });
  if (moments) env.NETC_MOMENTS = moments;
  const child = spawn(process.execPath, ['--import', hook, main, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr = (stderr + chunk).slice(-4000);
  });
  let isSent = false;
  const timer =
    kill?.phase === 'clock'
      ? setTimeout(() => {
          isSent = child.kill(kill.signal);
        }, kill.delay)
      : undefined;
  await new Promise<void>((done, fail) => {
    child.on('error', fail);
    // Programs that it started may hold its pipes a while longer.
    child.on('exit', () => done());
  });
  clearTimeout(timer);
  const isKilled = isSent || existsSync(told);
  return { status: child.exitCode, signal: child.signalCode, isKilled, stderr };
}

/** How many moments each phase of each command has in one process: `train step` and so on. */
export type Moments = ReadonlyMap<string, number>;

/** @param text lines of a process, a command and a phase */
export function countMoments(text: string): Moments {
  const ofProcesses = new Map<string, number>();
  for (const line of text.split('\n').filter(Boolean))
    ofProcesses.set(line, (ofProcesses.get(line) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [line, count] of ofProcesses) {
    const phase = line.slice(line.indexOf(' ') + 1);
    counts.set(phase, Math.max(count, counts.get(phase) ?? 0));
  }
  return counts;
}
