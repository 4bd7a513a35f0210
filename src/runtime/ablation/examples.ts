import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { byBetter, measureOf } from '../metrics/measures.js';
import { overlayFile } from '../runs/layout.js';
import { mean } from '../statistics/moments.js';
import { bestMedianWorst, type Rank } from '../statistics/ranks.js';
import type { FinishedRun, Summary } from './summary.js';

/** A test image, with a run of each variant that predicted it. */
export interface Example {
  readonly rank: Rank;
  readonly id: string;
  /** In the order of the variants. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly finished: FinishedRun;
  /** Of the image, by the ablation's measure. */
  readonly value: number;
  /** Where it is: `overlayFile`. */
  readonly overlay: string;
}

/**
 * The same test images for all variants: the best, the median and the worst by the mean over the variants. Each variant answers
 * by its first run that was tested on the image; only images count for which every variant that has runs has an answer.
 */
export function examplesOf({ ablation, runs }: Summary): Example[] {
  const compare = byBetter(measureOf(ablation.metric));
  const variants = ablation.variants.filter((name) => runs.some(({ run }) => run.variant === name));
  const ids = new Set(runs.flatMap(({ record }) => record.scored?.perImage ?? []).map(idOf));
  const known = [...ids].sort().flatMap((id) => {
    const answers = variants.flatMap((variant) => answerOf(runs, variant, id, ablation.metric));
    if (answers.length < variants.length) return [];
    return [{ id, answers, value: mean(answers.map(({ value }) => value)) }];
  });
  known.sort((a, b) => compare(a.value, b.value));
  return bestMedianWorst(known.length).map(({ rank, at }) => {
    const { id, answers } = known[at]!;
    return { rank, id, answers };
  });
}

const idOf = ({ id }: { readonly id: string }): string => id;

function answerOf(
  runs: readonly FinishedRun[],
  variant: string,
  id: string,
  metric: string,
): Answer[] {
  for (const finished of runs) {
    if (finished.run.variant !== variant) continue;
    const scores = finished.record.scored?.perImage.find((image) => image.id === id);
    const value = scores?.[metric];
    const overlay = join(finished.run.folder, overlayFile(id));
    if (typeof value === 'number' && existsSync(overlay)) return [{ finished, value, overlay }];
  }
  return [];
}
