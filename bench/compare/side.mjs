// A side of the comparison: a process that computes when asked and stands still otherwise.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { advice, python } from './python.mjs';
import { peers } from './workloads.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

function commandOf(name, { name: workload, peer, base }, folder, threads) {
  if (name === 'ours') return [process.execPath, here('ours.mjs'), workload, folder, threads];
  const script = here(`../peers/timing/${peers[name].script}`);
  return [python, script, name, peer, base, folder, threads];
}

/**
 * Starts a side, which then runs until `stop`. Its process and those it started are one group, stopped and continued as one.
 * What it says beside its answers goes to FOLDER/NAME.log.
 */
export async function openSide(name, workload, folder, threads) {
  const [command, ...given] = commandOf(name, workload, folder, threads);
  const log = join(folder, `${name}.log`);
  const stdio = ['pipe', 'pipe', openSync(log, 'w')];
  const child = spawn(command, given.map(String), { stdio, detached: true });
  child.on('error', () => {}); // Told by the answer that does not come.
  child.stdin.on('error', () => {});
  const signal = (kind) => child.pid && process.kill(-child.pid, kind);
  const end = () => {
    process.off('exit', end);
    if (child.exitCode === null) signal('SIGKILL');
  };
  process.on('exit', end); // A process that stands still does not see that its input ended.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    const said = readFileSync(log, 'utf8').split('\n').slice(-12).join('\n');
    throw new Error(`${command} (${name}) gave no answer:\n${said}\n${advice}`);
  };
  const ask = (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return answer();
  };
  const { description } = await answer();
  return {
    name,
    description,
    /** `times` calls of `train` or `predict`. */
    run: (call, times) => ask({ call, times }),
    warm: () => ask({ call: 'warm' }),
    load: () => ask({ call: 'load' }),
    stop: () => signal('SIGSTOP'),
    go: () => signal('SIGCONT'),
    memory: memoryOf(child.pid),
    end,
  };
}

/** Resident memory of a process in bytes, as Linux counts it; `restart` makes its peak what it has now. */
const memoryOf = (pid) => {
  const field = (name) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return 1024 * Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)[1]);
  };
  return {
    now: () => field('VmRSS'),
    peak: () => field('VmHWM'),
    restart: () => writeFileSync(`/proc/${pid}/clear_refs`, '5'),
  };
};
