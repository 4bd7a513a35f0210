import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/runtime/evaluation/evaluate-run.js';
import { score } from '../../../src/runtime/metrics/score.js';
import { printReport } from '../../../src/runtime/reports/scores.js';

type Drawn = readonly [mask: number[], fov: number[] | null];

function reportOf(drawn: readonly Drawn[], more: Partial<Report> = {}, classes?: string[]): Report {
  const samples = drawn.map(([mask, fov], n) => {
    const size = { width: mask.length, height: 1 };
    const image = { ...size, channels: 1, data: new Float32Array(mask.length) };
    const of = (data: number[]) => ({ ...size, data: Uint8Array.from(data) });
    return { id: `image-${n}`, image, mask: of(mask), fov: fov && of(fov) };
  });
  const channels = classes ? classes.length + 1 : 1;
  const predictions = drawn.map(([mask]) =>
    Float32Array.from(
      classes
        ? mask.flatMap((label) => Array.from({ length: channels }, (_, k) => (k === label ? 1 : 0)))
        : mask,
    ),
  );
  return {
    model: 'Net',
    run: 'run',
    split: 'test',
    data: { source: 'folder', root: null, sha256: '' },
    weights: 'best',
    checkpoint: { file: 'best.safetensors', step: 7, sha256: '0123456789abcdef' },
    ensemble: [],
    trainedOn: 0,
    settings: {},
    threshold: 0.5,
    thresholdFrom: 'fixed',
    images: drawn.length,
    ...score(samples, predictions, 0.5, classes),
    postprocess: [],
    baselines: [],
    ...more,
  };
}

const print = (report: Report): string => printReport(report, { perImage: false });

describe('the text below scores', () => {
  const whole: Drawn = [[1, 0, 0], null];
  const inside: Drawn = [
    [1, 0, 0],
    [1, 1, 0],
  ];

  it('speaks of a field of view only where there is one, and says where some have one', () => {
    expect(print(reportOf([whole, whole]))).not.toContain('field of view');
    expect(print(reportOf([inside, inside]))).toContain(
      '2 test images of folder, inside the field of view, threshold 0.5\n',
    );
    expect(print(reportOf([inside, whole, whole]))).toContain(
      '3 test images of folder, inside the field of view in the 1 of them that have one, threshold 0.5',
    );
  });

  it('says what was done to the masks', () => {
    const text = print(reportOf([whole], { postprocess: ['keep-largest', 'fill-holes'] }));
    expect(text).toContain('threshold 0.5, masks after keep-largest and fill-holes\n');
  });

  it('warns of images that the run was trained on', () => {
    expect(print(reportOf([whole, whole], { trainedOn: 1 }))).toContain(
      'warning: the run was trained on 1 of these 2 images',
    );
    expect(print(reportOf([whole]))).not.toContain('trained on');
  });

  it('names the other runs of an ensemble', () => {
    const other = { file: 'runs/b/best.safetensors', step: 9, sha256: 'fedcba9876543210' };
    expect(print(reportOf([whole], { ensemble: [other] }))).toContain(
      'probabilities averaged with those of runs/b/best.safetensors, SHA-256 fedcba987654',
    );
  });

  it('names images whose field of view has no pixel', () => {
    const text = print(
      reportOf([
        whole,
        [
          [1, 0, 0],
          [0, 0, 0],
        ],
      ]),
    );
    expect(text).toContain('no pixel in the field of view, so no scores: image-1');
    expect(text).toMatch(/images that count, of 2 +1 +1 +1 +1 +1 +1 +1 +1 +1 +1\n/);
  });

  it('says nothing of images that count where all do', () => {
    const text = print(reportOf([whole, whole]));
    expect(text).not.toContain('that count');
    expect(text).not.toContain('nothing to divide by');
  });

  it('says of how many classes a pooled mean is', () => {
    const text = print(reportOf([[[1, 0, 1], null]], {}, ['left', 'right']));
    expect(text).toMatch(/classes that count, of 2 +1 +1 +1 +1 +1 +1 +1\n/);
    expect(text).toMatch(/right, pooled +1\.0000 +- +1\.0000 +- +- +- +- +- +0\.0000 +-\n/);
    expect(text).toContain('each pixel of its likeliest class');
  });

  it('tells settings that are not the run’s own, and where images lie', () => {
    const data = { source: 'drive', root: 'DRIVE', sha256: '' } as const;
    const settings = { 'evaluation.flips': true, 'data.split.kind': 'list' };
    const text = print(reportOf([whole], { data, settings, split: 'validation' }));
    expect(text).toContain('1 validation image of drive at DRIVE, threshold 0.5\n');
    expect(text).toContain(
      'best weights, step 7, best.safetensors, SHA-256 0123456789ab; evaluation.flips true',
    );
    expect(text).not.toContain('list');
  });
});
