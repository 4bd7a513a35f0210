import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { experimentPath } from '../runtime/runs/folder.js';

/** What a training is asked for: the experiment's file, and the run's folder where that is named. */
export interface Target {
  readonly path: string;
  readonly run?: string;
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * `x.yaml`; `x.yaml --resume` and `--resume x.yaml`, of which the run is the experiment's output; `--resume RUN` and
 * `RUN --resume`, of which the experiment is the run's own; or both, `x.yaml --resume RUN`.
 */
export function targetOf(
  given: string | undefined,
  resume: string | true | undefined,
  command: Command,
): Target {
  const named = resume === true ? undefined : resume;
  const path = given ?? named;
  if (path === undefined) {
    const way = resume ? "name the run's folder or its experiment" : "name an experiment's file";
    command.error(`error: nothing to train: ${way}`);
  }
  if (resume !== undefined && isFolder(path)) return { path: experimentPath(path), run: path };
  return given !== undefined && named !== undefined ? { path, run: named } : { path };
}
