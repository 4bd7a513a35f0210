import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escaped } from '../../../src/runtime/reports/ablation/markdown.js';
import { writeReport } from '../../../src/runtime/reports/ablation/write-report.js';
import { linkOf } from '../../../src/runtime/reports/link.js';
import { ablationFolder, ablationText, fakeAblation } from '../ablation/fake-runs.js';

/** A name that means something to every form of the report. */
const name =
  '=cmd() | <img src=x onerror=alert(1)> [l](javascript:alert(1)) `c` ![i](http://x.y/z) \u001b[2J\u202e \\input{x} &amp;\nnext';
const acting = /[^\P{Cc}\n\t]|\u202e/u;

let folder: string;
const read = (file: string) => readFile(join(folder, 'out', file), 'utf8');

beforeAll(async () => {
  const text = ablationText
    .replace('Small <net>', JSON.stringify(name))
    .replace('name: U-Net', `name: ${JSON.stringify(`first ${name}`)}`);
  folder = await ablationFolder(text);
  const ablation = await fakeAblation(folder);
  const lastLines = ['```', '<script>alert(1)</script>', '\u001b[2J'];
  const failures = [{ run: 'x', during: 'train', status: 1, signal: null, lastLines } as const];
  await writeReport(ablation, ablation.runs, failures);
});
afterAll(() => rm(folder, { recursive: true }));

describe('a report with hostile names', () => {
  it.each(['report.md', 'report.html', 'report.tex', 'report.csv', 'runs.csv'])(
    'has no control character in %s',
    async (file) => {
      expect(await read(file)).not.toMatch(acting);
    },
  );

  it('has no markup of theirs in Markdown', async () => {
    const markdown = await read('report.md');
    const outside = markdown
      .replace(/^(`{3,})text$.*?^\1$/gms, '')
      .replace(/\\[!-/:-@[-`{-~]/g, '');
    expect(outside).not.toMatch(/<|&amp;|https?:\/\//);
    const links = [...outside.matchAll(/\]\(([^)]*)\)/g)].map(([, to]) => to);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((to) => !/^(?:runs|images)\/[\w/.-]+$/.test(to!))).toEqual([]);
    // A fence that none of the lines inside it ends.
    expect(markdown).toMatch(/^````text\n```\n<script>.*\n.*\n````$/m);
  });

  it('has as many cells in each row of Markdown as columns', async () => {
    const tables = (await read('report.md')).match(/(?:^\|.*\n)+/gm)!;
    const cellsOf = (row: string) => row.split(/(?<!\\)\|/).length;
    for (const table of tables) {
      const rows = table.trimEnd().split('\n');
      expect(new Set(rows.map(cellsOf)).size).toBe(1);
    }
  });

  it('has no element and no attribute of theirs in HTML', async () => {
    const html = await read('report.html');
    expect(html).not.toMatch(/<img src=x|<script|href="javascript/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('has no command of theirs in LaTeX', async () => {
    expect(await read('report.tex')).not.toMatch(/\\input/);
  });

  it('has no formula in CSV', async () => {
    for (const file of ['report.csv', 'runs.csv']) {
      expect(await read(file)).not.toMatch(/(?:^|,)"?[=@]/m);
    }
  });
});

it('a text in Markdown keeps what it says', () => {
  expect(escaped('U-Net (2 of 3), +0.5 ± 1 %')).toBe('U-Net (2 of 3), +0.5 ± 1 %');
  expect(escaped('a_b*c <d> #e')).toBe('a\\_b\\*c \\<d\\> \\#e');
});

it('a path is a link to that path, whatever signs it has', () => {
  const resolved = (path: string) => new URL(linkOf(path), 'file:///folder/report.html');
  for (const path of ['a b/c#d?e.png', 'javascript:alert(1)/x', "it's (1)/%41.png", '日本/é.png']) {
    expect(decodeURIComponent(resolved(path).pathname)).toBe(`/folder/${path}`);
  }
  expect(linkOf('../runs/x')).toBe('../runs/x');
});
