import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ablation } from '../../../src/runtime/ablation/ablation.js';
import type { Failure } from '../../../src/runtime/ablation/failure.js';
import { printScores } from '../../../src/runtime/reports/ablation/text.js';
import { writeReport } from '../../../src/runtime/reports/ablation/write-report.js';
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
    await writeFile(path, without(kept, ['03', '04']));
    await writeFile(other, without(keptOther, ['03']));
    await writeReport(ablation, ablation.runs, []);
    const title = 'F1 over images, against U-Net';
    const [, unet, r2au] = tableOf(await read('md'), title);
    expect([unet![1], r2au![1]]).toEqual(
      [0.74, (f1Of[3]![1]! + (0.86 + 0.88) / 2 + (0.89 + 0.91) / 2) / 3].map((value) =>
        expect.stringContaining(value.toFixed(4)),
      ),
    );
    // The images that count, and those that both variants have.
    expect([unet![3], r2au![3], r2au![5]]).toEqual(['4', '3 of 4', '3']);
    const { variants } = JSON.parse(await read('json'));
    expect(variants[1].measures.f1).toMatchObject({ images: 3, against: { images: 3 } });
    const [header, , line] = (await read('csv')).split('\n').map((l) => l.split(','));
    expect(line![header!.indexOf('f1_images')]).toBe('3');
    await writeFile(path, kept);
    await writeFile(other, keptOther);
    await writeReport(ablation, ablation.runs, []);
    expect(tableOf(await read('md'), title)[2]![3]).toBe('4');
  });
});

describe('the report of an ablation', () => {
  it('has mean and spread over the runs, and the paper beside', async () => {
    const [header, unet, r2au, small] = tableOf(await read('md'), 'Scores');
    expect(header!.slice(0, 3)).toEqual(['variant', 'F1', 'paper']);
    // 0.73 and 0.75 from two seeds.
    expect(unet!.slice(0, 3)).toEqual(['U-Net', '0.7400 ± 0.0141', '0.8155']);
    expect(r2au!.slice(0, 3)).toEqual(['R2AU-Net', '**0.8550 ± 0.0141**', '0.8213']);
    expect(small![2]).toBe('–');
  });

  it('says what ± is over', async () => {
    expect(await read('md')).toContain(
      'Mean over runs ± their standard deviation (n − 1), over 2 runs a variant: one a seed (1, 2). It is no spread over images.',
    );
  });

  it('has the best of each column in bold, of errors the least', async () => {
    const [header, ...rows] = tableOf(await read('md'), 'Scores');
    const boldOf = (title: string) =>
      rows.filter((row) => row[header!.indexOf(title)]!.startsWith('**')).map(([name]) => name);
    expect(boldOf('F1')).toEqual(['R2AU-Net']);
    expect(boldOf('ECE')).toEqual(['R2AU-Net']);
    expect(boldOf('HD95')).toEqual(['Small \\<net\\>']);
    // All have the same specificity; none has an area under the precision-recall curve.
    expect(boldOf('SP')).toHaveLength(3);
    expect(boldOf('PR AUC')).toEqual([]);
  });

  it('marks them in a terminal by a star', async () => {
    const text = printScores(await writeReport(ablation, ablation.runs, []));
    expect(text).toMatch(/^R2AU-Net +\*0\.8550 ± 0\.0141 /m);
    expect(text).toMatch(/^\*: the best of a column/m);
    expect(text).not.toContain('Bold');
  });

  it('has ECE and HD95 in every table of scores, with their own digits', async () => {
    const markdown = await read('md');
    for (const title of ['Scores', 'Runs'])
      expect(tableOf(markdown, title)[0]).toEqual(expect.arrayContaining(['ECE', 'HD95']));
    const [header, unet] = tableOf(markdown, 'Scores');
    expect(unet![header!.indexOf('HD95')]).toBe('9.50 ± 0.71');
  });

  it('leaves out of a mean what is not defined, and says how many count', async () => {
    const { variants } = JSON.parse(await read('json'));
    // Of the second run one image alone has a distance; of the others the first run's is the mean.
    expect(variants[0].measures.hd95).toMatchObject({ images: 4, overImages: (9.5 + 3 * 10) / 4 });
    const path = join(ablation.runs[0]!.folder, 'metrics.json');
    const kept = await readFile(path, 'utf8');
    const { perImage, metrics, ...rest } = JSON.parse(kept);
    const without = perImage.map((image: object, n: number) =>
      n < 3 ? image : { ...image, f1: null },
    );
    const text = JSON.stringify({ ...rest, metrics: { ...metrics, f1: null }, perImage: without });
    await writeFile(path, text);
    const other = join(ablation.runs[1]!.folder, 'metrics.json');
    const keptToo = await readFile(other, 'utf8');
    await writeFile(other, JSON.stringify({ ...JSON.parse(keptToo), perImage: without }));
    await writeReport(ablation, ablation.runs, []);
    const markdown = await read('md');
    expect(tableOf(markdown, 'Scores')[1]![1]).toBe('0.7500 (1 of 2)');
    expect(tableOf(markdown, 'F1 over images')[1]!.slice(3, 4)).toEqual(['3 of 4']);
    expect(tableOf(markdown, 'Runs')[1]!.slice(1, 3)).toEqual(['1', '–']);
    await writeFile(path, kept);
    await writeFile(other, keptToo);
    await writeReport(ablation, ablation.runs, []);
  });

  it('shows the same images of all variants, beside image and ground truth, as files', async () => {
    const markdown = await read('md');
    const rows = [...markdown.matchAll(/^### (\d\d), the (best|median|worst): F1 (.*)$/gm)];
    // By the mean over the variants' first runs, 0.700, 0.777, 0.767 and 0.717.
    expect(rows.map(([, id, rank]) => [id, rank])).toEqual([
      ['04', 'best'],
      ['05', 'median'],
      ['03', 'worst'],
    ]);
    for (const [, id, , values] of rows) {
      expect(values).toMatch(/^U-Net 0\.\d{4}, R2AU-Net 0\.\d{4}, Small \\<net\\> 0\.\d{4}$/);
      const names = ['image', 'ground-truth', 'u-net-s1', 'r2au-net-s1', 'small-net-s1'];
      for (const name of names) {
        expect(markdown).toContain(`(images/${id}/${name}.png)`);
        const { width } = await sharp(join(folder, 'out', 'images', id!, `${name}.png`)).metadata();
        expect(width).toBe(name.includes('net') ? 400 : 64);
      }
      const truth = await sharp(join(folder, 'out', 'images', id!, 'ground-truth.png')).stats();
      expect(truth.channels[0]).toMatchObject({ min: 0, max: 255 });
    }
  });

  it('prints a dash where a measure is not defined', async () => {
    const [header, unet] = tableOf(await read('md'), 'Scores');
    expect(unet![header!.indexOf('PR AUC')]).toBe('–');
  });

  it('tests each variant over images against the first', async () => {
    const [, unet, r2au, small] = tableOf(await read('md'), 'F1 over images, against U-Net');
    expect(unet!.slice(3)).toEqual(['4', '–', '–', '–', '–']);
    // All four images are better: 2 of 16 signings are as extreme; times two variants.
    expect(r2au!.slice(3)).toEqual(['4', '+0.1150', '4', '0.13', '0.25']);
    expect(small![4]).toBe('−0.0850');
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

  it('has a line a run as CSV', async () => {
    const text = await readFile(join(folder, 'out', 'runs.csv'), 'utf8');
    const [header, ...lines] = text.trim().split('\n');
    expect(header).toMatch(/^run,variant,seed,fold,f1,.*,ece,hd95$/);
    expect(lines[3]).toMatch(/^r2au-net-s2,R2AU-Net,2,,0\.865,/);
    expect(lines).toHaveLength(6);
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
      signal: null,
      lastLines: ['error: no <memory>'],
    };
    await writeReport(ablation, [second!, ...rest], [failure]);
    const markdown = await read('md');
    expect(tableOf(markdown, 'Scores')[1]![1]).toBe('[0.7500](runs/u-net-s2/report.html)');
    expect(markdown).toContain('### u-net-s1\n\n`netc train` ended with 1');
    expect(markdown).toContain('error: no <memory>');
    expect(markdown).toContain('Fewer runs: U-Net 1 of 2 (without u-net-s1).');
    expect(await read('html')).toContain('error: no &lt;memory&gt;');
    await writeReport(ablation, ablation.runs, []);
  });
});
