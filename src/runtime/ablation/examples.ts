import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mean } from '../statistics/moments.js';
import { byBetter, measureOf } from './metrics.js';
import type { FinishedRun, Summary } from './summary.js';

/** A test image, with a run of each variant that predicted it. */
export interface Example {
  readonly rank: 'best' | 'median' | 'worst';
  readonly id: string;
  /** In the order of the variants. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly finished: FinishedRun;
  /** Of the image, by the ablation's measure. */
  readonly value: number;
  /** The picture of found, invented and missed. */
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
  const last = known.length - 1;
  const places = { best: 0, median: Math.floor(last / 2), worst: last } as const;
  const shown = new Set<number>();
  return Object.entries(places).flatMap(([rank, at]): Example[] => {
    if (at < 0 || shown.has(at)) return [];
    shown.add(at);
    const { id, answers } = known[at];
    return [{ rank: rank as Example['rank'], id, answers }];
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
    const overlay = join(finished.run.folder, 'predictions', `${id}-overlay.png`);
    if (typeof value === 'number' && existsSync(overlay)) return [{ finished, value, overlay }];
  }
  return [];
}
