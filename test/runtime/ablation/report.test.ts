import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ablation } from '../../../src/runtime/ablation/ablation.js';
import type { Failure } from '../../../src/runtime/ablation/run-all.js';
import { writeReport } from '../../../src/runtime/ablation/write-report.js';
import { ablationFolder, f1Of, fakeAblation } from './fake-runs.js';

let folder: string;
let ablation: Ablation;
const read = (ending: string) => readFile(join(folder, 'out', `report.${ending}`), 'utf8');

/** The table under a title, row by row, cell by cell. */
const tableOf = (markdown: string, title: string): string[][] =>
  markdown
    .split(/^## /m)
    .find((part) => part.startsWith(title))!
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));

beforeAll(async () => {
  folder = await ablationFolder();
  ablation = await fakeAblation(folder);
  await writeReport(ablation, ablation.runs, []);
});
afterAll(() => rm(folder, { recursive: true }));

describe('an image that lacks a measure in a run', () => {
  it('is in neither mean nor test of that run, and the report counts what is left', async () => {
    const path = join(ablation.runs[2]!.folder, 'metrics.json');
    const kept = await readFile(path, 'utf8');
    const other = join(ablation.runs[3]!.folder, 'metrics.json');
    const keptOther = await readFile(other, 'utf8');
    const without = (text: string, ids: readonly string[]): string => {
      const report = JSON.parse(text);
      for (const image of report.perImage) if (ids.includes(image.id)) image.f1 = null;
      return JSON.stringify(report);
    };
    // Of R2AU-Net the first image lacks it from both seeds, the second from one.
    await writeFile(path, without(kept, ['1', '2']));
    await writeFile(other, without(keptOther, ['1']));
    await writeReport(ablation, ablation.runs, []);
    const title = 'F1 over images, against U-Net';
    const [, unet, r2au] = tableOf(await read('md'), title);
    expect([unet![1], r2au![1]]).toEqual(
      [0.74, (f1Of[3]![1]! + (0.86 + 0.88) / 2 + (0.89 + 0.91) / 2) / 3].map((value) =>
        expect.stringContaining(value.toFixed(4)),
      ),
    );
    expect(r2au![4]).toBe('3');
    expect(await read('md')).toContain('Images that count: R2AU-Net 3 of 4.');
    const { variants } = JSON.parse(await read('json'));
    expect(variants[1].measures.f1).toMatchObject({ images: 3, against: { images: 3 } });
    const [header, , line] = (await read('csv')).split('\n').map((l) => l.split(','));
    expect(line![header!.indexOf('f1_images')]).toBe('3');
    await writeFile(path, kept);
    await writeFile(other, keptOther);
    await writeReport(ablation, ablation.runs, []);
    expect(await read('md')).not.toContain('Images that count');
  });
});

describe('the report of an ablation', () => {
  it('has mean and spread over the runs, and the paper beside', async () => {
    const [header, unet, r2au, small] = tableOf(await read('md'), 'Scores');
    expect(header!.slice(0, 3)).toEqual(['variant', 'F1', 'paper']);
    // 0.73 and 0.75 from two seeds.
    expect(unet!.slice(0, 3)).toEqual(['U-Net', '0.7400 ± 0.0141', '0.8155']);
    expect(r2au!.slice(0, 3)).toEqual(['R2AU-Net', '0.8550 ± 0.0141', '0.8213']);
    expect(small![2]).toBe('–');
  });

  it('prints a dash where a measure is not defined', async () => {
    const [header, unet] = tableOf(await read('md'), 'Scores');
    expect(unet![header!.indexOf('PR AUC')]).toBe('–');
  });

  it('tests each variant over images against the first', async () => {
    const [, unet, r2au, small] = tableOf(await read('md'), 'F1 over images, against U-Net');
    expect(unet!.slice(3)).toEqual(['–', '–', '–', '–']);
    // All four images are better: 2 of 16 signings are as extreme; times two variants.
    expect(r2au!.slice(3)).toEqual(['+0.1150', '4', '0.13', '0.25']);
    expect(small![3]).toBe('−0.0850');
  });

  it('has counted and measured costs', async () => {
    const [, unet] = tableOf(await read('md'), 'Costs');
    expect(unet).toEqual(['U-Net', '1,949', '1.22 M', '32x32', '100 ms', '300 MB']);
  });

  it('leads from each run to its folder', async () => {
    const runs = tableOf(await read('md'), 'Runs');
    expect(runs.slice(1).map(([name]) => name)).toContain(
      '[small-net-s2](runs/small-net-s2/report.html)',
    );
  });

  it('has a line a variant as CSV, what was measured last', async () => {
    const [header, unet, ...others] = (await read('csv'))
      .trim()
      .split('\n')
      .map((l) => l.split(','));
    expect(others).toHaveLength(2);
    expect(Number(unet![header!.indexOf('f1')])).toBeCloseTo(0.74, 12);
    expect(unet![header!.indexOf('f1_paper')]).toBe('0.8155');
    expect(header!.slice(-2)).toEqual(['measured_seconds_a_step', 'measured_peak_memory_bytes']);
  });

  it('is the same whatever time and memory the runs took, but in what was measured', async () => {
    const before = JSON.parse(await read('json'));
    const path = join(ablation.runs[0]!.folder, 'run.json');
    const kept = await readFile(path, 'utf8');
    await writeFile(path, JSON.stringify({ usage: { steps: 40, seconds: 9, peakMemory: 7e8 } }));
    await writeReport(ablation, ablation.runs, []);
    const { measured, ...after } = JSON.parse(await read('json'));
    expect(measured['U-Net'].peakMemory).toBe(7e8);
    expect(after).toEqual({ ...before, measured: undefined });
    await writeFile(path, kept);
  });

  it('is made of the runs that are there, and tells of those that failed', async () => {
    const [, second, ...rest] = ablation.runs;
    const failure: Failure = {
      run: 'u-net-s1',
      during: 'train',
      status: 1,
      lastLines: ['error: no <memory>'],
    };
    await writeReport(ablation, [second!, ...rest], [failure]);
    const markdown = await read('md');
    expect(tableOf(markdown, 'Scores')[1]![1]).toBe('[0.7500](runs/u-net-s2/report.html)');
    expect(markdown).toContain('### u-net-s1\n\n`netc train` ended with 1');
    expect(markdown).toContain('error: no <memory>');
    expect(await read('html')).toContain('error: no &lt;memory&gt;');
    await writeReport(ablation, ablation.runs, []);
  });
});
