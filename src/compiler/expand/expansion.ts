import { builtins } from '../builtins/index.js';
import type { Code, FactsOf } from '../diagnostics/codes.js';
import type { DiagnosticParts, Diagnostics } from '../diagnostics/diagnostic.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Value as GraphValue } from '../ir/graph.js';
import type { Module } from '../load/modules.js';
import type { Sites } from '../names/sites.js';
import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import type { Application } from './application.js';
import { closure, poison, printValue, type Result, type Value } from './values.js';

/**
 * Nested applications of one block, nodes of a graph (sentence 15); expressions inside each other and steps of the
 * evaluation, which end what those two do not: blocks that apply each other in a long ring, trees without nodes.
 */
export const limits = { depth: 64, nodes: 200_000, nesting: 1_500, steps: 2_000_000 } as const;

/** An application takes about as much of the machine's stack as so many expressions inside each other. */
const applicationWeight = 2;

/** What is the same for all names of one body: the instance, or the step of a loop, that is being expanded. */
export interface Frame {
  readonly module: Module;
  readonly path: string;
  readonly origin: Origin | null;
  readonly sites: Sites;
  /** Where the instances made here are noted, for counts and drawings. */
  readonly application: Application;
}

/** The names of one pair of braces. */
export interface Scope {
  readonly frame: Frame;
  readonly names: Map<string, Value>;
  readonly parent: Scope | null;
}

export const innerScope = (parent: Scope, frame: Frame = parent.frame): Scope => ({
  frame,
  names: new Map(),
  parent,
});

export const joinPath = (path: string, segment: string): string =>
  path === '' ? segment : `${path}/${segment}`;

/** Told of every value: where in the text it is written or named, and the instance it is a value in. */
export type Observe = (span: Span, value: Result, frame: Frame) => void;

/** Thrown once a limit is passed and reported: nothing after it would mean anything. */
export class LimitReached extends Error {}

/** A tensor of which only the sizes are read, and the results that they are for; none where the configuration reads them. */
export interface SizesRead {
  readonly value: GraphValue;
  readonly results: readonly GraphValue[];
}

/** One expansion of a model to a graph: the graph so far, and what was said of it. */
export class Expansion {
  /** Applications under way, outermost first. */
  readonly stack: Application[] = [];
  readonly #depths = new Map<object, number>();
  readonly #reported: Set<string>;
  readonly sizesRead: SizesRead[] = [];
  /** By the numbers of the values. */
  readonly #makers: (Span | undefined)[] = [];
  #steps = 0;
  #nesting = 0;

  constructor(
    readonly builder: GraphBuilder,
    readonly diagnostics: Diagnostics,
    readonly observe: Observe = () => {},
  ) {
    this.#reported = new Set(diagnostics.all().map(({ code, span }) => keyOf(code, span)));
  }

  /** Reports an error at its first instance only; what the static check said is not said again. */
  report<C extends Code>(code: C, span: Span, facts: FactsOf<C>, frame: Frame): typeof poison;
  report(code: Code, parts: DiagnosticParts, frame: Frame): typeof poison;
  report(code: Code, at: Span | DiagnosticParts, facts: unknown, frame?: Frame): typeof poison {
    const parts = 'message' in at ? at : undefined;
    const span = parts?.span ?? (at as Span);
    const { origin } = parts ? (facts as Frame) : frame!;
    const key = keyOf(code, span);
    if (this.#reported.has(key)) return poison;
    this.#reported.add(key);
    if (parts) this.diagnostics.report(code, { origin, ...parts });
    else this.diagnostics.report(code, span, facts as FactsOf<Code>, origin);
    return poison;
  }

  /** Whether this mistake was said of another instance, so that its words need not be sought again. */
  hasReported(code: Code, span: Span): boolean {
    return this.#reported.has(keyOf(code, span));
  }

  /** Counts a step of the evaluation, and the nodes so far. */
  step(span: Span, frame: Frame, steps = 1): void {
    this.#steps += steps;
    const { nodeCount } = this.builder;
    if (this.#steps <= limits.steps && nodeCount <= limits.nodes) return;
    const [count, what] =
      nodeCount > limits.nodes ? [limits.nodes, 'nodes'] : [limits.steps, 'steps of evaluation'];
    const message = `the network grows past ${count.toLocaleString('en-US')} ${what}`;
    const way = 'give fewer steps to a repeat or a for, or less depth to a block';
    this.stop('NET0308', { message, span, suggestion: { message: way } }, frame);
  }

  /** Goes one expression deeper, until `unnest`. */
  nest(span: Span, frame: Frame): void {
    this.#nesting++;
    if (this.#nesting <= limits.nesting) return;
    const message = `${this.stack.length} applications of blocks stand inside each other: too deep`;
    const way = 'end it by an `if` whose last branch applies no block';
    this.stop('NET0307', { message, span, suggestion: { message: way } }, frame);
  }

  unnest(): void {
    this.#nesting--;
  }

  /** Reports a passed limit with the arguments of the last three levels, and ends the expansion. */
  stop(code: Code, parts: DiagnosticParts, frame: Frame, block?: string): never {
    const { span, message } = parts;
    const related = this.lastLevels(block).map((level) => ({
      span: level.origin?.site ?? span,
      message: `${level.block}(${argumentsText(level)})`,
    }));
    this.report(code, { ...parts, related }, frame);
    throw new LimitReached(message);
  }

  /** The last three applications under way, of one block or of any. */
  lastLevels(block?: string): readonly Application[] {
    return this.stack.filter((level) => block === undefined || level.block === block).slice(-3);
  }

  /** How many applications of `block` are under way. */
  depthOf(block: object): number {
    return this.#depths.get(block) ?? 0;
  }

  /** Runs `body` one application of `block` deeper. */
  within<T>(block: object, application: Application, body: () => T): T {
    const depth = this.depthOf(block);
    this.#depths.set(block, depth + 1);
    this.#nesting += applicationWeight;
    this.stack.push(application);
    const result = body();
    this.stack.pop();
    this.#nesting -= applicationWeight;
    this.#depths.set(block, depth);
    return result;
  }

  /** Notes that no more than the sizes of `value` are read, by what gave `results`; by the configuration without any. */
  readOnlySizes(value: GraphValue, results: readonly GraphValue[] = []): void {
    this.sizesRead.push({ value, results });
  }

  /** Notes where a value was made, for errors that name its other side. */
  made(values: readonly GraphValue[], site: Span): void {
    for (const { id } of values) this.#makers[id] = site;
  }

  makerOf(value: GraphValue | undefined): Span | undefined {
    return value && this.#makers[value.id];
  }
}

/** `channels: 8, depth: 2` */
export const argumentsText = ({ configuration }: Application): string =>
  configuration.map(([name, value]) => `${name}: ${printValue(value)}`).join(', ');

const keyOf = (code: Code, span: Span): string => `${code} ${span.file.path} ${span.start}`;

/** The value of a name, or poison where it has none, which the static check has said. */
export function lookup(name: string, scope: Scope): Value {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const value = at.names.get(name);
    if (value) return value;
  }
  const found = scope.frame.module.names.get(name);
  if (found?.definition.kind === 'block' && !found.other) {
    const { definition, module } = found;
    return closure({ kind: 'user', name: definition.name.text, definition, module });
  }
  const builtin = found ? undefined : builtins.get(name);
  return builtin ? closure(builtin) : poison;
}
