/** A text the compiler reads: a `.net` file, an experiment, or a `--set` value. */
export interface SourceFile {
  /** How the reader knows it: a path relative to where netc was started, or a label such as `--set Unit`. */
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets in one file. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** What stands at a place, as written. */
export const textOf = ({ file, start, end }: Span): string => file.text.slice(start, end);

/** The smallest span that holds both; they must lie in the same file. */
export function joinSpans(a: Span, b: Span): Span {
  return { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** One-based line and column of an offset, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(file: SourceFile, offset: number): Position {
  const before = file.text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  let line = 1;
  for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++;
  return { line, column: offset - lastBreak };
}

/** Where the compiler's texts come from. The command line reads a disk, the editor its buffers, tests a map. */
export interface SourceReader {
  /** The file at `path`, or undefined where there is none. */
  read(path: string): SourceFile | undefined;
  /** The path that `specifier`, written in the file at `from`, means. */
  resolve(from: string, specifier: string): string;
}
