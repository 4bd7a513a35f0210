import type { Summary } from '../../ablation/summary.js';
import { csv } from '../../files/csv.js';
import { measures } from '../../metrics/measures.js';

/** The report for programs: what was measured (time, memory) under `measured` alone. */
export function jsonReport({ ablation, variants, runs, failures }: Summary): unknown {
  return {
    ablation: ablation.name,
    metric: ablation.metric,
    paper: ablation.paper,
    variants: variants.map(({ measured: _, ...variant }) => variant),
    runs: runs.map(({ run, record }) => ({
      name: run.name,
      variant: run.variant,
      seed: run.seed,
      fold: run.fold,
      metrics: record.scored?.metrics ?? null,
      mean: record.scored?.mean ?? null,
    })),
    failures,
    measured: Object.fromEntries(variants.map(({ name, measured }) => [name, measured])),
  };
}

/** A line a variant; what was measured stands in the last two columns. */
export function csvReport({ variants }: Summary): string {
  const rows = variants.map(
    ({ name, runs, parameters, multiplyAdds, patch, measured, ...rest }) => {
      const figures = measures.flatMap(({ key }): [string, unknown][] => {
        const { mean, spread, overImages, images, interval, against, paper } = rest.measures[key]!;
        return Object.entries({
          [key]: mean,
          [`${key}_spread`]: spread,
          [`${key}_runs`]: rest.measures[key]!.runs,
          [`${key}_over_images`]: overImages,
          [`${key}_images`]: images,
          [`${key}_low`]: interval?.low,
          [`${key}_high`]: interval?.high,
          [`${key}_difference`]: against?.difference,
          [`${key}_p`]: against?.p,
          [`${key}_p_holm`]: against?.pHolm,
          [`${key}_paper`]: paper,
        });
      });
      return Object.fromEntries<unknown>([
        ['variant', name],
        ['runs', runs.length],
        ...figures,
        ['parameters', parameters],
        ['multiply_adds', multiplyAdds],
        ['patch', patch],
        ['measured_seconds_a_step', measured.secondsPerStep],
        ['measured_peak_memory_bytes', measured.peakMemory],
      ]);
    },
  );
  return table(Object.keys(rows[0]!), rows);
}

/** A line a run, as pooled over its test images: for plots and tests of one's own. */
export function runsCsv({ runs }: Summary): string {
  const rows = runs.map(({ run: { name, variant, seed, fold }, record }) => ({
    run: name,
    variant,
    seed,
    fold,
    ...Object.fromEntries(measures.map(({ key }) => [key, record.scored?.metrics[key]])),
  }));
  return table(['run', 'variant', 'seed', 'fold', ...measures.map(({ key }) => key)], rows);
}

const table = (
  header: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string => csv([header, ...rows.map((row) => header.map((key) => row[key]))]);
