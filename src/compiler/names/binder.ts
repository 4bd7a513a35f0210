import { functions } from '../builtins/functions.js';
import { builtins, isBuiltin } from '../builtins/index.js';
import type { Code } from '../diagnostics/codes.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { wrongCase } from '../expand/kinds.js';
import type { Module } from '../load/modules.js';
import type { Span } from '../source/source.js';
import type {
  ArrowExpression,
  Definition,
  Expression,
  Name,
  NameExpression,
  Statement,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Local, Role, Target, Use } from './binding.js';
import type { Bound, Named } from './bound.js';
import { fitsCase, type Known, plain, unknown } from './known.js';
import type { Scope } from './scope.js';
import { Segments } from './segments.js';
import {
  ambiguousName,
  builtInName,
  clashingNames,
  type Edit,
  isModel,
  notAbove,
  renamed,
  sizeName,
  takenName,
  unknownName,
} from './words.js';

/** What a name means outside of the definition it stands in. */
export function globalNamed(name: string, { names }: Module): Target | undefined {
  const found = names.get(name);
  if (found) return { kind: 'definition', definition: found.definition, module: found.module };
  const builtin = builtins.get(name);
  if (builtin) return { kind: 'builtin', builtin };
  const number = functions.get(name);
  return number && { kind: 'function', function: number };
}

interface Binding {
  readonly value?: Expression | null;
  readonly known?: Known;
  readonly statement?: Statement | null;
  /** From which offset on it holds. */
  readonly from: number;
}

/** The walk over one definition. */
export class Binder {
  /**
   * Names reported as unknown already, with the edits offered: what is misspelled where it is bound, or in each use,
   * is one mistake.
   */
  readonly #unknown = new Map<string, Edit[]>();
  readonly #uses: Use[] = [];
  segments = this.#freshSegments();

  constructor(
    readonly file: Bound,
    /** `bindExpression`, which loads all that an expression may be. */
    private readonly binding: (b: Binder, e: Expression, scope: Scope) => Known,
    /** The size symbols of a model, each with the place where it is named first. */
    readonly symbols: ReadonlyMap<string, Span> = new Map(),
    definition?: Definition,
  ) {
    if (definition) file.definitions.set(definition, this.#uses);
  }

  /** Binds the names of an expression and of the braces in it, whether it is ever evaluated or not; what it is. */
  expression(e: Expression, scope: Scope): Known {
    return this.binding(this, e, scope);
  }

  get module(): Module {
    return this.file.module;
  }

  /** Reports an error; `wrong` has no value because of it. */
  report(code: Code, parts: DiagnosticParts, wrong?: Named): void {
    this.file.diagnostics.report(code, parts);
    if (wrong) this.file.wrong.add(wrong);
  }

  note(...use: Parameters<Bound['note']>): void {
    this.#uses.push(this.file.note(...use));
  }

  opened(scope: Scope): Scope {
    this.file.scopes.push(scope);
    return scope;
  }

  /** Numbers the applications inside `body` by themselves. */
  numbered<T>(body: () => T): T {
    const outside = this.segments;
    this.segments = this.#freshSegments();
    const result = body();
    this.segments = outside;
    return result;
  }

  #freshSegments(): Segments {
    return new Segments((name, { span, given }, first) =>
      this.report('NET0109', clashingNames(name, span, first, given)),
    );
  }

  /**
   * Binds a name in `scope`: once, hiding nothing, in the case of its kind (sentences 2 and 6). The variable and the
   * states of a loop may hide what is outside.
   */
  bind(name: Name, role: Role, scope: Scope, { value = null, known = unknown, ...at }: Binding) {
    const { text, span } = name;
    // What is shared is judged by the parser: its name can be nothing but an instance.
    const fits = known.kind === 'instance' || role === 'parameter' || fitsCase(text, known);
    // A default says nothing of what an argument may put in its place.
    const isOpen = role === 'parameter' || known.kind === 'unknown';
    const local: Local = {
      kind: 'local',
      role,
      name,
      value,
      known: isOpen ? plain(text) : fits ? known : unknown,
      callee: known.callee,
      statement: at.statement ?? null,
      loops: scope.loops,
      reads: [],
    };
    this.note(name, local, true);
    if (text === '_') return;
    this.#checkFree(name, role, scope);
    if (!fits && value) {
      const parts = { ...wrongCase(text, known.what, value.span), ...renamed(text, span) };
      this.report('NET0103', parts, value);
    }
    scope.bind(local, at.from);
  }

  #checkFree(name: Name, role: Role, scope: Scope): void {
    const { text } = name;
    const mayHide = role === 'variable' || role === 'state';
    const outer = mayHide ? undefined : this.module.names.get(text);
    // A definition that could not be read, or whose name has the wrong case, has its report.
    const lost = outer?.definition.kind === 'missing' || !isPascal(text);
    const local = mayHide ? scope.own(text) : scope.find(text);
    const other = local?.name ?? (lost ? undefined : outer);
    if (other) this.file.wrong.add(name);
    if (other && text !== '') this.report('NET0102', takenName(name, other.span));
    else if (!mayHide && isBuiltin(text)) this.report('NET0107', builtInName(name), name);
  }

  /** What a name that is used means: noted, or reported where it means nothing. */
  name(name: Name | NameExpression, scope: Scope, arrow: ArrowExpression | null = null): Known {
    const { text } = name;
    const target = scope.find(text) ?? globalNamed(text, this.module);
    if (target) this.note(name, target, false, arrow);
    else this.unknownName(name, scope, 'block');
    switch (target?.kind) {
      case 'local':
        target.reads.push({ arrow, loops: scope.loops - target.loops });
        return target.known;
      case 'builtin': {
        const { builtin } = target;
        return { kind: 'block', what: `the ${builtin.kind} ${text}`, callee: builtin };
      }
      case 'function':
        return { kind: 'function', what: `the function ${text}` };
      case 'definition':
        return this.#definition(name, target.definition);
      default:
        return unknown;
    }
  }

  #definition(name: Name | NameExpression, definition: Definition): Known {
    const { text, span } = name;
    const found = this.module.names.get(text);
    if (found?.other) {
      const parts = ambiguousName(text, span, [found.span, found.other.span]);
      this.report('NET0108', parts, name);
    } else if (definition.kind === 'block') {
      return { kind: 'block', what: `the block ${definition.name.text}`, callee: definition };
    } else if (definition.kind !== 'missing') {
      this.report('NET0506', isModel(text, span, definition), name);
    }
    return unknown;
  }

  /** Reports a name that means nothing, with how `wanted` is defined; `all` is underlined. */
  unknownName(
    name: Name | NameExpression,
    scope: Scope,
    wanted: 'block' | 'model',
    all = name.span,
  ): void {
    const { text, span } = name;
    // The empty name stands for what a mistake of the text has hidden: it may be this one.
    if (isPascal(text) ? this.module.names.has('') : scope.find('')) return;
    const first = this.symbols.get(text);
    if (first) this.note(name, { kind: 'symbol', name: text, first });
    const edits = this.#unknown.get(text);
    if (edits?.[0]) edits.push({ span, text: edits[0].text });
    if (edits) return;
    const offered: Edit[] = [];
    this.#unknown.set(text, offered);
    const below = scope.below(text);
    const parts = first
      ? sizeName(name)
      : below
        ? notAbove(name, below)
        : unknownName(name, scope, this.module, wanted, offered);
    this.report('NET0101', { ...parts, span: all });
  }

  isUnknown(e: Expression): boolean {
    return e.kind === 'name' && this.#unknown.has(e.text);
  }
}
