import { InputError } from '../errors.js';
import type { Entry, EntryFiles } from './dataset.js';
import { apartBy, orientationOf } from './formats/affine.js';
import type { Header } from './formats/format.js';
import { readHeader } from './formats/read-picture.js';
import { censusCache, headerCache } from './known-files.js';
import type { Census } from './masks/census.js';
import { type Decision, decide } from './masks/decide.js';
import type { MaskOptions } from './masks/labels.js';
import type { Source } from './sources/folder.js';
import { type MaskRules, readSample, sizeProblem } from './sources/read-entry.js';

/** What the files of a dataset say before any image of it is decoded. */
export interface Findings {
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
  /** The rule by which masks are read, and what may be meant so. */
  readonly notes: readonly string[];
  /** Files that the problems are about: nothing more comes of reading them. */
  readonly refused: ReadonlySet<string>;
}

export const nothingFound: Findings = { problems: [], notes: [], refused: new Set() };

/** How many files are looked at together. */
const together = 4;

/**
 * Looks at every file of a dataset once: headers, and the values of masks, which are kept in the user's cache. Sizes, depths
 * and directions of an image's files are held to each other, and all masks, and all fields of view, to one rule; what `bound`
 * gives of an entry reads by it.
 */
export async function survey(source: Source, root: string, options: MaskOptions) {
  const entries = [source.train, source.validation, source.test, source.unassigned].flat();
  const look = new Look();
  if (Object.hasOwn(options.labels ?? {}, 'ignore')) {
    look.problems.push(
      'data.labels has a class named ignore, which would be learnt and scored: write its values as `ignore` beside `labels`',
    );
  }
  const files = entries.map(({ files }) => files).filter((files) => files !== null);
  const [masks, fovs] = [unique(files.flatMap((one) => one.masks)), unique(files.flatMap(fovsOf))];
  const headers = await look.headers(
    root,
    unique([...files.map(({ image }) => image), ...masks, ...fovs]),
  );
  for (const one of firstSlices(files)) look.compare(one, headers);
  const rules = {
    masks: await look.decide(root, masks, options, 'masks'),
    fov: await look.decide(root, fovs, { labels: null, ignore: null }, 'fields of view'),
  };
  return { bound: boundTo(rules, options, headers), findings: look.findings() };
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];
const fovsOf = ({ fov }: EntryFiles): string[] => (fov === null ? [] : [fov]);
const firstSlices = (files: readonly EntryFiles[]): EntryFiles[] => [
  ...new Map(files.map((one) => [one.image, one])).values(),
];

type Headers = ReadonlyMap<string, Header>;

/** What is found while looking. */
class Look {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly refused = new Set<string>();
  #elsewhere: string[] = [];

  findings(): Findings {
    const { problems, refused } = this;
    const [first] = this.#elsewhere;
    const more = this.#elsewhere.length > 1 ? `, ${this.#elsewhere.length - 1} more like it` : '';
    const notes = first === undefined ? this.notes : [...this.notes, `${first}${more}`];
    return { problems, notes, refused };
  }

  async headers(root: string, paths: readonly string[]): Promise<Headers> {
    const cache = await headerCache(root);
    const found = await this.#each(paths, (path) => cache.get(path, readHeader));
    await cache.save();
    return found;
  }

  async decide(
    root: string,
    paths: readonly string[],
    options: MaskOptions,
    noun: 'masks' | 'fields of view',
  ): Promise<Decision> {
    const cache = await censusCache(root);
    const readable = paths.filter((path) => !this.refused.has(path));
    const found: Map<string, Census> = await this.#each(readable, cache.get);
    await cache.save();
    const files = [...found].map(([path, census]) => ({ path, census }));
    const decision = decide(files, options, noun);
    this.problems.push(...decision.problems);
    if (decision.problems.length > 0) for (const path of paths) this.refused.add(path);
    if (files.length > 0 && decision.rule) this.notes.push(decision.note);
    return decision;
  }

  async #each<T>(
    paths: readonly string[],
    find: (path: string) => Promise<T>,
  ): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    const one = async (path: string): Promise<void> => {
      try {
        found.set(path, await find(path));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.#refuse(error.message, path);
      }
    };
    for (let i = 0; i < paths.length; i += together) {
      await Promise.all(paths.slice(i, i + together).map(one));
    }
    return found;
  }

  #refuse(problem: string, ...paths: readonly string[]): void {
    this.problems.push(problem);
    for (const path of paths) this.refused.add(path);
  }

  /** Size, depth and directions of an image, its masks and its field of view. */
  compare({ image, masks, fov }: EntryFiles, headers: Headers): void {
    const header = headers.get(image);
    if (!header) return;
    for (const path of fov === null ? masks : [...masks, fov]) {
      const other = headers.get(path);
      if (!other) continue;
      const problem =
        sizeProblem({ path: image, header }, { path, header: other }) ??
        directionProblem(image, header, path, other);
      if (problem !== undefined) this.#refuse(problem, path);
      else if (header.affine && other.affine) {
        const voxels = apartBy(header.affine, other.affine, header);
        if (voxels <= 1) continue;
        this.#elsewhere.push(
          `${path} lies up to ${voxels.toFixed(0)} voxels away from its image ${image} by their headers, which is left unheeded: pixels are paired by row and column`,
        );
      }
    }
  }
}

/** Flipped or exchanged axes: a mask that does not lie on its image. Nothing where a file says nothing of it. */
function directionProblem(image: string, a: Header, path: string, b: Header): string | undefined {
  if (!a.affine || !b.affine) return undefined;
  const [own, other] = [orientationOf(a.affine), orientationOf(b.affine)];
  if (own === other) return undefined;
  return `${image} is stored ${own} and ${path} ${other} by their headers, so one does not lie on the other: bring both to one orientation, as by nibabel.as_closest_canonical, or give them one affine`;
}

/** Entries that read by the dataset's rules; as they are where there are none. */
function boundTo(
  { masks, fov }: { readonly masks: Decision; readonly fov: Decision },
  options: MaskOptions,
  headers: Headers,
): (entry: Entry) => Entry {
  const rules: MaskRules | undefined = masks.rule && { masks: masks.rule, fov: fov.rule };
  const reading = JSON.stringify([masks.rule ?? null, fov.rule ?? null]);
  return (entry) => {
    const { id, files } = entry;
    if (files === null) return entry;
    const header = headers.get(files.image);
    const empty = files.masks.every((path) => masks.empty.has(path));
    const read = () => readSample(id, files, options, rules);
    return { ...entry, reading, read, empty, ...(header && { header }) };
  };
}
