import { InputError } from '../runtime/errors/errors.js';
import { isFolder } from '../runtime/files/disk.js';
import { insteadOf } from '../runtime/files/missing.js';
import { type Grid, readGrid } from '../runtime/grid/grid.js';

/** A grid and the folder it is in. */
export interface GridAt {
  readonly output: string;
  readonly grid: Grid;
}

/**
 * The grid of the folder that `netc ablate` made, or of the ablation's file. Throws `InputError` where none was begun.
 * @param out the folder, where `--out` named it
 */
export async function gridAt(path: string, out: string | undefined): Promise<GridAt> {
  const output = out ?? ((await isFolder(path)) ? path : await outputOf(path));
  const grid = await readGrid(output);
  if (grid) return { output, grid };
  const way = insteadOf(output, 'name the folder of runs and report that netc ablate made');
  throw new InputError(`${output} holds no ablation that was begun: ${way}`);
}

async function outputOf(path: string): Promise<string> {
  const { ablationOutput } = await import('../runtime/ablation/load-ablation.js');
  return ablationOutput(path);
}
