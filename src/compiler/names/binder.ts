import { functions } from '../builtins/functions.js';
import { builtins, isBuiltin } from '../builtins/index.js';
import type { Code, FactsOf } from '../diagnostics/codes.js';
import { mostShown } from '../diagnostics/diagnostic.js';
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
import type { Module } from '../syntax/module.js';
import type { Local, Role, Target, Use } from './binding.js';
import type { Bound, Named } from './bound.js';
import { fitsCase, type Known, plain, unknown } from './known.js';
import type { Scope } from './scope.js';
import { Segments } from './segments.js';
import { meantName } from './unknown-name.js';

const isPort = (statement?: Statement | null): boolean =>
  statement?.kind === 'input' || statement?.kind === 'output';

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

interface Unknown {
  readonly at: Span;
  readonly facts: {
    readonly meant: ReturnType<typeof meantName>;
    readonly wanted: 'block' | 'model';
    readonly uses: Span[];
  };
}

/** The walk over one definition. */
export class Binder {
  /**
   * Names that mean nothing: what is misspelled where it is bound, or in each use, is one error. Null where another
   * error is reported of it.
   */
  readonly #unknown = new Map<string, Unknown | null>();
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
  report<C extends Code>(code: C, span: Span, facts: FactsOf<C>, wrong?: Named): void {
    this.file.diagnostics.report(code, span, facts);
    if (wrong) this.file.wrong.add(wrong);
  }

  /** Reports, at the end of the walk, the names that mean nothing, each with all its uses. */
  end(): void {
    for (const [name, unknown] of this.#unknown)
      if (unknown) this.report('NET0101', unknown.at, { kind: 'unknown', name, ...unknown.facts });
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
      this.report('NET0109', span, { name, first, isGiven: given }),
    );
  }

  /**
   * Binds a name in `scope`: once, hiding nothing, in the case of its kind (names-1 and names-3). The variable and the
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
    const other = this.#checkFree(name, role, scope);
    if (!fits && value) {
      const facts = { kind: 'binding', name: text, found: known.seen, at: span } as const;
      this.report('NET0103', value.span, facts, value);
    }
    // A second port of a name is left out of the graph: the name goes on standing for the first.
    if (!isPort(at.statement) || !isPort(other?.statement)) scope.bind(local, at.from);
  }

  /** Reports a name that is taken; the local name that it stands for already. */
  #checkFree(name: Name, role: Role, scope: Scope): Local | undefined {
    const { text, span } = name;
    const taken = { name: text, by: 'binding' } as const;
    const mayHide = role === 'variable' || role === 'state';
    const outer = mayHide ? undefined : this.module.names.get(text);
    // A definition that could not be read, or whose name has the wrong case, has its report.
    const lost = outer?.definition.kind === 'missing' || !isPascal(text);
    const local = mayHide ? scope.own(text) : scope.find(text);
    const other = local?.name ?? (lost ? undefined : outer);
    if (other) this.file.wrong.add(name);
    if (other && text !== '') this.report('NET0102', span, { ...taken, other: other.span });
    else if (!mayHide && isBuiltin(text)) this.report('NET0107', span, taken);
    return local;
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
        return { kind: 'block', seen: { kind: builtin.kind, name: text }, callee: builtin };
      }
      case 'function':
        return { kind: 'function', seen: { kind: 'function', name: text } };
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
      const facts = { name: text, places: [found.span, found.other.span] };
      this.report('NET0108', span, facts, name);
    } else if (definition.kind === 'block') {
      const seen = { kind: 'block', name: definition.name.text } as const;
      return { kind: 'block', seen, callee: definition };
    } else if (definition.kind !== 'missing') {
      const isVariant = definition.kind === 'variant';
      const facts = { name: text, definition: definition.name.span, isVariant };
      this.report('NET0506', span, facts, name);
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
    // The empty name stands for what an error of the text has hidden: it may be this one.
    if (isPascal(text) ? this.module.names.has('') : scope.find('')) return;
    const first = this.symbols.get(text);
    if (first) this.note(name, { kind: 'symbol', name: text, first });
    const known = this.#unknown.get(text);
    known?.facts.uses.push(span);
    if (known !== undefined) return;
    const below = scope.below(text);
    if (!first && !below) {
      // What is not shown is not sought either: there may be thousands, each to be held against all names.
      const isShown = this.#unknown.size < mostShown && !this.file.diagnostics.isFull('error');
      const meant = isShown ? meantName(text, scope, this.module) : null;
      this.#unknown.set(text, { at: all, facts: { meant, wanted, uses: [span] } });
      return;
    }
    this.#unknown.set(text, null);
    if (first) this.report('NET0101', all, { kind: 'size', name: text });
    else if (below) this.report('NET0101', all, { kind: 'later', name: text, at: below });
  }

  isUnknown(e: Expression): boolean {
    return e.kind === 'name' && this.#unknown.has(e.text);
  }
}
