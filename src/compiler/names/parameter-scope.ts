import type { Span } from '../source/source.js';
import type { ModelDefinition, Name } from '../syntax/ast.js';
import type { Module } from '../syntax/module.js';
import { type Local, outerParameter } from './binding.js';
import { Scope } from './scope.js';

interface Outer {
  readonly index: number;
  readonly local: Local;
}

/** The parameters of a model as its variants see them, but those whose names the variant's file has for itself. */
export interface OuterParameters {
  readonly count: number;
  readonly seen: ReadonlyMap<string, Outer>;
  /** A parameter by its name, seen or not. */
  find(text: string): { readonly index: number } | undefined;
}

const known = new WeakMap<Module, Map<ModelDefinition | undefined, OuterParameters>>();

/** Made once for a file and a model, whose parameters may be many and whose variants too. */
export function outerParameters(
  model: ModelDefinition | undefined,
  module: Module,
): OuterParameters {
  const ofFile = known.get(module) ?? new Map<ModelDefinition | undefined, OuterParameters>();
  known.set(module, ofFile);
  const made = ofFile.get(model) ?? madeFor(model, module);
  ofFile.set(model, made);
  return made;
}

function madeFor(model: ModelDefinition | undefined, { names }: Module): OuterParameters {
  const parameters = model?.parameters ?? [];
  const indices = new Map<string, { readonly index: number }>();
  const seen = new Map<string, Outer>();
  parameters.forEach((parameter, index) => {
    const { text } = parameter.name;
    if (!indices.has(text)) indices.set(text, { index });
    if (!names.has(text)) seen.set(text, { index, local: outerParameter(parameter) });
  });
  return { count: parameters.length, seen, find: (text) => indices.get(text) };
}

/** What the argument for a parameter sees beside its file: the parameters before that. One that takes all sees all. */
export class ParameterScope extends Scope {
  constructor(
    span: Span,
    readonly all: OuterParameters,
    readonly at: number = all.count,
  ) {
    super(null, span);
  }

  override get names(): Scope['names'] {
    return [...this.inSight()].map((text) => ({ from: this.start, local: this.own(text)! }));
  }

  override own(text: string): Local | undefined {
    const found = this.all.seen.get(text);
    return found && found.index < this.at ? found.local : undefined;
  }

  override find(text: string): Local | undefined {
    return this.own(text);
  }

  override below(text: string): Name['span'] | undefined {
    const found = this.all.seen.get(text);
    return found && found.index > this.at ? found.local.name.span : undefined;
  }

  override *inSight(): Iterable<string> {
    for (const [text, { index }] of this.all.seen) if (index < this.at) yield text;
  }
}
