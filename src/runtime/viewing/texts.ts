import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { loadModules } from '../../compiler/load/modules.js';
import type { SourceFile } from '../../compiler/source/source.js';
import { DiagnosedError } from '../errors/errors.js';
import { noSettings, openExperiment } from '../experiments/open-experiment.js';
import { kindOfFile, otherKind } from '../files/kinds.js';
import { missing } from '../files/missing.js';
import { diskReader, relocated } from '../files/source-reader.js';
import { shipped } from '../files/version.js';
import { overridesOf } from '../networks/network.js';
import { experimentPath } from '../runs/folder.js';

/** A model to look at, by the path of its text among others. */
export interface Viewed {
  readonly path: string;
  /** Null for the last of its file. */
  readonly model: string | null;
  /** What is set of its parameters. */
  readonly set: Readonly<Record<string, string>>;
}

/** The models that are looked at, with the texts of them and of all that they import. */
export interface ViewedTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly viewed: readonly Viewed[];
}

/**
 * The networks of `.net` files, experiments and runs; a network with errors too, for they are shown in its text. Paths are
 * from the innermost folder that holds all, with slashes.
 * @throws InputError where a file is missing or of another kind, DiagnosedError for what is wrong with an experiment
 */
export function textsOf(paths: readonly string[]): ViewedTexts {
  const reader = diskReader();
  const given = paths.map(networkAt);
  for (const { path } of given) {
    const other = otherKind(path, 'network');
    if (other) throw other;
    const diagnostics = new Diagnostics();
    if (loadModules(path, reader, diagnostics)) continue;
    if (reader.refusal?.(path)) throw new DiagnosedError(diagnostics.all());
    throw missing(path, 'name a .net file', 'network');
  }
  return gathered([...reader.files.values()], given);
}

/** The networks that netc ships, and its examples. */
export function shippedTexts(): ViewedTexts {
  const root = fileURLToPath(shipped('.'));
  const paths = ['models', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.net'))
      .map((name) => join(root, folder, name)),
  );
  const { texts, viewed } = textsOf(paths);
  // The network that README begins with comes first.
  const first = viewed.filter(({ path }) => path.endsWith('r2au.net'));
  return { texts, viewed: [...first, ...viewed.filter((one) => !first.includes(one))] };
}

/** The network that an argument of the command means. */
function networkAt(path: string): Viewed {
  const kind = kindOfFile(path);
  if (kind !== 'experiment' && kind !== 'run') return { path, model: null, set: {} };
  const { experiment } = openExperiment(kind === 'run' ? experimentPath(path) : path, noSettings);
  const { path: network, name } = experiment.model;
  return { path: network, model: name, set: overridesOf(experiment) };
}

function gathered(sources: readonly SourceFile[], given: readonly Viewed[]): ViewedTexts {
  const { files, moved } = relocated(sources);
  const slashed = (path: string): string => path.replaceAll(sep, '/');
  return {
    // The page's editor counts the end of a line as one character, and so must the compiler in it.
    texts: Object.fromEntries(
      [...files].map(([path, text]) => [slashed(path), text.replaceAll(/\r\n?/g, '\n')]),
    ),
    viewed: given.map((one) => ({ ...one, path: slashed(moved(one.path)) })),
  };
}
