import { dirname, join, relative, sep } from 'node:path';
import { functions } from '../compiler/builtins/functions.js';
import { builtins } from '../compiler/builtins/index.js';
import { calleeNamed } from '../compiler/names/bind.js';
import type { Local, Target } from '../compiler/names/binding.js';
import { textOf } from '../compiler/source/source.js';
import { isPascal } from '../compiler/syntax/build/names.js';
import { attributes } from '../compiler/values/attributes.js';
import { type Callee, isBuiltIn, parametersOf } from '../compiler/values/callable.js';
import type { Analysis } from './analysis.js';
import { type Context, contextAt, type Wanted } from './completion-context.js';
import { describeTarget, parameterText } from './signatures.js';
import type { Workspace } from './workspace.js';

export interface Completion {
  readonly label: string;
  readonly kind:
    | 'block'
    | 'model'
    | 'operation'
    | 'function'
    | 'value'
    | 'parameter'
    | 'attribute'
    | 'keyword'
    | 'file'
    | 'key';
  readonly detail?: string;
  readonly doc?: string;
  /** What is written where it is not the label. */
  readonly insert?: string;
}

/** What may stand at an offset, and the text it would take the place of. */
export interface Completions {
  readonly items: readonly Completion[];
  readonly start: number;
  readonly end: number;
}

const words: Readonly<Record<'top' | 'statement' | 'value', readonly string[]>> = {
  top: ['import', 'block', 'model'],
  statement: ['let', 'shared', 'input', 'output', 'require'],
  value: ['if', 'for', 'repeat', 'true', 'false', 'not'],
};

export function completionsAt(workspace: Workspace, path: string, offset: number): Completions {
  const analysis = workspace.analysis(path);
  if (!analysis) return { items: [], start: offset, end: offset };
  const context = contextAt(analysis.main.file.source, offset);
  const { start, end } = context;
  return { items: new Offer(workspace, analysis, context).of(context.wanted), start, end };
}

const keyword = (label: string): Completion => ({ label, kind: 'keyword' });

/** What a file has to offer at one place. */
class Offer {
  readonly #locals: ReadonlyMap<string, Local>;

  constructor(
    readonly workspace: Workspace,
    readonly analysis: Analysis,
    readonly context: Context,
  ) {
    this.#locals = analysis.bound.localsAt(context.start);
  }

  of(wanted: Wanted): readonly Completion[] {
    switch (wanted.kind) {
      case 'nothing':
        return [];
      case 'top':
        return words.top.map(keyword);
      case 'from':
        return [keyword('from')];
      case 'attribute':
        return [...attributes.list, ...attributes.tensor].map((name) => ({
          ...described(name, { kind: 'attribute', name }),
          kind: 'attribute',
        }));
      case 'stage':
        return [...this.#localsFor('stage'), ...this.#definitions('block'), ...builtIn()];
      case 'statement':
        return [...words.statement.map(keyword), ...this.#values()];
      case 'value':
        return this.#values();
      case 'model':
        return this.#definitions('model');
      case 'path':
        return this.#paths(wanted.quoted);
      case 'import':
        return this.#importable(wanted.from);
      case 'argument':
        return [...this.#parameters(wanted.callee, wanted.given), ...this.#values()];
      case 'argument value':
        return [...this.#choices(wanted.callee, wanted.parameter), ...this.#values()];
    }
  }

  #values(): Completion[] {
    const numbers = [...functions.values()].map((f) => ({
      ...described(f.name, { kind: 'function', function: f }),
      kind: 'function' as const,
    }));
    const blocks = this.#definitions('block');
    return [
      ...this.#localsFor('value'),
      ...blocks,
      ...builtIn(),
      ...numbers,
      ...words.value.map(keyword),
    ];
  }

  /** Behind an arrow only what may be a block or a shared instance. */
  #localsFor(place: 'stage' | 'value'): Completion[] {
    const fits = ({ name, role }: Local): boolean =>
      place === 'value' || isPascal(name.text) || role === 'shared' || role === 'parameter';
    return [...this.#locals.values()].filter(fits).map((local) => ({
      ...described(local.name.text, local),
      kind: isPascal(local.name.text) ? 'block' : 'value',
    }));
  }

  #definitions(kind: 'block' | 'model'): Completion[] {
    return [...this.analysis.main.names].flatMap(([name, { definition, module }]) => {
      const isBlock = definition.kind === 'block';
      if (definition.kind === 'missing' || isBlock !== (kind === 'block')) return [];
      return [{ ...described(name, { kind: 'definition', definition, module }), kind }];
    });
  }

  /** What takes the arguments of a call by this name. */
  #callee(name: string): Callee | undefined {
    const local = this.#locals.get(name);
    return local ? local.callee : calleeNamed(name, this.analysis.main);
  }

  #parameters(name: string, given: readonly string[]): Completion[] {
    const callee = this.#callee(name);
    const item = (label: string, detail: string): Completion[] =>
      given.includes(label) ? [] : [{ label, kind: 'parameter', detail, insert: `${label}: ` }];
    if (!callee) return [];
    if (isBuiltIn(callee)) {
      const names = Object.keys(callee.parameters);
      return names.flatMap((label) => item(label, parameterText(callee, label)));
    }
    return parametersOf(callee).flatMap(({ name: { text }, span }) => item(text, textOf(span)));
  }

  /** The texts that a built-in's parameter may be. */
  #choices(name: string, parameter: string): Completion[] {
    const callee = this.#callee(name);
    if (!callee || !isBuiltIn(callee) || !Object.hasOwn(callee.parameters, parameter)) return [];
    const { options = [] } = callee.parameters[parameter]!;
    return options.map((option) => ({ label: JSON.stringify(option), kind: 'value' }));
  }

  #paths(quoted: boolean): Completion[] {
    const { path } = this.analysis.main;
    return pathsFrom(this.workspace, path).map((label) => ({
      label,
      kind: 'file',
      insert: quoted ? label : `"${label}"`,
    }));
  }

  #importable(from: string | null): Completion[] {
    const { path } = this.analysis.main;
    const { workspace } = this;
    const files = from === null ? workspace.files.list() : [workspace.reader.resolve(path, from)];
    return files
      .filter((file) => file !== path)
      .flatMap((file) => {
        const module = workspace.modules(file).at(-1);
        return [...(module?.definitions ?? [])].flatMap(([name, definition]) => {
          if (!module || definition.kind === 'missing') return [];
          const kind = definition.kind === 'block' ? ('block' as const) : ('model' as const);
          return [{ ...described(name, { kind: 'definition', definition, module }), kind }];
        });
      });
  }
}

function described(label: string, target: Target): Omit<Completion, 'kind'> {
  const { signature, doc } = describeTarget(target);
  return { label, detail: signature, ...(doc && { doc }) };
}

const builtIn = (): Completion[] =>
  [...builtins.values()].map((builtin) => ({
    ...described(builtin.name, { kind: 'builtin', builtin }),
    kind: builtin.kind,
  }));

/** The `.net` files of the workspace as the file at `path` would name them. */
export const pathsFrom = (workspace: Workspace, path: string): readonly string[] =>
  workspace.files
    .list()
    .filter((file) => file !== path)
    .map((file) =>
      relative(join('.', dirname(path)), file)
        .split(sep)
        .join('/'),
    );
