import { type Compilation, compileModel } from '../compiler/compile.js';
import { modelNames } from '../compiler/names/variants.js';
import { readerOfTexts } from '../compiler/source/texts.js';
import { Workspace } from '../editor/workspace.js';
import type { Viewed } from '../runtime/viewing/texts.js';

/** A model of a file, with what is set of its parameters. */
export interface Choice {
  readonly path: string;
  /** Undefined for the last of its file. */
  readonly model: string | undefined;
  readonly set: Readonly<Record<string, string>>;
  /** What was set when it was chosen: an experiment's parameters, or nothing. */
  readonly given: Readonly<Record<string, string>>;
}

export const choiceOf = ({ path, model, set }: Viewed): Choice => ({
  ...{ path, model: model ?? undefined, set, given: set },
});

/** The texts as they are edited, and what the compiler and the editor's features say of them. */
export class Project {
  readonly #texts: Record<string, string>;
  readonly workspace: Workspace;

  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = { ...texts };
    const { resolve } = readerOfTexts({});
    this.workspace = new Workspace({
      read: (path) => this.text(path),
      list: () => this.paths,
      resolve,
    });
  }

  get paths(): readonly string[] {
    return Object.keys(this.#texts);
  }

  text(path: string): string | undefined {
    return Object.hasOwn(this.#texts, path) ? this.#texts[path] : undefined;
  }

  update(path: string, text: string): void {
    this.#texts[path] = text;
    this.workspace.update(path, text);
  }

  /** The models that a file defines, in the order of the text. */
  modelsIn(path: string): readonly string[] {
    const main = this.workspace.modules(path).at(-1);
    return main && main.path === path ? modelNames(main.file) : [];
  }

  /** All models of all texts; those in `viewed` as they were given, each once. */
  models(viewed: readonly Choice[]): readonly Choice[] {
    const named = viewed.map((choice) => this.settled({ ...choice, set: choice.given }));
    const apart = named.filter((one, i) => named.findIndex((each) => isSame(one, each)) === i);
    return this.paths.flatMap((path) =>
      this.modelsIn(path).flatMap((model) => {
        const own = apart.filter((each) => each.path === path && each.model === model);
        return own.length > 0 ? own : [{ path, model, set: {}, given: {} }];
      }),
    );
  }

  /** The choice with a model that its file has, where it has any. */
  settled(choice: Choice): Choice {
    const names = this.modelsIn(choice.path);
    const isThere = choice.model !== undefined && names.includes(choice.model);
    return isThere ? choice : { ...choice, model: names.at(-1) };
  }

  compile({ path, model, set }: Choice): Compilation {
    const { cache, reader } = this.workspace;
    return compileModel(path, reader, { model, overrides: set, parse: cache.parse });
  }
}

/** Whether two are the same of the models to choose from, whatever sliders have set since. */
export const isSame = (one: Choice, other: Choice): boolean =>
  one.path === other.path &&
  one.model === other.model &&
  JSON.stringify(one.given) === JSON.stringify(other.given);

/** A model without errors. */
export type Good = Compilation & Required<Pick<Compilation, 'graph' | 'tree' | 'chosen'>>;

export const goodOf = (made: Compilation): Good | undefined =>
  made.graph && made.tree && made.chosen ? (made as Good) : undefined;
