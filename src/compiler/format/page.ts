/** Blanks to a level. */
const step = 2;

/** The text so far. Blanks before a word are written with it, so that no line ends in blanks. */
export class Page {
  readonly #lines: string[] = [];
  #line = '';
  /** A comment that ends the line; a comma may still come before it. */
  #remark = '';
  /** A comment was written: nothing more can stand on its line. */
  #full = false;

  /** The column at which the next word of `level` would stand. */
  column(level: number): number {
    const fresh = this.#line === '' || this.#full || this.#remark !== '';
    return fresh ? level * step : this.#line.length;
  }

  word(text: string, level: number): void {
    if (this.#full || this.#remark !== '') this.endLine();
    if (this.#line === '') this.#line = ' '.repeat(level * step);
    this.#line += text;
  }

  comma(level: number): void {
    if (this.#full || this.#line === '') this.word(',', level);
    else this.#line += ',';
  }

  space(): void {
    if (this.#full || this.#remark !== '') this.endLine();
    else if (this.#line !== '') this.#line += ' ';
  }

  remark(text: string, level: number): void {
    if (this.#line === '' || this.#full || this.#remark !== '') this.comment(text, level);
    else this.#remark = text;
  }

  comment(text: string, level: number): void {
    this.endLine();
    this.word(text, level);
    this.#full = true;
  }

  /** Does nothing where a line has just begun. */
  endLine(): void {
    if (this.#line === '') return;
    const line = this.#line.trimEnd();
    this.#lines.push(this.#remark === '' ? line : `${line} ${this.#remark}`);
    this.#line = '';
    this.#remark = '';
    this.#full = false;
  }

  blankLine(): void {
    this.endLine();
    if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  text(): string {
    this.endLine();
    return this.#lines.map((line) => `${line}\n`).join('');
  }
}
