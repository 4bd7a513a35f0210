import { join } from 'node:path';
import type { Ablation, PlannedRun } from '../../ablation/ablation.js';
import { examplesOf } from '../../ablation/examples.js';
import type { Failure } from '../../ablation/failure.js';
import { type Summary, summarise } from '../../ablation/summary.js';
import { writeAtomically, writeJson } from '../../files/disk.js';
import { readRun } from '../../runs/read-run.js';
import { ablationPage } from '../html/ablation-page.js';
import { csvReport, jsonReport, runsCsv } from './data.js';
import { writeExamples } from './example-pictures.js';
import { latexReport } from './latex.js';
import { markdownReport } from './markdown.js';

/** Writes the report over `done` in its forms, and the pictures of its examples. */
export async function writeReport(
  ablation: Ablation,
  done: readonly PlannedRun[],
  failures: readonly Failure[],
): Promise<Summary> {
  const runs = await Promise.all(
    done.map(async (run) => ({ run, record: await readRun(run.folder) })),
  );
  const summary = summarise(ablation, runs, failures);
  const at = (ending: string): string => join(ablation.output, `report.${ending}`);
  const examples = await writeExamples(ablation.output, examplesOf(summary));
  await writeAtomically(at('md'), markdownReport(summary, examples));
  await writeAtomically(at('tex'), latexReport(summary));
  await writeAtomically(at('csv'), csvReport(summary));
  await writeAtomically(join(ablation.output, 'runs.csv'), runsCsv(summary));
  await writeJson(at('json'), jsonReport(summary));
  await writeAtomically(at('html'), await ablationPage(summary, examples));
  return summary;
}
