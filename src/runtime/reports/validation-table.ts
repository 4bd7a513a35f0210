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
const stepTitle = 'validation at step';

/** A table that grows by a row with each validation; columns that do not fit the width are left out. */
export class ValidationTable {
  #titled = false;

  constructor(private readonly width: () => number) {}

  /** The row's lines: the first time the head stands above it. */
  rows(
    step: number,
    scores: Readonly<Record<string, number | null>>,
    best: boolean,
  ): readonly string[] {
    const cells = [[stepTitle, String(step)]];
    const mark = best ? ' *' : '';
    const lengthOf = (): number =>
      cells.reduce((sum, [title]) => sum + title.length + 2, mark.length);
    for (const [name, title] of columns) {
      const padded = title.padStart(6);
      if (lengthOf() + padded.length > this.width()) break;
      cells.push([padded, scores[name]?.toFixed(4) ?? '-']);
    }
    const row = cells.map(([title, cell]) => cell.padStart(title.length)).join(gap) + mark;
    if (this.#titled) return [row];
    this.#titled = true;
    return [cells.map(([title]) => title).join(gap), row];
  }
}
