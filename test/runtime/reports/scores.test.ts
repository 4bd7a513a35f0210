import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/runtime/evaluation/evaluate-run.js';
import type { PostprocessStep } from '../../../src/runtime/evaluation/postprocess/postprocess.js';
import { score } from '../../../src/runtime/evaluation/score.js';
import { printReport } from '../../../src/runtime/reports/scores.js';

const report = (postprocess: readonly PostprocessStep[]): Report => ({
  model: 'UNet',
  split: 'test',
  weights: 'last',
  images: 1,
  threshold: 0.5,
  thresholdFrom: 'fixed',
  postprocess,
  baselines: [],
  ...score([], [], 0.5),
});
const footOf = (text: string): string => text.split('\n').at(-1)!;

describe('the foot of a table of scores', () => {
  it('says what was done to the masks', () => {
    const foot = footOf(printReport(report(['keep-largest', 'fill-holes']), { perImage: false }));
    expect(foot).toContain('threshold 0.5, masks after keep-largest and fill-holes');
    expect(footOf(printReport(report([]), { perImage: false }))).not.toContain('masks after');
  });
});
