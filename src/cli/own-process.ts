import { spawn } from 'node:child_process';
import { NeedsOwnProcess } from '../runtime/errors/errors.js';
import { status } from './failure.js';
import { printNote } from './output.js';
import { type EndSignal, onSignals, signalStatus } from './signals.js';

/** Says to the process that is started that it is this one's work that it does. */
const mark = 'NETC_OWN_PROCESS';

/** Whether what takes most of the memory is to have a process of its own, which this one is not yet. */
export const asksForProcess = (): boolean => process.env[mark] === undefined;

/** Signals that an engine dies by: what it does itself, and what the system does where memory ends. */
const reasons: Readonly<Record<string, string>> = {
  SIGKILL: 'the system ends processes so when memory runs out',
  SIGSEGV: 'it does so when memory runs out, or where a library is at fault',
  SIGABRT: 'it does so when memory runs out',
  SIGBUS: 'it does so when memory runs out',
};

/** Does `action`; where it asks for a process of its own, this command runs again in one, and the answer is undefined. */
export async function orApart<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof NeedsOwnProcess)) throw error;
    process.exitCode = await runApart(error.message);
    return undefined;
  }
}

/**
 * Runs this command again in a process of its own, since a library that fails ends the process it is in. Signals are passed on, and
 * the terminal is shared. Answers with its exit status; of one that died, says so.
 * @param way how to go on from there
 */
async function runApart(way: string): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    // Signals of a terminal's keys come to this process alone, which passes each on once.
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [mark]: String(process.pid) },
  });
  let passed: EndSignal | undefined;
  const release = onSignals((_, signal) => {
    passed = signal;
    child.kill(signal);
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) =>
        resolve(code ?? (passed && signal === passed ? signalStatus[passed] : died(signal!, way))),
      );
    });
  } finally {
    release();
  }
}

function died(signal: NodeJS.Signals, way: string): number {
  const reason = reasons[signal];
  printNote(`error: the engine died by ${signal}${reason ? ` (${reason})` : ''}: ${way}\n`);
  return status.machine;
}
