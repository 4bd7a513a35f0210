import type { Code, FactsOf } from '../diagnostics/codes.js';
import type { Diagnostics, Report } from '../diagnostics/diagnostic.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Value as GraphValue } from '../ir/graph.js';
import type { Bound, Named } from '../names/bound.js';
import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import type { Expression, Name } from '../syntax/ast.js';
import { closure, poison, printValue, type Result, type Value } from '../values/value.js';
import type { Application } from './application.js';

/**
 * Nested applications of one block, nodes of a graph (control-4 and control-5); expressions inside each other and steps of the
 * evaluation, which end what those two do not: blocks that apply each other in a long ring, trees without nodes.
 */
export const limits = { depth: 64, nodes: 120_000, nesting: 1_500, steps: 2_000_000 } as const;

/** Entries of a list that are copied, or characters of a path that are joined, in the time of a step. */
const workInStep = 64;

/** An application takes about as much of the machine's stack as so many expressions inside each other. */
const applicationWeight = 2;

/** One body as it is expanded: an instance, or the step of a loop in it. */
export interface Frame {
  /** What the names of the body mean. */
  readonly names: Bound;
  /** The values of its local names, by the names that bind them; a step of a loop binds its own anew. */
  readonly values: Map<Name, Value>;
  readonly path: string;
  readonly origin: Origin | null;
  /** Where the instances made here are noted, for counts and drawings. */
  readonly application: Application;
}

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

/** Applications around a place: where they stand, and what they are applied with. */
export type Levels = readonly { readonly at: Span; readonly text: string }[];

/** One expansion of a model to a graph: the graph so far, and what was said of it. */
export class Expansion {
  /** Applications under way, outermost first. */
  readonly stack: Application[] = [];
  readonly #depths = new Map<object, number>();
  /** By the nodes of the trees, which have each a span of their own. */
  readonly #reported = new Map<Code, Set<Span>>();
  readonly sizesRead: SizesRead[] = [];
  /** By the numbers of the values. */
  readonly #makers: (Span | undefined)[] = [];
  #steps = 0;
  #nesting = 0;

  constructor(
    readonly builder: GraphBuilder,
    readonly diagnostics: Diagnostics,
    /** `evaluate` of `evaluate.ts`, which loads all that an expression may be. */
    private readonly evaluation: (x: Expansion, e: Expression, frame: Frame) => Result,
    readonly observe: Observe = () => {},
  ) {}

  /** The value of an expression, or its several values; poison where an error was reported. */
  evaluate(e: Expression, frame: Frame): Result {
    return this.evaluation(this, e, frame);
  }

  /** Reports an error at its first instance only. */
  report<C extends Code>(code: C, span: Span, facts: FactsOf<C>, frame: Frame): typeof poison {
    if (!this.#hasReported(code, span)) {
      this.#reported.set(code, (this.#reported.get(code) ?? new Set()).add(span));
      this.diagnostics.report(code, span, facts, frame.origin);
    }
    return poison;
  }

  /** As `report`, of one instance. */
  reporter(frame: Frame): Report {
    return (code, span, facts) => this.report(code, span, facts, frame);
  }

  /** Whether it was, so that its facts need not be sought: of another instance, or as one of more than are shown. */
  isTold(code: Code, span: Span): boolean {
    if (this.#hasReported(code, span)) return true;
    if (!this.diagnostics.isFull('error')) return false;
    this.diagnostics.leaveOut(code, span);
    return true;
  }

  #hasReported(code: Code, span: Span): boolean {
    return this.#reported.get(code)?.has(span) ?? false;
  }

  /** Counts a step of the evaluation, and the nodes so far. */
  step(span: Span, frame: Frame, steps = 1): void {
    this.#steps += steps;
    const { nodeCount } = this.builder;
    if (this.#steps <= limits.steps && nodeCount <= limits.nodes) return;
    const of = nodeCount > limits.nodes ? 'nodes' : 'steps';
    const levels = this.lastLevels(span);
    const facts = { kind: 'network', limit: limits[of], of, levels } as const;
    this.stop('NET0308', span, facts, frame);
  }

  get steps(): number {
    return this.#steps;
  }

  /** Counts work that is many times less than a step, such as the copy of a list: so much of it is one. */
  work(amount: number, span: Span, frame: Frame): void {
    const steps = Math.floor(amount / workInStep);
    if (steps > 0) this.step(span, frame, steps);
  }

  /** Goes one expression deeper, until `unnest`. */
  nest(span: Span, frame: Frame): void {
    this.#nesting++;
    if (this.#nesting <= limits.nesting) return;
    const facts = { kind: 'nesting', depth: this.stack.length } as const;
    this.stop('NET0307', span, { ...facts, levels: this.lastLevels(span) }, frame);
  }

  unnest(): void {
    this.#nesting--;
  }

  /** Reports a passed limit, and ends the expansion. */
  stop<C extends Code>(code: C, span: Span, facts: FactsOf<C>, frame: Frame): never {
    this.report(code, span, facts, frame);
    throw new LimitReached(code);
  }

  /** The last three applications under way, of one block or of any, with their arguments. */
  lastLevels(span: Span, block?: string): Levels {
    return this.stack
      .filter((level) => block === undefined || level.block === block)
      .slice(-3)
      .map((level) => ({
        at: level.origin?.site ?? span,
        text: `${level.block}(${argumentsText(level)})`,
      }));
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

/** The value of a name, or poison where the text says already that it has none. */
export function lookup(name: Named, { names, values }: Frame): Value {
  const target = names.targetOf(name);
  if (target?.kind === 'local') return values.get(target.name) ?? poison;
  if (target?.kind === 'builtin') return closure(target.builtin);
  if (target?.kind !== 'definition' || target.definition.kind !== 'block') return poison;
  const { definition, module } = target;
  return closure({ kind: 'user', name: definition.name.text, definition, module });
}
