/** A measure as tables name it. */
export interface Measure {
  readonly key: string;
  readonly title: string;
  /** For a reader who does not know the short name. */
  readonly meaning: string;
}

/** What is compared, in the order of the tables: first what the paper prints, in its order. */
export const measures: readonly Measure[] = [
  { key: 'f1', title: 'F1', meaning: 'F1 or Dice' },
  { key: 'se', title: 'SE', meaning: 'sensitivity' },
  { key: 'sp', title: 'SP', meaning: 'specificity' },
  { key: 'ac', title: 'AC', meaning: 'accuracy' },
  { key: 'rocAuc', title: 'ROC AUC', meaning: 'area under the ROC curve' },
  { key: 'prAuc', title: 'PR AUC', meaning: 'area under the precision-recall curve' },
  { key: 'precision', title: 'precision', meaning: 'precision' },
  { key: 'jaccard', title: 'Jaccard', meaning: 'Jaccard index' },
];

export const comparedMetrics: readonly string[] = measures.map(({ key }) => key);
