import { statSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import { type Experiment, stepsOf } from '../experiments/experiment.js';
import { noSettings, openExperiment } from '../experiments/open-experiment.js';
import { experimentPath } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';

/** A run to look at. Of one that is replaced in its folder there is another object. */
export interface OpenedRun {
  readonly folder: string;
  readonly name: string;
  /** How many its experiment asks for. */
  readonly steps: number;
  readonly experiment: Experiment;
  /** What is wrong with the experiment that is there by now, if anything: this run is as it was before. */
  readonly problems: readonly string[];
}

/** The run that is in a folder now. */
export type Opening = () => OpenedRun;

/**
 * Opens the run in a folder, and again where another one has taken its place. One that is removed stays as it was, as its files tell
 * what has become of it.
 * @throws InputError where the folder holds none, DiagnosedError for what is wrong with its experiment
 */
export function openingOf(folder: string, name: string): Opening {
  const open = (): OpenedRun => {
    const { experiment } = openExperiment(experimentPath(folder), noSettings);
    return { folder, name, steps: stepsOf(experiment), experiment, problems: [] };
  };
  const again = (was: OpenedRun): OpenedRun => {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { ...was, problems: error.problems };
    }
  };
  let mark = markOf(folder);
  let run = open();
  return () => {
    const now = markOf(folder);
    if (now !== undefined && now !== mark) [run, mark] = [again(run), now];
    return run;
  };
}

/** Differs where another experiment has taken the place of one; undefined where there is none. */
function markOf(folder: string): string | undefined {
  const found = statSync(runPath(folder, 'experiment'), { throwIfNoEntry: false });
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}
