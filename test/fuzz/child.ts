import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '../compiler/format/dice.js';
import { type Finding, findingsFile, progressIn } from './progress.js';
import type { Case, Open } from './subject.js';

export interface Work {
  readonly seed: number;
  /** Cases from `from` on, not including `to`. */
  readonly from: number;
  readonly to: number;
  /** When to end at the latest, in milliseconds of the epoch. */
  readonly until: number;
  /** Where progress, findings and the case under way are written. */
  readonly folder: string;
}

/** More processor time than this is too long for one case. */
export const mostSeconds = 2;

/** Cases are drawn by their numbers, so that each can be drawn again alone. */
const diceOf = (seed: number, index: number): Dice =>
  new Dice(Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));

/**
 * Tries cases one after the other in this process, and writes what came of them. What is under way is on the disk before it is
 * tried: a case that hangs or ends the process is found there.
 */
export async function work(open: Open, { seed, from, to, until, folder }: Work): Promise<void> {
  const subject = await open(folder);
  const parent = process.ppid;
  const progress = progressIn(folder);
  const outcomes: Record<string, number> = {};
  let slowest = { seconds: 0, index: from };
  let before = processorSeconds();
  const note = (index: number, item: Case): void =>
    progress.write({ index, began: Date.now(), outcomes, slowest }, item);
  for (let index = from; index < to && Date.now() < until && process.ppid === parent; index++) {
    const item = subject.draw(diceOf(seed, index));
    note(index, item);
    let outcome = 'crash';
    try {
      outcome = await subject.attempt(item);
    } catch (error) {
      keep(folder, { kind: 'crash', index, detail: stackOf(error) }, item);
    }
    // From the end of the one before: to ask takes time itself.
    const after = processorSeconds();
    const seconds = after - before;
    before = after;
    if (seconds > slowest.seconds) slowest = { seconds, index };
    if (seconds > mostSeconds)
      keep(folder, { kind: 'slow', index, detail: `${seconds.toFixed(1)} s` }, item);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  note(to, { name: '', what: '', bytes: '' });
  progress.close();
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Saves a case and what it did. */
export function keep(
  folder: string,
  finding: Pick<Finding, 'kind' | 'index' | 'detail'>,
  { bytes, name, what }: Case,
): void {
  writeFileSync(join(folder, `${finding.index}-${finding.kind}-${name}`), bytes);
  const whole: Finding = { ...finding, name, what };
  appendFileSync(join(folder, findingsFile), `${JSON.stringify(whole)}\n`);
}
