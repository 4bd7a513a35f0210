import type { Span } from '../source/source.js';
import type { Body, Definition, Expression, Name, Stage, Statement } from '../syntax/ast.js';
import { partsOf } from '../syntax/parts.js';

/** What bound a name: a list of parameters or inputs, a line, or a loop. */
export type Binder = 'parameter' | 'input' | 'let' | 'shared' | 'variable' | 'state';

/** A place where a name is read: `x -> f`, or anywhere else without a stage. */
export interface Read {
  readonly stage: Stage | null;
  /** Loops around it that are not around the binding, each of which may read it again. */
  readonly loops: number;
}

/** A name of a definition's own, and every place in the text that reads it. */
export interface Binding {
  readonly name: Name;
  readonly binder: Binder;
  /** The line, of `let` and `shared`. */
  readonly statement: Statement | null;
  readonly reads: Read[];
}

export interface Reads {
  readonly bindings: readonly Binding[];
  /** Names that are not the definition's own, blocks, models and operations, and where they stand. */
  readonly outside: ReadonlyMap<string, readonly Span[]>;
  /** Parameters that an argument is given to by name, of whatever block. */
  readonly named: ReadonlySet<string>;
}

/** Which names a definition binds and reads, in its text, whether a line is ever evaluated or not. */
export function readsOf(definition: Definition): Reads {
  const walk = new Walk();
  if (definition.kind === 'variant') walk.expression(definition.value, outermost());
  else if (definition.kind !== 'missing') {
    const scope = outermost();
    if (definition.kind === 'block') {
      for (const { name } of definition.inputs) walk.bind(name, 'input', scope);
    }
    for (const { name, fallback } of definition.parameters ?? []) {
      if (fallback) walk.expression(fallback, scope);
      walk.bind(name, 'parameter', scope);
    }
    walk.body(definition.body, scope);
  }
  return walk;
}

/** As `readsOf`, of an expression that stands in no definition. */
export function readsOfLoose(value: Expression): Reads {
  const walk = new Walk();
  walk.expression(value, outermost());
  return walk;
}

interface Scope {
  readonly names: Map<string, { readonly binding: Binding; readonly loops: number }>;
  readonly parent: Scope | null;
  readonly loops: number;
}

const outermost = (): Scope => ({ names: new Map(), parent: null, loops: 0 });
const inside = (parent: Scope, loops = parent.loops): Scope => ({
  names: new Map(),
  parent,
  loops,
});

class Walk implements Reads {
  readonly bindings: Binding[] = [];
  readonly outside = new Map<string, Span[]>();
  readonly named = new Set<string>();

  bind(name: Name, binder: Binder, scope: Scope, statement: Statement | null = null): void {
    const binding = { name, binder, statement, reads: [] };
    this.bindings.push(binding);
    scope.names.set(name.text, { binding, loops: scope.loops });
  }

  body({ statements }: Body, scope: Scope): void {
    for (const statement of statements) this.#statement(statement, scope);
  }

  expression(e: Expression, scope: Scope): void {
    if (e.kind === 'name') this.#read(e, null, scope);
    for (const part of partsOf(e)) this.expression(part, scope);
    const args = e.kind === 'call' ? e.args : e.kind === 'arrow' ? (e.stage.args ?? []) : [];
    for (const { name } of args) if (name) this.named.add(name.text);
    if (e.kind === 'arrow') this.#read(e.stage.name, e.stage, scope);
    else if (e.kind === 'if') {
      this.body(e.then, inside(scope));
      if ('statements' in e.else) this.body(e.else, inside(scope));
      else this.expression(e.else, scope);
    } else if (e.kind === 'for' || e.kind === 'repeat') {
      const inner = inside(scope, scope.loops + 1);
      if (e.kind === 'for') this.bind(e.variable, 'variable', inner);
      for (const name of e.fold?.pattern.names ?? []) this.bind(name, 'state', inner);
      this.body(e.body, inner);
    }
  }

  #statement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'input':
        for (const { value } of statement.shape.items) this.expression(value, scope);
        return;
      case 'let':
        this.expression(statement.value, scope);
        for (const name of statement.pattern.names) this.bind(name, 'let', scope, statement);
        return;
      case 'shared':
        this.expression(statement.value, scope);
        this.bind(statement.name, 'shared', scope, statement);
        return;
      case 'require':
        this.expression(statement.condition, scope);
        return;
      default:
        this.expression(statement.value, scope);
    }
  }

  #read({ text, span }: Name, stage: Stage | null, scope: Scope): void {
    for (let at: Scope | null = scope; at; at = at.parent) {
      const found = at.names.get(text);
      if (!found) continue;
      found.binding.reads.push({ stage, loops: scope.loops - found.loops });
      return;
    }
    const places = this.outside.get(text);
    if (places) places.push(span);
    else this.outside.set(text, [span]);
  }
}
