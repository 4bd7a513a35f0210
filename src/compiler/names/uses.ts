import { functions } from '../builtins/functions.js';
import { builtins } from '../builtins/index.js';
import type { Module } from '../load/modules.js';
import type { Span } from '../source/source.js';
import type { Argument, ArrowExpression, Import, Name } from '../syntax/ast.js';
import type { Callee } from './callee.js';
import { type Names, walkDefinition } from './names.js';
import type { Local, Region, Role, Target, Use, Uses } from './use.js';

const known = new WeakMap<Module, Uses>();

/** Every name in a file with what it means: what an editor looks up. Names that mean nothing are left out. */
export function usesOf(module: Module): Uses {
  const uses = known.get(module) ?? new Collector(module).collect();
  known.set(module, uses);
  return uses;
}

/** Notes uses and regions during a walk over one file. */
export class Collector {
  readonly regions: Region[] = [];
  readonly #uses: Use[] = [];
  /** The size symbols of the model that is being walked, by name. */
  readonly symbols = new Map<string, Span>();

  constructor(readonly module: Module) {}

  collect(): Uses {
    const { imports, definitions } = this.module.file;
    for (const statement of imports) this.#import(statement);
    for (const definition of definitions) {
      const { module } = this;
      this.symbols.clear();
      this.note(definition.name.span, { kind: 'definition', definition, module }, true);
      walkDefinition(this, definition);
    }
    const all = this.#uses.sort((a, b) => a.span.start - b.span.start);
    return { all, regions: this.regions };
  }

  note(
    span: Span,
    target: Target,
    binds = false,
    rest: Partial<Pick<Use, 'alias' | 'arrow'>> = {},
  ): void {
    this.#uses.push({ span, target, binds, alias: null, arrow: null, ...rest });
  }

  /** Binds a name from an offset on. */
  bind(name: Name, role: Role, value: Local['value'], names: Names, from: number): void {
    const local: Local = { kind: 'local', role, name, value };
    this.note(name.span, local, true);
    if (name.text !== '_') names.bind(local, from);
  }

  /** A name that is used, at an arrow's stage or elsewhere. */
  use(text: string, span: Span, names: Names, arrow: ArrowExpression | null = null): void {
    const local = names.find(text);
    const found = this.module.names.get(text);
    const builtin = builtins.get(text);
    const number = functions.get(text);
    const symbol = this.symbols.get(text);
    if (local) this.note(span, local, false, { arrow });
    else if (found) {
      const { definition, module } = found;
      const alias = text === definition.name.text ? null : { text, span: found.span };
      this.note(span, { kind: 'definition', definition, module }, false, { alias, arrow });
    } else if (builtin) this.note(span, { kind: 'builtin', builtin }, false, { arrow });
    else if (number) this.note(span, { kind: 'function', function: number });
    else if (symbol) this.note(span, { kind: 'symbol', name: text, first: symbol });
  }

  /** The names of arguments. */
  arguments(callee: Callee | undefined, args: readonly Argument[]): void {
    for (const { name } of args) {
      if (!name || !callee) continue;
      if (callee.kind === 'builtin') {
        const { builtin } = callee;
        if (!Object.hasOwn(builtin.parameters, name.text)) continue;
        this.note(name.span, { kind: 'builtin parameter', builtin, name: name.text });
      } else {
        const parameter = parameterOf(callee, name.text);
        if (parameter) this.note(name.span, parameter);
      }
    }
  }

  #import({ names, from }: Import): void {
    const { module } = this;
    for (const { name, as } of names) {
      const found = module.names.get((as ?? name).text);
      if (!found || found.module === module) continue;
      const target: Target = {
        kind: 'definition',
        definition: found.definition,
        module: found.module,
      };
      this.note(name.span, target);
      if (as) this.note(as.span, target, true, { alias: as });
      const { definition } = found;
      const brought = definition.kind !== 'missing' && found.module;
      if (brought) this.#file(from.span, brought);
    }
  }

  #file(span: Span, module: Module): void {
    if (this.#uses.some((use) => use.span === span)) return;
    this.note(span, { kind: 'file', module });
  }
}

/** A parameter of a block or a model, as what its name means. */
function parameterOf({ definition }: Callee & { kind: 'definition' }, name: string) {
  if (definition.kind !== 'block' && definition.kind !== 'model') return undefined;
  const parameter = (definition.parameters ?? []).find((p) => p.name.text === name);
  if (!parameter) return undefined;
  const local: Local = {
    kind: 'local',
    role: 'parameter',
    name: parameter.name,
    value: parameter.fallback,
  };
  return local;
}
