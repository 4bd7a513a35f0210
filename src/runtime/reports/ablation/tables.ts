import type { PaperName } from '../../ablation/ablation.js';
import { paperTables } from '../../ablation/paper-tables.js';
import type { FinishedRun, Summary, VariantSummary } from '../../ablation/summary.js';
import { counted } from '../../errors/counted.js';
import { type Measure, measures } from '../../metrics/measures.js';
import { grouped, short } from '../numbers.js';
import {
  bestOf,
  type Cell,
  chance,
  dash,
  partOf,
  plain,
  type ReportTable,
  score,
  signed,
  withSpread,
} from './cells.js';
import { spreadNote } from './spread-note.js';

/** How the page calls the part about a variant's runs. */
export const anchorOf = (variant: string): string =>
  `runs-${variant.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** Where a figure comes from: its run, or the list of the variant's runs. */
const linkOf = ({ name, runs }: VariantSummary): string | undefined =>
  runs.length === 1 ? runPage(runs[0]!) : runs.length > 1 ? `#${anchorOf(name)}` : undefined;

const runPage = (run: string): string => `runs/${run}/report.html`;

const shown: readonly Measure[] = measures.filter(
  ({ key }) => key !== 'precision' && key !== 'jaccard',
);

const best = 'the best of a column (ECE and HD95: the least)';

/** The table of the paper, with its figures beside. */
export function scoreTable({ ablation, variants }: Summary): ReportTable {
  const { paper } = ablation;
  const printed = ({ key }: Measure): boolean => paper !== null && isPrinted(paper, key);
  const isPart = variants.some(({ runs, measures }) =>
    shown.some(({ key }) => partOf(measures[key]!.runs, runs.length) !== ''),
  );
  const columns = shown.map((measure): Cell[][] => {
    const own = scoreCells(variants, measure);
    const paper = variants.map(({ measures }) => plain(score(measures[measure.key]!.paper)));
    return printed(measure) ? [own, paper] : [own];
  });
  return {
    title: 'Scores',
    notes: [
      `Pooled over the pixels of all test images of a run. ${spreadNote(ablation, variants)}`,
      `${dash}: not defined, and not in a mean${isPart ? '; in brackets, the runs that have a figure where not all do' : ''}.`,
      ...(paper === null
        ? []
        : [`In the columns "paper": ${paperTables[paper].source}; ${dash} where it has none.`]),
    ],
    best,
    header: [
      'variant',
      ...shown.flatMap((measure) =>
        printed(measure) ? [measure.title, 'paper'] : [measure.title],
      ),
    ],
    rows: variants.map(({ name }, i) => [
      plain(name),
      ...columns.flatMap((cells) => cells.map((column) => column[i]!)),
    ]),
  };
}

const isPrinted = (paper: PaperName, key: string): boolean =>
  Object.values(paperTables[paper].rows).some((row) => row[key] !== undefined);

/** The paper's figures alone, where they have no room beside. */
export function paperTable(paper: PaperName, variants: readonly VariantSummary[]): ReportTable {
  const printed = shown.filter(({ key }) => isPrinted(paper, key));
  return {
    title: "The paper's scores",
    notes: [`${paperTables[paper].source}; ${dash} where it has none.`],
    header: ['variant', ...printed.map(({ title }) => title)],
    rows: variants.map(({ name, measures }) => [
      plain(name),
      ...printed.map(({ key }) => plain(score(measures[key]!.paper))),
    ]),
  };
}

function scoreCells(variants: readonly VariantSummary[], measure: Measure): Cell[] {
  const summaries = variants.map((variant) => variant.measures[measure.key]!);
  const isBest = bestOf(
    measure,
    summaries.map(({ mean }) => mean),
  );
  return summaries.map(({ mean, spread, runs }, i) => ({
    text: withSpread(mean, spread, measure.digits) + partOf(runs, variants[i]!.runs.length),
    ...(mean !== null && { link: linkOf(variants[i]!) }),
    isBest: isBest[i],
  }));
}

/** A measure over images: intervals, and the test against the first variant. */
export function comparisonTable({ variants }: Summary, measure: Measure): ReportTable {
  const { key, title, meaning, digits } = measure;
  const first = variants[0]!.name;
  const tested = variants.filter((variant) => variant.measures[key]!.against !== null).length;
  const isBest = bestOf(
    measure,
    variants.map((variant) => variant.measures[key]!.overImages),
  );
  return {
    title: `${title} over images, against ${first}`,
    notes: [
      `The mean of the images' own ${title} (${meaning}), each the mean over the seeds, and its 95 % interval: percentile bootstrap over images, 2,000 samples, seed 1. It is a spread over images, not over seeds. "images": how many count; those in which it is not defined do not.`,
      `p: Wilcoxon's signed-rank test over the images that both have ("pairs"), two-sided, differences of zero left out; exact up to 50 images without ties, else the normal approximation with ties corrected for. Holm: corrected for ${counted(tested, 'comparison')}.`,
    ],
    best: 'the best',
    header: ['variant', title, '95 % interval', 'images', 'difference', 'pairs', 'p', 'p (Holm)'],
    rows: variants.map((variant, i) => {
      const { overImages, interval, images, against } = variant.measures[key]!;
      const bounds = interval
        ? `${score(interval.low, digits)} to ${score(interval.high, digits)}`
        : dash;
      const count = images === variant.images ? `${images}` : `${images} of ${variant.images}`;
      const tested = against
        ? [
            signed(against.difference, digits),
            `${against.images}`,
            chance(against.p),
            chance(against.pHolm),
          ]
        : [dash, dash, dash, dash];
      return [
        plain(variant.name),
        { text: score(overImages, digits), link: linkOf(variant), isBest: isBest[i] },
        ...[bounds, count, ...tested].map(plain),
      ];
    }),
  };
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

/** Each run by itself: what tells the seeds apart. */
export function runTable(runs: readonly FinishedRun[]): ReportTable {
  const folds = runs.some(({ run }) => run.fold !== null);
  return {
    title: 'Runs',
    notes: ['Each by itself: its seed, and its figures pooled over the pixels of its test images.'],
    header: ['run', 'seed', ...(folds ? ['fold'] : []), ...shown.map(({ title }) => title)],
    rows: runs.map(({ run, record }) => [
      { text: run.name, link: runPage(run.name) },
      plain(`${run.seed}`),
      ...(folds ? [plain(`${run.fold ?? dash}`)] : []),
      ...shown.map(({ key, digits }) => plain(score(record.scored?.metrics[key], digits))),
    ]),
  };
}
