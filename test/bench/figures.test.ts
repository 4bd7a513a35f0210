import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { againstBest, geometricMean, median, ratios } from '../../bench/compare/figures.mjs';

describe('the figures of the benchmark', () => {
  it('takes the middle of an odd number of values and the mean of the two middle ones of an even', () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([9, 1, 2, 4])).toBe(3);
  });

  it('pairs both sides by round, so that what slows a whole round cancels', () => {
    const ours = [1, 10, 1.2];
    const theirs = [2, 20, 2];
    expect(ratios(ours, theirs)).toEqual({ median: 0.5, least: 0.5, greatest: 0.6 });
  });

  it('weighs twice as fast and twice as slow alike', () => {
    expect(geometricMean([0.5, 2])).toBeCloseTo(1, 12);
  });

  it('holds ours to whichever peer is fastest at each workload', () => {
    const first = { ours: [1, 1, 1], eager: [4, 4, 4], compile: [2, 2, 2] };
    const second = { ours: [1, 1, 1], eager: [0.5, 0.5, 0.5], compile: [3, 3, 3] };
    const { each, mean } = againstBest([first, second]);
    expect(each.map(({ peer }: { peer: string }) => peer)).toEqual(['compile', 'eager']);
    expect(each.map(({ ratio }: { ratio: { median: number } }) => ratio.median)).toEqual([0.5, 2]);
    expect(mean).toBeCloseTo(1, 12);
  });
});

describe('the command line of the benchmark', () => {
  const run = (...given: string[]) =>
    spawnSync(process.execPath, ['bench/peers.mjs', ...given], { encoding: 'utf8' });

  it('names every workload where one is unknown, and measures nothing', () => {
    const { status, stderr, stdout } = run('--workloads', 'unet-16-8x64,unet-32');
    expect([status, stdout]).toEqual([2, '']);
    const [line = ''] = stderr.split('\n');
    expect(line).toMatch(/^--workloads does not know unet-32; it takes /);
    expect(line.match(/(unet|r2au)-(16-8x64|64-4x64|16-1x512|64-2x256)\b/g)).toHaveLength(8);
  });

  it('refuses a number of rounds that is none', () => {
    const { status, stderr } = run('--rounds', '0');
    expect(status).toBe(2);
    expect(stderr).toContain('--rounds is a whole number from 1, not 0');
  });
});
