/** A measure as tables name it. */
export interface Measure {
  readonly key: string;
  readonly title: string;
  /** For a reader who does not know the short name. */
  readonly meaning: string;
  /** Behind the point. */
  readonly digits: number;
  readonly better: 'higher' | 'lower';
}

const share = (key: string, title: string, meaning: string): Measure => ({
  key,
  title,
  meaning,
  digits: 4,
  better: 'higher',
});

/** What is compared, in the order of the tables: first what the paper prints, in its order. */
export const measures: readonly Measure[] = [
  share('f1', 'F1', 'F1 or Dice'),
  share('se', 'SE', 'sensitivity'),
  share('sp', 'SP', 'specificity'),
  share('ac', 'AC', 'accuracy'),
  share('rocAuc', 'ROC AUC', 'area under the ROC curve'),
  share('prAuc', 'PR AUC', 'area under the precision-recall curve'),
  share('precision', 'precision', 'precision'),
  share('jaccard', 'Jaccard', 'Jaccard index'),
  { ...share('ece', 'ECE', 'expected calibration error'), better: 'lower' },
  {
    key: 'hd95',
    title: 'HD95',
    meaning: '95th percentile of the boundary distances, in pixels',
    digits: 2,
    better: 'lower',
  },
];

export const comparedMetrics: readonly string[] = measures.map(({ key }) => key);

export const measureOf = (key: string): Measure => measures.find((one) => one.key === key)!;

/** The better value first. */
export const byBetter =
  ({ better }: Measure) =>
  (a: number, b: number): number =>
    better === 'higher' ? b - a : a - b;
