import { Diagnostics } from '../diagnostics/diagnostic.js';
import { modelOf } from '../expand/variants.js';
import type { Span } from '../source/source.js';
import type {
  BlockDefinition,
  Body,
  Definition,
  ModelDefinition,
  Pattern,
  Statement,
  VariantDefinition,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { walkExpression } from './expressions.js';
import type { Local, Region, Role } from './use.js';
import type { Collector } from './uses.js';

/** The names of one pair of braces while they are walked. */
export class Names {
  readonly region: Region;
  readonly #bindings = new Map<string, Local>();

  constructor(
    { start, end }: Pick<Span, 'start' | 'end'>,
    readonly parent: Names | null,
    regions: Region[],
  ) {
    this.region = { start, end, names: [] };
    regions.push(this.region);
  }

  bind(local: Local, from: number): void {
    this.#bindings.set(local.name.text, local);
    this.region.names.push({ from, local });
  }

  find(text: string): Local | undefined {
    return this.#bindings.get(text) ?? this.parent?.find(text);
  }
}

export function walkDefinition(c: Collector, definition: Definition): void {
  const { kind, span } = definition;
  if (kind === 'missing') return;
  const names = new Names(span, null, c.regions);
  if (kind === 'variant') {
    bindParametersOf(c, definition, names);
    walkExpression(c, definition.value, names);
    return;
  }
  walkHead(c, definition, names);
  walkBody(c, definition.body, names);
}

/** An argument of a variant may use parameters of its model that its own file has no name for. */
function bindParametersOf(c: Collector, definition: VariantDefinition, names: Names): void {
  const model = modelOf(definition, c.module, new Diagnostics())?.definition;
  for (const { name, fallback } of model?.parameters ?? []) {
    if (c.module.names.has(name.text)) continue;
    names.bind({ kind: 'local', role: 'parameter', name, value: fallback }, definition.span.start);
  }
}

function walkHead(c: Collector, definition: BlockDefinition | ModelDefinition, names: Names): void {
  // A default may use the inputs, which stand behind it.
  const inputs = definition.kind === 'block' ? definition.inputs : [];
  for (const { name } of inputs) c.bind(name, 'input', null, names, definition.span.start);
  for (const { name, fallback, span } of definition.parameters ?? []) {
    if (fallback) walkExpression(c, fallback, names);
    c.bind(name, 'parameter', fallback, names, span.end);
  }
}

export function walkBody(c: Collector, body: Body, names: Names): void {
  for (const statement of body.statements) walkStatement(c, statement, names);
}

function walkStatement(c: Collector, statement: Statement, names: Names): void {
  const from = nextLine(statement.span);
  switch (statement.kind) {
    case 'input':
      for (const [axis, { value }] of statement.shape.items.entries()) {
        const symbol = axis < 3 && value.kind === 'name' && isPascal(value.text);
        if (!symbol) walkExpression(c, value, names);
        else {
          const first = c.symbols.get(value.text);
          if (!first) c.symbols.set(value.text, value.span);
          const target = { kind: 'symbol', name: value.text, first: first ?? value.span } as const;
          c.note(value.span, target, !first);
        }
      }
      c.bind(statement.name, 'input', null, names, from);
      return;
    case 'output':
    case 'shared':
      walkExpression(c, statement.value, names);
      c.bind(statement.name, statement.kind, statement.value, names, from);
      return;
    case 'let':
      walkExpression(c, statement.value, names);
      bindPattern(c, statement.pattern, 'let', statement.value, names, from);
      return;
    case 'require':
      walkExpression(c, statement.condition, names);
      return;
    case 'result':
      walkExpression(c, statement.value, names);
  }
}

/** A name holds from the line behind the one that binds it. */
function nextLine({ file, end }: Span): number {
  const next = file.text.indexOf('\n', end);
  return next < 0 ? file.text.length + 1 : next + 1;
}

export function bindPattern(
  c: Collector,
  { names: written }: Pattern,
  role: Role,
  value: Local['value'],
  names: Names,
  from: number,
): void {
  const only = written.length === 1 ? value : null;
  for (const name of written) c.bind(name, role, only, names, from);
}
