import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dice } from '../compiler/format/dice.js';
import { differencesOf } from './compare.js';
import { drawKill } from './draw.js';
import { countMoments, type Ending, type Kill, type Moments, netc } from './netc.js';

/** Runs that were never interrupted, which others are held to. */
export interface Whole {
  readonly folder: string;
  readonly moments: Moments;
  /** How long each command takes. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** What came of one run that was killed several times. */
export interface Outcome {
  /** Those that came to pass. */
  readonly kills: readonly Kill[];
  /** Empty where the run ended as one that was never interrupted. */
  readonly faults: readonly string[];
}

/** @param isAblated whether an ablation is among them */
export async function wholeRuns(folder: string, isAblated: boolean): Promise<Whole> {
  const list = join(folder, 'moments');
  const milliseconds: Record<string, number> = {};
  for (const args of [
    ['train', 'x.yaml', '--out', 'whole'],
    ['evaluate', 'whole'],
    ...(isAblated ? [['ablate', 'a.yaml', '--out', 'ablated']] : []),
  ]) {
    const begin = performance.now();
    const { status, stderr } = await netc(args, folder, { moments: list });
    if (status !== 0) throw new Error(`netc ${args.join(' ')}: status ${status}\n${stderr}`);
    milliseconds[args[0]!] = performance.now() - begin;
  }
  return { folder, moments: countMoments(readFileSync(list, 'utf8')), milliseconds };
}

/** A run that is killed up to four times while it trains, goes on each time, and is killed while it is scored. */
export async function killRun(
  name: string,
  { folder, ...whole }: Whole,
  dice: Dice,
): Promise<Outcome> {
  const training = (): readonly string[] =>
    existsSync(join(folder, name))
      ? ['train', '--resume', name]
      : ['train', 'x.yaml', '--out', name];
  const scoring = () => ['evaluate', name];
  const kills: Kill[] = [];
  const faults = [
    ...(await killed(training, 'train', 1 + dice.below(4))),
    ...(await killed(scoring, 'evaluate', 1)),
  ];
  const differences = faults.length > 0 ? [] : differencesOf(folder, name, 'whole');
  if (faults.length + differences.length === 0) rmSync(join(folder, name), { recursive: true });
  return { kills, faults: [...faults, ...differences] };

  async function killed(args: () => readonly string[], command: string, times: number) {
    return killAndEnd({ folder, ...whole }, dice, args, [command], times, kills);
  }
}

/** An ablation that is killed twice, itself or what it runs, and made again each time. */
export async function killAblation(name: string, whole: Whole, dice: Dice): Promise<Outcome> {
  const { folder } = whole;
  const kills: Kill[] = [];
  const args = () => ['ablate', 'a.yaml', '--out', name];
  const commands = ['ablate', 'ablate', 'train', 'evaluate'];
  const faults = await killAndEnd(whole, dice, args, commands, 2, kills);
  if (faults.length > 0) return { kills, faults };
  const runs = readdirSync(join(folder, 'ablated', 'runs'));
  const differences = runs.flatMap((run) =>
    differencesOf(folder, `${name}/runs/${run}`, `ablated/runs/${run}`).map(
      (difference) => `${run}: ${difference}`,
    ),
  );
  if (reportOf(folder, name) !== reportOf(folder, 'ablated'))
    differences.push('report.json is another');
  if (differences.length === 0) rmSync(join(folder, name), { recursive: true });
  return { kills, faults: differences };
}

/** Without what was measured. */
function reportOf(folder: string, name: string): string {
  const { measured: _, ...report } = JSON.parse(
    readFileSync(join(folder, name, 'report.json'), 'utf8'),
  );
  return JSON.stringify(report).replaceAll(name, 'OUT');
}

/** Runs a command up to its end, killed `times` times at most before; what it should not have said or ended with. */
async function killAndEnd(
  { folder, moments, milliseconds }: Whole,
  dice: Dice,
  args: () => readonly string[],
  commands: readonly string[],
  times: number,
  kills: Kill[],
): Promise<string[]> {
  for (let n = 0; n < times; n++) {
    const kill = drawKill(dice, commands, moments, milliseconds[args()[0]!]!);
    const ending = await netc(args(), folder, { kill });
    if (ending.isKilled) kills.push(kill);
    else if (ending.status !== 0) return [told(args(), ending)];
    if (ending.isKilled && !isExpected(ending, kill, args()[0]!)) return [told(args(), ending)];
  }
  const ending = await netc(args(), folder);
  return ending.status === 0 ? [] : [told(args(), ending)];
}

/** A process that is told to end may have ended, or have no more to do; an ablation whose run was killed says so. */
function isExpected({ status, signal }: Ending, kill: Kill, command: string): boolean {
  if (kill.command !== command) return status === 1 || status === 0;
  if (kill.signal === 'SIGKILL') return signal === 'SIGKILL';
  return signal === 'SIGTERM' || status === 143 || status === 0;
}

const told = (args: readonly string[], { status, signal, stderr }: Ending): string =>
  `netc ${args.join(' ')}: ${signal ?? `status ${status}`}\n${stderr.trimEnd()}`;
