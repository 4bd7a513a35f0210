import { join } from 'node:path';
import { writeAtomically, writeJson } from '../files.js';
import { csvReport, jsonReport } from '../reports/ablation/data.js';
import { markdownReport } from '../reports/ablation/markdown.js';
import { ablationPage } from '../reports/html/ablation-page.js';
import { readRun } from '../reports/run-record.js';
import type { Ablation, PlannedRun } from './ablation.js';
import type { Failure } from './run-all.js';
import { type Summary, summarise } from './summary.js';

/** Writes the report over `done` in its four forms. */
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
  await writeAtomically(at('md'), markdownReport(summary));
  await writeAtomically(at('csv'), csvReport(summary));
  await writeJson(at('json'), jsonReport(summary));
  await writeAtomically(at('html'), await ablationPage(summary));
  return summary;
}
