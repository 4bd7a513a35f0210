import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { keep, type Work } from './child.js';
import {
  caseIn,
  type Finding,
  findingsFile,
  type Progress,
  progressFile,
  readProgress,
} from './progress.js';

/** A case that takes longer than this by the clock, in milliseconds, is ended; a busy computer makes two seconds of work many. */
const mostClock = 20_000;
/** A gigabyte of memory is enough for any case; more of it for short-lived values saves time. */
const memory = ['--max-old-space-size=1024', '--max-semi-space-size=64'];

export interface Summary {
  readonly cases: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowest: Progress['slowest'];
  readonly findings: readonly Finding[];
}

/**
 * Tries cases in a process of its own, and goes on in a new one behind a case that hangs or ends it.
 * @param start the arguments of Node that start `work`
 * @param onMinute told of what has been done, once a minute
 */
export async function watch(
  start: (work: Work) => readonly string[],
  work: Work,
  onMinute: (soFar: Summary) => void = () => {},
  patience = mostClock,
): Promise<Summary> {
  const before: Progress[] = [];
  let said = Date.now();
  let next = work.from;
  while (next < work.to && Date.now() < work.until) {
    const args = start({ ...work, from: next });
    // That of a process before would be taken for this one's.
    rmSync(join(work.folder, progressFile), { force: true });
    const child = spawn(process.execPath, [...memory, ...args], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const ending = endOf(child);
    let isHung = false;
    while (!ending.isOver()) {
      await Promise.race([ending.over, setTimeout(250)]);
      const now = readProgress(work.folder);
      isHung = !ending.isOver() && now !== undefined && Date.now() - now.began > patience;
      if (isHung && child.kill('SIGKILL')) await ending.over;
      if (now && Date.now() - said > 60_000) {
        said = Date.now();
        onMinute(summaryOf(work, [...before, now]));
      }
    }
    const reached = readProgress(work.folder);
    if (reached) before.push(reached);
    if (!isHung && child.exitCode === 0) break;
    if (!reached) throw new Error(`no case was tried: ${ending.words()}`);
    const detail = isHung ? `over ${patience / 1000} s by the clock` : ending.words();
    const finding = { kind: isHung ? 'hang' : 'death', index: reached.index, detail } as const;
    keep(work.folder, finding, { ...reached.case, bytes: caseIn(work.folder, reached) });
    next = reached.index + 1;
  }
  return summaryOf(work, before);
}

/** The end of a process, and its last words. */
function endOf(child: ChildProcess) {
  let [text, over] = ['', false];
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4000);
  });
  const promise = new Promise<void>((resolve) => {
    child.on('close', () => {
      over = true;
      resolve();
    });
  });
  const words = () => `${child.signalCode ?? `status ${child.exitCode}`}\n${text}`;
  return { over: promise, isOver: () => over, words };
}

export function findingsIn(folder: string): readonly Finding[] {
  const path = join(folder, findingsFile);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

function summaryOf({ folder }: Work, parts: readonly Progress[]): Summary {
  const outcomes: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, count] of Object.entries(part.outcomes))
      outcomes[name] = (outcomes[name] ?? 0) + count;
  }
  const findings = findingsIn(folder);
  // Those that ended their process have no outcome.
  const lost = findings.filter(({ kind }) => kind === 'hang' || kind === 'death').length;
  const cases = Object.values(outcomes).reduce((a, b) => a + b, lost);
  const slowest = parts
    .map((part) => part.slowest)
    .reduce((a, b) => (b.seconds > a.seconds ? b : a), { seconds: 0, index: 0 });
  return { cases, outcomes, slowest, findings };
}
