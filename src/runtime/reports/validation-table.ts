/** The columns by what validation gives, in the order they are left out last. */
const columns = [
  ['f1', 'F1'],
  ['rocAuc', 'ROC AUC'],
  ['loss', 'loss'],
  ['jaccard', 'Jaccard'],
  ['prAuc', 'PR AUC'],
  ['se', 'SE'],
  ['sp', 'SP'],
  ['precision', 'precision'],
  ['ac', 'AC'],
] as const;

const gap = '  ';
/** Behind the best so far. */
const mark = ' *';
const stepTitle = 'validation at step';

type ValidationScores = Readonly<Record<string, number | null>>;

/** A validation as a line that says by itself what its figures are, for a log among other lines. */
export function validationLine(step: number, scores: ValidationScores, best: boolean): string {
  const figures = columns
    .filter(([name]) => scores[name] !== undefined)
    .map(([name, title]) => `${title} ${scores[name]?.toFixed(4) ?? '-'}`);
  const end = best ? ', the best so far' : '';
  return `${stepTitle} ${step}: ${figures.join(', ')}${end}`;
}

/** A table that grows by a row with each validation; columns that do not fit the width are left out. */
export class ValidationTable {
  #titled = false;

  constructor(private readonly width: () => number) {}

  /** The row's lines: the first time the head stands above it. */
  rows(step: number, scores: ValidationScores, best: boolean): readonly string[] {
    const cells = [[stepTitle, String(step)]];
    let length = stepTitle.length + mark.length;
    for (const [name, title] of columns) {
      const padded = title.padStart(6);
      length += gap.length + padded.length;
      if (length > this.width()) break;
      cells.push([padded, scores[name]?.toFixed(4) ?? '-']);
    }
    const row = cells.map(([title, cell]) => cell!.padStart(title!.length)).join(gap);
    const line = best ? row + mark : row;
    if (this.#titled) return [line];
    this.#titled = true;
    return [cells.map(([title]) => title).join(gap), line];
  }
}
