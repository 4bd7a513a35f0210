import { type Measure, measures } from '../../ablation/metrics.js';
import { paperTables } from '../../ablation/paper-tables.js';
import type { FinishedRun, Summary, VariantSummary } from '../../ablation/summary.js';
import { grouped, short } from '../numbers.js';
import {
  type Cell,
  chance,
  dash,
  plain,
  type ReportTable,
  score,
  signed,
  withSpread,
} from './cells.js';

/** How the page calls the part about a variant's runs. */
export const anchorOf = (variant: string): string =>
  `runs-${variant.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** Where a figure comes from: its run, or the list of the variant's runs. */
const linkOf = ({ name, runs }: VariantSummary): string | undefined =>
  runs.length === 1 ? runPage(runs[0]) : runs.length > 1 ? `#${anchorOf(name)}` : undefined;

export const runPage = (run: string): string => `runs/${run}/report.html`;

const shown: readonly Measure[] = measures.filter(
  ({ key }) => key !== 'precision' && key !== 'jaccard',
);

/** The table of the paper, with its figures beside. */
export function scoreTable({ ablation, variants }: Summary): ReportTable {
  const { paper } = ablation;
  const printed = (key: string): boolean =>
    paper !== null && Object.values(paperTables[paper].rows).some((row) => row[key] !== undefined);
  const several = variants.some(({ runs }) => runs.length > 1);
  return {
    title: 'Scores',
    notes: [
      'Pooled over the pixels of all test images.',
      ...(several ? ['Mean over the runs ± standard deviation over them.'] : []),
      ...(paper === null
        ? []
        : [`In the columns "paper": ${paperTables[paper].source}; ${dash} where it has none.`]),
    ],
    header: [
      'variant',
      ...shown.flatMap(({ key, title }) => (printed(key) ? [title, 'paper'] : [title])),
    ],
    rows: variants.map((variant) => [
      plain(variant.name),
      ...shown.flatMap(({ key }): Cell[] => {
        const { mean, spread, paper: theirs } = variant.measures[key];
        const own = {
          text: withSpread(mean, spread),
          ...(mean !== null && { link: linkOf(variant) }),
        };
        return printed(key) ? [own, plain(score(theirs))] : [own];
      }),
    ]),
  };
}

/** A measure over images: intervals, and the test against the first variant. */
export function comparisonTable(
  { variants }: Summary,
  { key, title, meaning }: Measure,
): ReportTable {
  const first = variants[0].name;
  return {
    title: `${title} over images, against ${first}`,
    notes: [
      `The mean of the images' own ${title} (${meaning}), each the mean over the seeds, and its 95 % interval: percentile bootstrap over images, 2,000 samples, seed 1.`,
      ...leftOut(variants, { key, title }),
      `p: Wilcoxon's signed-rank test over the same images, two-sided, differences of zero left out; exact up to 50 images without ties, else the normal approximation with ties corrected for. Holm: corrected for ${variants.length - 1} variants.`,
    ],
    header: ['variant', title, '95 % interval', 'difference', 'images', 'p', 'p (Holm)'],
    rows: variants.map((variant) => {
      const { overImages, interval, against } = variant.measures[key];
      const bounds = interval ? `${score(interval.low)} to ${score(interval.high)}` : dash;
      const tested = against
        ? [
            signed(against.difference),
            `${against.images}`,
            chance(against.p),
            chance(against.pHolm),
          ]
        : [dash, dash, dash, dash];
      return [
        plain(variant.name),
        { text: score(overImages), link: linkOf(variant) },
        ...[bounds, ...tested].map(plain),
      ];
    }),
  };
}

/** Over how many images the means are, where these are not all. */
function leftOut(
  variants: Summary['variants'],
  { key, title }: Pick<Measure, 'key' | 'title'>,
): string[] {
  const fewer = variants.filter(({ images, measures: { [key]: own } }) => own.images < images);
  if (fewer.length === 0) return [];
  const counts = fewer.map(
    ({ name, images, measures: { [key]: own } }) => `${name} ${own.images} of ${images}`,
  );
  return [
    `An image without a ${title} (nothing to divide by) is in no mean and no test. Images that count: ${counts.join(', ')}.`,
  ];
}

/** What the networks cost: counted, and as it was measured. */
export function costTable({ variants }: Summary): ReportTable {
  return {
    title: 'Costs',
    notes: [
      'Counted: trained weights, and multiply-adds of convolutions for one training patch. Measured: the median step, and the most memory a training process held; they vary from run to run.',
    ],
    header: ['variant', 'parameters', 'multiply-adds', 'patch', 'time a step', 'peak memory'],
    rows: variants.map(({ name, parameters, multiplyAdds, patch, measured }) => {
      const { secondsPerStep, peakMemory } = measured;
      return [
        name,
        grouped(parameters),
        short(multiplyAdds),
        `${patch}x${patch}`,
        secondsPerStep === null ? dash : `${(secondsPerStep * 1000).toPrecision(3)} ms`,
        peakMemory === null ? dash : `${short(peakMemory)}B`,
      ].map(plain);
    }),
  };
}

/** Each run by itself. */
export function runTable(runs: readonly FinishedRun[]): ReportTable {
  const folds = runs.some(({ run }) => run.fold !== null);
  return {
    title: 'Runs',
    notes: [],
    header: ['run', 'seed', ...(folds ? ['fold'] : []), ...shown.map(({ title }) => title)],
    rows: runs.map(({ run, record }) => [
      { text: run.name, link: runPage(run.name) },
      plain(`${run.seed}`),
      ...(folds ? [plain(`${run.fold ?? dash}`)] : []),
      ...shown.map(({ key }) => plain(score(record.scored?.metrics[key]))),
    ]),
  };
}
