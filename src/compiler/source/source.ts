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
  const starts = lineStartsOf(file);
  const line = lineHolding(starts, offset);
  return { line: line + 1, column: offset - starts[line]! + 1 };
}

/** The offset of a line, counted from zero, and of the one behind it; the text's end behind the last. */
export function lineSpan(file: SourceFile, line: number): { start: number; end: number } {
  const starts = lineStartsOf(file);
  const { length } = file.text;
  return { start: starts[line] ?? length, end: starts[line + 1] ?? length };
}

/** A text is asked for many places, and none of its own ever moves. */
const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file);
  if (known) return known;
  const starts = [0];
  for (let i = file.text.indexOf('\n'); i >= 0; i = file.text.indexOf('\n', i + 1)) {
    starts.push(i + 1);
  }
  lineStarts.set(file, starts);
  return starts;
}

/** The last line that begins at `offset` or before it. */
function lineHolding(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the compiler's texts come from. The command line reads a disk, the editor its buffers, tests a map. */
export interface SourceReader {
  /** The file at `path`, or undefined where there is none. */
  read(path: string): SourceFile | undefined;
  /** The path that `specifier`, written in the file at `from`, means. */
  resolve(from: string, specifier: string): string;
  /** Why `read` gives nothing though something is there; undefined where nothing is. */
  refusal?(path: string): Refusal | undefined;
}

/** Why a file is not read, as NET0018 tells it. */
export type Refusal =
  | { readonly kind: 'kind' | 'bytes' | 'outside'; readonly path: string }
  | { readonly kind: 'size'; readonly path: string; readonly limit: number }
  | { readonly kind: 'denied'; readonly path: string; readonly reason: string };
