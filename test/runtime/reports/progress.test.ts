import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Pace, type PaceState } from '../../../src/runtime/reports/pace.js';
import { trainingProgress } from '../../../src/runtime/reports/progress.js';
import { progressLine, stepsIn } from '../../../src/runtime/reports/progress-line.js';
import { ValidationTable, validationLine } from '../../../src/runtime/reports/validation-table.js';

const state: PaceState = {
  done: 50,
  steps: 200,
  loss: 0.25,
  rate: 2,
  left: 75,
  memory: 1.5e9,
};

describe('the pace of a training', () => {
  it('is that of this session, and says how long it will take', () => {
    let now = 100;
    const pace = new Pace(
      110,
      100,
      () => now,
      () => 7,
    );
    expect(pace.state()).toMatchObject({ done: 100, rate: null, left: null, loss: null });
    now = 102;
    pace.update(104, 1);
    expect(pace.state()).toMatchObject({ done: 104, rate: 2, left: 3, memory: 7 });
  });

  it('has the mean of the first losses, and forgets old ones', () => {
    const pace = new Pace(1000, 0);
    for (const [i, loss] of [1, 2, 6].entries()) pace.update(i + 1, loss);
    expect(pace.state().loss).toBeCloseTo(3, 12);
    for (let done = 4; done <= 400; done++) pace.update(done, 10);
    expect(pace.state().loss).toBeCloseTo(10, 6);
  });
});

describe('the line of a training', () => {
  it('has bar, count, loss, time left, rate and memory', () => {
    expect(progressLine(state, { width: 120 })).toBe(
      `${'█'.repeat(8)}${'░'.repeat(22)} 50/200 | training loss 0.2500 | 1m 15s left | 2.0 steps/s | 1.50 GB`,
    );
  });

  it('is never wider than the terminal, and keeps the count longest', () => {
    for (let width = 1; width <= 120; width++) {
      expect(progressLine(state, { width }).length).toBeLessThanOrEqual(width);
    }
    expect(progressLine(state, { width: 40 })).toContain('50/200 | training loss 0.2500');
    expect(progressLine(state, { width: 8 })).toBe('50/200');
  });

  it('has no bar where there is no terminal', () => {
    expect(progressLine(state, { width: null })).toBe(
      'step 50/200, training loss 0.2500 (smoothed), 1m 15s left, 2.0 steps/s, 1.50 GB',
    );
  });

  it('can be read again for how far the training is', () => {
    expect(stepsIn(progressLine(state, { width: null }))).toEqual({ done: 50, steps: 200 });
    expect(stepsIn('R2AUNet: 200 steps on TensorFlow')).toBeUndefined();
  });
});

describe('the table of validations', () => {
  const scores = { f1: 0.5, rocAuc: null, loss: 0.25, jaccard: 0.3 };

  it('has a head once, the best marked, and a dash where a score is not defined', () => {
    const table = new ValidationTable(() => 45);
    const [head, first] = table.rows(10, scores, true);
    expect(head!.trimEnd()).toBe('validation at step      F1  ROC AUC    loss');
    expect(first).toBe('                10  0.5000        -  0.2500 *');
    expect(table.rows(20, scores, false)).toEqual(['                20  0.5000        -  0.2500']);
  });

  it('is never wider than the terminal', () => {
    for (let width = 20; width < 100; width++) {
      const lines = new ValidationTable(() => width).rows(10, scores, true);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

describe('the line of a validation', () => {
  it('says what each of its figures is', () => {
    const scores = { loss: 0.25, f1: 0.5, rocAuc: null, hd95: 3 };
    expect(validationLine(10, scores, true)).toBe(
      'validation at step 10: F1 0.5000, ROC AUC -, loss 0.2500, the best so far',
    );
    expect(validationLine(20, scores, false)).not.toContain('best');
  });
});

/** What a training of ten steps with one validation writes. */
function written(terminal: boolean): string {
  const stream = new PassThrough();
  const properties = terminal ? { isTTY: true, columns: 50 } : {};
  const shown = trainingProgress(10, 0, Object.assign(stream, properties) as never);
  for (let done = 1; done <= 10; done++) shown.update(done, 1);
  shown.validated(10, { f1: 0.5 }, true);
  shown.stop();
  return String(stream.read());
}

describe('progress', () => {
  it('without a terminal is a line for each tenth, and no escape', () => {
    const text = written(false);
    expect(text).not.toContain('\u001b');
    const lines = text.trimEnd().split('\n');
    expect(
      lines.slice(0, 10).map((line) => /^step (\d+)\/10, training loss 1/.exec(line)?.[1]),
    ).toEqual(Array.from({ length: 10 }, (_, i) => String(i + 1)));
    expect(lines.slice(10)).toEqual(['validation at step 10: F1 0.5000, the best so far']);
  });

  it('on a terminal shows the last row and the full bar', () => {
    const text = written(true);
    expect(text).toContain('0.5000');
    expect(text).toContain('10/10');
  });
});
