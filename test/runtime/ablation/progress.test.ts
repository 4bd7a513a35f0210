import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedRun } from '../../../src/runtime/ablation/ablation.js';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import type { RunState } from '../../../src/runtime/ablation/run-state.js';
import { ablationProgress, progressTable } from '../../../src/runtime/reports/ablation/progress.js';
import { TimeLeft, workOf } from '../../../src/runtime/reports/ablation/time-left.js';
import { ablationFolder } from './fake-runs.js';

let folder: string;
/** U-Net, R2AU-Net and a smaller U-Net, from two seeds each, of 20 steps. */
let runs: readonly PlannedRun[];

beforeAll(async () => {
  folder = await ablationFolder();
  runs = openAblation(join(folder, 'a.yaml'), { set: [], out: join(folder, 'out') }).runs;
});
afterAll(() => rm(folder, { recursive: true }));

const stepLine = 'step 10/20, training loss 0.5000 (smoothed), 5s left';

describe('the time left of all runs', () => {
  it('goes by what is done of the work, and runs that cost more weigh more', () => {
    let now = 0;
    const [first, second, third] = runs as [PlannedRun, PlannedRun, PlannedRun];
    const weights = new Map([
      [first, 1],
      [second, 1],
      [third, 4],
    ]);
    const left = new TimeLeft(
      [first, second, third],
      () => now,
      (run) => weights.get(run)!,
    );
    expect(left.seconds()).toBeNull();
    now = 10;
    left.read(first, stepLine);
    // Half of one of six parts took 10 s.
    expect(left.seconds()).toBeCloseTo(110, 9);
    left.ended(first);
    expect(left.seconds()).toBeCloseTo(50, 9);
  });

  it('does not take for work of this session what a resumed run had behind it', () => {
    let now = 0;
    const [first] = runs as [PlannedRun];
    const left = new TimeLeft([first], () => now);
    left.read(first, 'UNet: 20 steps from step 5 on TensorFlow');
    now = 5;
    left.read(first, stepLine);
    // A quarter of the run in 5 s, half of it left.
    expect(left.seconds()).toBeCloseTo(10, 9);
  });

  it('a network of more multiply-adds is more work', () => {
    expect(workOf(runs[2]!)).toBeGreaterThan(workOf(runs[0]!));
    expect(workOf(runs[4]!)).toBeLessThan(workOf(runs[0]!));
  });
});

/** What is written while the first of six runs trains and is scored, the last one being done already. */
function written(terminal: boolean): string {
  const stream = new PassThrough();
  const properties = terminal ? { isTTY: true, columns: 120 } : {};
  const states = new Map<PlannedRun, RunState>(runs.map((run) => [run, 'none']));
  states.set(runs[5]!, 'done');
  const progress = ablationProgress(runs, states, Object.assign(stream, properties) as never);
  const [run] = runs as [PlannedRun];
  progress.onStage(run, 'train');
  progress.onLine(run, stepLine);
  progress.onLine(run, 'validation at step 10: F1 0.5000, loss 0.4000');
  progress.onStage(run, 'evaluate');
  progress.onEnd(run, undefined);
  return String(stream.read());
}

describe('the progress of an ablation', () => {
  it('without a terminal names the run in every line, and the time left of all', () => {
    const lines = written(false).trimEnd().split('\n');
    expect(lines[0]).toBe('1 of 6 runs are done already');
    expect(lines.slice(1).every((line) => line.startsWith('run 1 of 6, u-net-s1: '))).toBe(true);
    expect(lines[2]).toMatch(/: step 10\/20, training loss .*; all runs: about \d+s left$/);
    expect(lines[3]).toContain('validation at step 10: F1 0.5000');
    expect(lines.at(-1)).toBe('run 1 of 6, u-net-s1: done (2 of 6)');
  });

  it('on a terminal draws the table over itself, whatever number of lines it had', () => {
    // Each drawing goes up to where the last one began and clears from there.
    const text = written(true).replaceAll('\u001b[', '<');
    const drawings = text.split('<0J').slice(1);
    const heights = drawings.map((drawing) => drawing.split('\n').length - 1);
    const ups = [...text.matchAll(/<(\d+)A/g)].map(([, up]) => Number(up));
    expect(ups).toEqual(heights.slice(0, -1));
    expect(new Set(heights).size).toBeGreaterThan(1);
  });

  it('keeps the last validation of a run while its steps go on', () => {
    const said = new Map([
      [runs[1]!, { now: stepLine, validation: 'validation at step 5: F1 0.4' }],
    ]);
    const text = progressTable(runs, new Map([[runs[0]!, 'done']]), said);
    expect(text).toContain(`run 2 of 6, u-net-s2: ${stepLine}\n  validation at step 5: F1 0.4\n`);
    expect(text).toMatch(/^U-Net +1\/2$/m);
    expect(text).toMatch(/1 of 6 runs ended$/);
  });
});
