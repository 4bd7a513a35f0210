import { visible, visibleLines } from '../compiler/diagnostics/visible.js';

// Names in what a command prints may come from anyone's files: no control character of theirs reaches a terminal. The
// command line writes to its streams here and in `failure.ts` alone.

/** For people, on standard output: the result. */
export const printResult = (text: string): void => {
  process.stdout.write(visibleLines(text));
};

/** For people, on standard error: what goes on. */
export const printNote = (text: string): void => {
  process.stderr.write(visibleLines(text));
};

/** The text of a file, on standard output: as it is, but on a terminal guarded too. */
export const printText = (text: string): void => {
  process.stdout.write(process.stdout.isTTY ? visibleLines(text) : text);
};

/** On a terminal alone: a line that the next one takes the place of, but the last. */
export const redraw = (line: string, isLast: boolean): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${visible(line)}${isLast ? '\n' : ''}`);
};
