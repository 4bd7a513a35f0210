import { shellWord } from './shell.js';
import type { Site } from './site.js';

/** How a job starts this command for a part of the grid. */
export interface Start {
  /** The folder that paths are meant from. */
  readonly folder: string;
  /** The id of the grid. */
  readonly grid: string;
  /** This process without its arguments: the program and what it runs. */
  readonly program: readonly string[];
  /** `ablate`, the ablation and what all its runs are given. */
  readonly args: readonly string[];
}

/** The start as a line of a shell. */
export function startLine(
  args: readonly string[],
  { program }: Start,
  { container, netc }: Site,
): string {
  const own = netc ?? program.map(shellWord).join(' ');
  return [...(container === null ? [] : [container]), own, ...args.map(shellWord)].join(' ');
}
