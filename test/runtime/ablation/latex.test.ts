import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latexText } from '../../../src/runtime/reports/ablation/latex.js';
import { writeReport } from '../../../src/runtime/reports/ablation/write-report.js';
import { ablationFolder, ablationText, fakeAblation } from './fake-runs.js';

let folder: string;
let text: string;

beforeAll(async () => {
  folder = await ablationFolder(ablationText.replace('Small <net>', '"50 % of U_Net & {more}"'));
  const ablation = await fakeAblation(folder);
  await writeReport(ablation, ablation.runs, []);
  text = await readFile(join(folder, 'out', 'report.tex'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the tables for LaTeX', () => {
  it('are of booktabs, each with a caption and a label', () => {
    expect(text.match(/\\begin\{tabular\}/g)).toHaveLength(4);
    for (const rule of ['top', 'mid', 'bottom'])
      expect(text.match(new RegExp(`\\\\${rule}rule`, 'g'))).toHaveLength(4);
    expect(text).toContain('\\label{tab:a-scores}');
    expect(text).toContain('\\caption{Scores. Pooled over the pixels');
  });

  it('have as many cells in each row as columns', () => {
    for (const [, columns, body] of text.matchAll(/\\begin\{tabular\}\{(l?r+)\}(.*?)\\end/gs)) {
      const rows = body!.split('\n').filter((line) => line.endsWith(' \\\\'));
      expect(rows.length).toBe(4);
      for (const row of rows) expect(row.split(/(?<!\\)&/)).toHaveLength(columns!.length);
    }
  });

  it('have the best figure in bold, and names escaped', () => {
    expect(text).toContain('R2AU-Net & \\textbf{0.8550$\\pm$0.0141} & \\textbf{0.7550');
    expect(text).toContain('50 \\% of U\\_Net \\& \\{more\\} & ');
  });

  it("have the paper's figures in a table of their own, so that the scores fit a page", () => {
    expect(text).toContain('R2AU-Net & 0.8213 & 0.8036 & 0.9777 & 0.9555 & 0.9790 ');
  });

  it('a text keeps what it says', () => {
    expect(latexText('a_b ^ ~ \\x <1 "so" #$')).toBe(
      "a\\_b \\textasciicircum{} \\textasciitilde{} \\textbackslash{}x $<$1 ``so'' \\#\\$",
    );
  });
});
