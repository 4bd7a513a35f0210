import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { main } from '../cli/netc.js';
import { ablationFolder, experimentText } from '../runtime/ablation/fake-runs.js';

/** Twelve runs, of which the last one's loss is not finite for long. */
const rates = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => ({ name: `r${n}`, rate: n / 10_000 }));
const ablation = `experiment: x.yaml
variants:
${rates.map(({ name, rate }) => `  - {name: ${name}, learningRate: ${rate}}`).join('\n')}
  - {name: diverges, learningRate: 1e38, optimiser: {kind: sgd}}
`;
export const good = rates.map(({ name }) => `${name}-s1`);
export const failing = 'diverges-s1';

/** A folder with an ablation of twelve runs of some seconds, `a.yaml`. */
export async function gridFolder(): Promise<string> {
  const folder = await ablationFolder(ablation);
  const text = experimentText.replace('steps: 20', 'steps: 60').replace('test: 4', 'test: 2');
  await writeFile(join(folder, 'x.yaml'), `${text}checkpoint: {every: 10}\n`);
  return folder;
}

export interface Status {
  readonly run: string;
  readonly state: string;
  readonly reason: string | null;
}

/** `netc` in a folder, with the environment of a cluster. */
export function netcIn(folder: string, env: NodeJS.ProcessEnv) {
  const netc = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...env, NO_COLOR: '1' },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const statuses = (): Status[] => JSON.parse(netc('status', 'grid', '--json').stdout).runs;
  return { netc, statuses };
}

/** Waits until what is looked at is there, at most two minutes. */
export async function until<T>(look: () => T | undefined): Promise<T> {
  const end = Date.now() + 120_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await setTimeout(100);
  }
}

/** Waits for a process whose arguments hold all of `words`, and ends it by `signal`. */
export async function end(words: readonly string[], signal: NodeJS.Signals): Promise<void> {
  process.kill(await until(() => processWith(words)), signal);
}

const processWith = (words: readonly string[]): number | undefined =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      const [program = '', ...args] = argumentsOf(pid);
      return /node$/.test(program) && words.every((word) => args.some((arg) => arg.includes(word)));
    });

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** A report without what was measured, and without the last words of runs that failed, which tell of time. */
export async function reportIn(folder: string, out: string): Promise<unknown> {
  const {
    measured: _,
    failures,
    ...report
  } = JSON.parse(await readFile(join(folder, out, 'report.json'), 'utf8'));
  return { ...report, failed: failures.map(({ run }: { run: string }) => run) };
}
