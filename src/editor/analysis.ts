import type { Compilation } from '../compiler/compile.js';
import { type CompiledFile, compileAll } from '../compiler/compile-all.js';
import type { Application } from '../compiler/expand/application.js';
import { boundOf } from '../compiler/names/bind.js';
import type { Bound } from '../compiler/names/bound.js';
import type { SourceReader, Span } from '../compiler/source/source.js';
import type { Module } from '../compiler/syntax/module.js';
import type { Parse } from '../compiler/syntax/parse.js';
import { Observations } from './observations.js';

/** An application in a model, with the model. */
export interface Applied {
  readonly application: Application;
  readonly model: Compilation;
}

/** A file with all that it imports, itself last. */
export interface Loaded {
  readonly modules: readonly Module[];
  /** What each text that it depends on was; undefined for a file that was sought and is not there. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/** All that is known of one file as it stands. */
export interface Analysis extends CompiledFile, Loaded {
  readonly main: Module;
  readonly hasErrors: boolean;
  /** Names and what they mean. */
  readonly bound: Bound;
  /** Values in the expansions of its models. */
  readonly observations: Observations;
  /** Where a stage or an operator is expanded: outer instances before those inside them. */
  readonly appliedAt: (span: Span) => readonly Applied[];
}

/** Compiles every model of the file at `path`; undefined where there is none. */
export function analyse(path: string, reader: SourceReader, parse: Parse): Analysis | undefined {
  const { reader: noted, texts } = noting(reader);
  const observations = new Observations();
  const { observe } = observations;
  const compiled = compileAll(path, noted, { parse, observe });
  const { main, models, diagnostics } = compiled;
  if (!main) return undefined;
  let applied: ReadonlyMap<string, readonly Applied[]> | undefined;
  return {
    ...compiled,
    main,
    hasErrors: diagnostics.some(({ severity }) => severity === 'error'),
    bound: boundOf(main),
    texts,
    observations,
    appliedAt: (span) => {
      applied ??= bySite(models);
      return applied.get(keyOf(span)) ?? [];
    },
  };
}

/** A reader that notes the texts it reads. */
export function noting(reader: SourceReader) {
  const texts = new Map<string, string | undefined>();
  const read = (file: string) => {
    const source = reader.read(file);
    texts.set(file, source?.text);
    return source;
  };
  return { reader: { ...reader, read }, texts };
}

const keyOf = ({ file, start, end }: Span): string => `${file.path}:${start}:${end}`;

function bySite(models: readonly Compilation[]): ReadonlyMap<string, readonly Applied[]> {
  const applied = new Map<string, Applied[]>();
  for (const model of models) {
    const visit = (application: Application): void => {
      const { block, origin, children } = application;
      // A step of a loop has the origin of the block around it.
      if (block !== null && origin) {
        const key = keyOf(origin.site);
        const here = applied.get(key);
        if (here) here.push({ application, model });
        else applied.set(key, [{ application, model }]);
      }
      children.forEach(visit);
    };
    if (model.expanded) visit(model.expanded.tree);
  }
  return applied;
}
