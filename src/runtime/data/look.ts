import { InputError } from '../errors/errors.js';
import type { MaskOptions } from '../experiments/options/data.js';
import type { EntryFiles } from './dataset.js';
import { fewAtATime } from './few-at-a-time.js';
import { apartBy } from './formats/affine.js';
import type { Header } from './formats/format.js';
import { readHeader } from './formats/read-picture.js';
import { censusCache, headerCache } from './known-files.js';
import type { Census } from './masks/census.js';
import { type Decision, decide } from './masks/decide.js';
import { directionProblem, sizeProblem } from './sources/read-entry.js';

/** What the files of a dataset say before any image of it is decoded. */
export interface SurveyReport {
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
  /** The rule by which masks are read, and what may be meant so. */
  readonly notes: readonly string[];
  /** Files that the problems are about: nothing more comes of reading them. */
  readonly refused: ReadonlySet<string>;
}

export const emptyReport: SurveyReport = { problems: [], notes: [], refused: new Set() };

/** How many files are looked at together. */
const together = 4;

export type Headers = ReadonlyMap<string, Header>;

/** How many files of one fault are listed before the rest is counted. */
const listed = 10;

const pairOf = (path: string, said: string | undefined): [string, string][] =>
  said === undefined ? [] : [[path, said]];

/** What is found while looking. */
export class Look {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly refused = new Set<string>();
  #elsewhere: string[] = [];

  report(): SurveyReport {
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
    const failed = new Map<string, string>();
    const one = async (path: string): Promise<void> => {
      try {
        found.set(path, await find(path));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        failed.set(path, error.message);
      }
    };
    await fewAtATime(paths, together, one);
    // In the order of the files, not in that in which they were looked at.
    this.#refuse(new Map(paths.flatMap((path) => pairOf(path, failed.get(path)))));
    return found;
  }

  /** @param problems by the file that is at fault */
  #refuse(problems: ReadonlyMap<string, string>): void {
    const said = [...problems.values()];
    const more = said.length - listed;
    this.problems.push(...(more > 0 ? said.slice(0, listed) : said));
    if (more > 0) this.problems.push(`and ${more} more files with the same fault`);
    for (const path of problems.keys()) this.refused.add(path);
  }

  /** Size, depth and directions of images, their masks and their fields of view. */
  compare(files: readonly EntryFiles[], headers: Headers): void {
    const problems = new Map<string, string>();
    for (const one of files) this.#compareOne(one, headers, problems);
    this.#refuse(problems);
  }

  #compareOne({ image, masks, fov }: EntryFiles, headers: Headers, problems: Map<string, string>) {
    const header = headers.get(image);
    if (!header) return;
    for (const path of fov === null ? masks : [...masks, fov]) {
      const other = headers.get(path);
      if (!other) continue;
      const problem =
        sizeProblem({ path: image, header }, { path, header: other }) ??
        directionProblem(image, header, path, other);
      if (problem !== undefined) problems.set(path, problem);
      else if (header.affine && other.affine) {
        const voxels = apartBy(header.affine, other.affine, header);
        if (voxels <= 1) continue;
        this.#elsewhere.push(
          `${path} lies up to ${voxels.toFixed(0)} voxels away from its image ${image} by their headers, which are ignored: pixels are paired by row and column`,
        );
      }
    }
  }
}
