import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../src/runtime/data/sample.js';
import { overlayOf } from '../../../../src/runtime/evaluation/overlay.js';
import type { PostprocessStep } from '../../../../src/runtime/experiments/options/evaluation.js';
import { scorer } from '../../../../src/runtime/metrics/score.js';
import { postprocessed } from '../../../../src/runtime/prediction/postprocess/postprocess.js';
import { uniforms } from '../../../compiler/ops/cases/case.js';
import { largestByLabel, withoutHoles } from './oracle.js';

/** A label map from its rows; `.` is the background. */
function drawn(...rows: string[]) {
  const labels = Uint8Array.from([...rows.join('')], (c) => (c === '.' ? 0 : Number(c)));
  return { labels, width: rows[0]!.length, height: rows.length };
}

/** The rows of the map after steps. */
function done(steps: readonly PostprocessStep[], ...rows: string[]): string[] {
  const { labels, width, height } = drawn(...rows);
  const made = [...postprocessed(labels, width, height, steps)];
  const text = made.map((label) => (label === 0 ? '.' : label)).join('');
  return rows.map((_, y) => text.slice(y * width, (y + 1) * width));
}

describe('keep-largest', () => {
  it('leaves the largest region of a class, corners connecting', () => {
    expect(done(['keep-largest'], '1....', '.1..1', '..1.1', '.....')).toEqual([
      '1....',
      '.1...',
      '..1..',
      '.....',
    ]);
    const joined = ['1....', '.1...', '..1.1', '...1.'];
    expect(done(['keep-largest'], ...joined)).toEqual(joined);
  });

  it('counts each class by itself', () => {
    expect(done(['keep-largest'], '11.2', '...2', '1.2.', '1...')).toEqual([
      '11.2',
      '...2',
      '..2.',
      '....',
    ]);
  });

  it('keeps of equal regions the one that begins first, row by row', () => {
    expect(done(['keep-largest'], '..11', '....', '11..')).toEqual(['..11', '....', '....']);
  });

  it('leaves an empty mask empty', () => {
    expect(done(['keep-largest', 'fill-holes'], '...', '...')).toEqual(['...', '...']);
  });

  it('takes as many regions as an image can have', () => {
    const labels = Uint8Array.from({ length: 1000 * 1000 }, (_, i) =>
      i % 2 === 0 && Math.floor(i / 1000) % 2 === 0 ? 1 : 0,
    );
    const kept = postprocessed(labels, 1000, 1000, ['keep-largest']);
    expect(kept.reduce((sum, label) => sum + label, 0)).toBe(1);
    expect(kept[0]).toBe(1);
  });
});

describe('fill-holes', () => {
  it('fills what is shut in, where sides alone connect', () => {
    expect(done(['fill-holes'], '.11.', '1..1', '.11.', '....')).toEqual([
      '.11.',
      '1111',
      '.11.',
      '....',
    ]);
  });

  it('leaves a bay and what meets the edge of the image', () => {
    const open = ['111.', '1...', '111.', '1.11'];
    expect(done(['fill-holes'], ...open)).toEqual(open);
  });

  it('leaves another class in a hole, and fills around it', () => {
    expect(done(['fill-holes'], '11111', '1...1', '1.2.1', '1...1', '11111')).toEqual([
      '11111',
      '11111',
      '11211',
      '11111',
      '11111',
    ]);
  });

  it('gives a hole in a hole to the ring next to it', () => {
    expect(
      done(['fill-holes'], '2222222', '2.....2', '2.111.2', '2.1.1.2', '2.111.2', '2222222'),
    ).toEqual(['2222222', '2222222', '2211122', '2211122', '2211122', '2222222']);
  });
});

describe('against the definitions of scipy', () => {
  const maps = Array.from({ length: 40 }, (_, n) => {
    const [width, height] = [3 + (n % 9), 4 + (n % 7)];
    const dense = 0.35 + 0.4 * ((n * 7) % 10) * 0.1;
    const labels = Uint8Array.from(uniforms(n, width * height), (u) => (u < dense ? 1 : 0));
    return { labels, width, height };
  });

  it.each(maps)('a random mask of $width by $height', ({ labels, width, height }) => {
    expect(postprocessed(labels, width, height, ['keep-largest'])).toEqual(
      largestByLabel(labels, width, height),
    );
    expect(postprocessed(labels, width, height, ['fill-holes'])).toEqual(
      withoutHoles(labels, width, height),
    );
  });
});

describe('steps', () => {
  it('are done in their order', () => {
    const rows = ['111..', '1.1.1', '111..', '.....', '1....'];
    expect(done(['keep-largest', 'fill-holes'], ...rows)).toEqual([
      '111..',
      '111..',
      '111..',
      '.....',
      '.....',
    ]);
    expect(done([], ...rows)).toEqual(rows);
  });

  it('see nothing outside the field of view', () => {
    const { labels, width, height } = drawn('1111', '....', '11..');
    const inside = Uint8Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    const kept = postprocessed(labels, width, height, ['keep-largest'], inside);
    expect([...kept]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
  });
});

describe('scores of a postprocessed mask', () => {
  const size = { width: 5, height: 1 };
  const sample: Sample = {
    id: 'a',
    image: { ...size, channels: 1, data: new Float32Array(5) },
    mask: { ...size, data: Uint8Array.of(1, 1, 0, 0, 0) },
    fov: null,
  };
  const prediction = Float32Array.of(0.9, 0.9, 0.1, 0.1, 0.9);
  const scored = (steps: readonly PostprocessStep[]) => {
    const scoring = scorer(0.5, ['vessel'], 'skip', steps);
    scoring.add(sample, prediction);
    return scoring.evaluation().metrics;
  };

  it('are of the mask where they are of a mask, and of the probabilities where they are of those', () => {
    const [raw, clean] = [scored([]), scored(['keep-largest'])];
    expect([raw.f1, clean.f1]).toEqual([0.8, 1]);
    expect([raw.hd95, clean.hd95].map((distance) => distance! > 0)).toEqual([true, false]);
    for (const key of ['rocAuc', 'prAuc', 'ece'] as const) expect(clean[key]).toBe(raw[key]);
  });

  it('are of the mask that the overlay shows', () => {
    const red = (steps: readonly PostprocessStep[]) =>
      overlayOf(sample, prediction, 0.5, steps)[12];
    expect([red([]), red(['keep-largest'])]).toEqual([230, 0]);
  });
});
