import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { InputError } from '../errors/errors.js';
import { parseYaml, plainValue } from '../yaml/source.js';
import { pictureEnding } from './image-endings.js';
import { openText, readText } from './text.js';

/** What people have beside each other, and name in each other's place. */
const words = {
  network: 'a network',
  experiment: 'an experiment',
  ablation: 'an ablation',
  run: "a run's folder",
  folder: 'a folder',
  image: 'an image',
  weights: 'a file of weights',
  python: 'Python',
} as const;

/** The file that makes a folder a run's: its resolved experiment. */
export const runMark = 'experiment.yaml';

export type FileKind = keyof typeof words;
/** What a command may take. */
export type Wanted = 'network' | 'experiment' | 'ablation' | 'run';

const byEnding: Readonly<Record<string, FileKind>> = {
  '.net': 'network',
  '.py': 'python',
  ...Object.fromEntries(['.safetensors', '.pth', '.pt', '.h5'].map((end) => [end, 'weights'])),
};

/** Whether a YAML text is an experiment: its root has a key `model`. */
export const isExperiment = (text: string): boolean => /^model[ \t]*:/m.test(text);

/** A path that leads nowhere, such as in a circle of links, is none. */
function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What is at `path`, as far as its name and, of YAML, its keys tell. */
export function kindOfFile(path: string): FileKind | undefined {
  if (isFolderAt(path)) {
    return existsSync(join(path, runMark)) ? 'run' : 'folder';
  }
  const ending = extname(path).toLowerCase();
  if (pictureEnding.test(path)) return 'image';
  if (ending !== '.yaml' && ending !== '.yml') return byEnding[ending];
  const opened = openText(path);
  // What is not read is nothing that is sought.
  const text = opened && 'text' in opened ? opened.text : '';
  if (/^variants[ \t]*:/m.test(text)) return 'ablation';
  return isExperiment(text) ? 'experiment' : undefined;
}

/** That `path` is of another kind than is wanted there, with what to do; undefined where that cannot be told. */
export function otherKind(path: string, wanted: Wanted): InputError | undefined {
  const kind = kindOfFile(path);
  if (kind === undefined || kind === wanted) return undefined;
  return new InputError(`${path} is ${words[kind]}: ${ways[wanted](path, kind)}`);
}

const ways: Readonly<Record<Wanted, (path: string, kind: FileKind) => string>> = {
  network(path, kind) {
    if (kind === 'python') return 'a network is written as a .net file (docs/language.md)';
    if (kind === 'folder') return oneIn(path, 'network');
    const network = kind === 'run' || kind === 'experiment' ? networkOf(path, kind) : undefined;
    return network ? `its network is ${network}` : 'name a .net file';
  },
  experiment(path, kind) {
    if (kind === 'network') {
      return `an experiment says what it is trained on, in YAML, and begins \`model: {path: ${path}}\` (docs/training.md)`;
    }
    if (kind === 'ablation') return `netc ablate ${path} trains its variants`;
    if (kind === 'run') return `netc train --resume ${path} goes on with it`;
    return kind === 'folder' ? oneIn(path, 'experiment') : "name an experiment's YAML file";
  },
  ablation(path, kind) {
    if (kind === 'experiment') {
      return `netc train ${path} trains it; an ablation names it and its variants (docs/ablation.md)`;
    }
    return kind === 'folder' ? oneIn(path, 'ablation') : "name an ablation's YAML file";
  },
  run(path, kind) {
    if (kind === 'experiment') {
      const output = textAt(path, 'output');
      const made = output !== undefined && kindOfFile(output) === 'run';
      if (made) return `its run is ${output}`;
      return `netc train ${path} makes its run${output === undefined ? '' : `, the folder ${output}`}`;
    }
    if (kind === 'folder') return oneIn(path, 'run');
    if (kind === 'image') return 'name the folder that netc train made before the images';
    return 'name the folder that netc train made';
  },
};

/** The first of a kind in a folder, as an example. */
function oneIn(folder: string, wanted: Wanted): string {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  const one = names.sort().find((name) => kindOfFile(join(folder, name)) === wanted);
  const called = { network: 'a .net file', run: "a run's folder" } as const;
  const thing = wanted in called ? called[wanted as keyof typeof called] : words[wanted];
  return one === undefined
    ? `name ${thing}, of which it holds none`
    : `name ${thing} in it, such as ${join(folder, one)}`;
}

function networkOf(path: string, kind: 'run' | 'experiment'): string | undefined {
  const file = kind === 'run' ? join(path, runMark) : path;
  const model = textAt(file, 'model', 'path');
  return model === undefined ? undefined : join(file, '..', model);
}

/** The text at a path of keys in a YAML file, if it is YAML and there is one. */
function textAt(file: string, ...keys: readonly string[]): string | undefined {
  const source = parseYaml({ path: file, text: readText(file) ?? '' }, new Diagnostics());
  let value: unknown = source && plainValue(source);
  for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}
