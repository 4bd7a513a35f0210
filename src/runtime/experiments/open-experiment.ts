import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import { otherKind } from '../files/kinds.js';
import { missing } from '../files/missing.js';
import { readText } from '../files/text.js';
import type { Path } from '../yaml/source.js';
import { type LoadedExperiment, loadExperiment } from './load-experiment.js';
import { type Override, overrideOf, parseOverride } from './overrides.js';

/** Settings of the command line: those of `--set`, and flags as a path and its value. */
export interface Settings {
  readonly set: readonly string[];
  readonly flags: readonly {
    readonly name: string;
    readonly path: Path;
    readonly value: unknown;
  }[];
}

/** The experiment as its file has it. */
export const noSettings: Settings = { set: [], flags: [] };

/** Reads and checks the experiment at `path`. Throws `DiagnosedError` with all that is wrong. */
export function openExperiment(path: string, { set, flags }: Settings): LoadedExperiment {
  const text = readText(path);
  if (text === undefined) throw missing(path, "name an experiment's file", 'experiment');
  const diagnostics = new Diagnostics();
  const overrides = [
    ...flags.map((flag) =>
      overrideOf(flag.path, JSON.stringify(flag.value), flag.name, diagnostics),
    ),
    ...set.map((setting) => parseOverride(setting, diagnostics)),
  ].filter((override): override is Override => override !== undefined);
  const loaded = loadExperiment({ path, text }, overrides, diagnostics);
  if (!loaded) throw otherKind(path, 'experiment') ?? new DiagnosedError(diagnostics.all());
  return loaded;
}
