import type { Ablation } from '../../ablation/ablation.js';
import type { VariantSummary } from '../../ablation/summary.js';

/** What a table's ± is over, in sentences; the variants that have fewer runs than planned are named. */
export function spreadNote({ runs }: Ablation, variants: readonly VariantSummary[]): string {
  const first = runs.filter(({ variant }) => variant === runs[0]?.variant);
  const seeds = [...new Set(first.map(({ seed }) => seed))];
  const folds = new Set(first.map(({ fold }) => fold)).size;
  const isSplit = first.some(({ fold }) => fold !== null);
  const lacking = variants
    .filter((variant) => variant.runs.length < first.length)
    .map(({ name, runs: done }) => {
      const without = runs.filter((run) => run.variant === name && !done.includes(run.name));
      const names = without.map((run) => run.name).join(', ');
      return `${name} ${done.length} of ${first.length} (without ${names})`;
    });
  const fewer = lacking.length === 0 ? '' : ` Fewer runs: ${lacking.join(', ')}.`;
  if (first.length === 1) return `One run a variant, from seed ${seeds[0]}: no spread.${fewer}`;
  const from =
    seeds.length === 1
      ? `one a fold, all from seed ${seeds[0]}`
      : isSplit
        ? `${seeds.length} seeds (${seeds.join(', ')}) on each of ${folds} folds`
        : `one a seed (${seeds.join(', ')})`;
  return (
    `Mean over runs ± their standard deviation (n − 1), over ${first.length} runs a variant: ${from}. ` +
    `It is no spread over images.${fewer}`
  );
}
