import type { Application } from '../../expand/application.js';
import type { Value } from '../../ir/graph.js';
import { blocks } from './blocks.js';
import type { Dataflow } from './dataflow.js';
import { type Hints, placeKey } from './hints.js';

/** What the result of an operator is called. */
const operators: Readonly<Record<string, string>> = {
  '+': 'total',
  '-': 'difference',
  '*': 'product',
  '/': 'quotient',
};

/** What is known of a body before it is written: how often values are used, and what the file calls them. */
export class Survey {
  readonly #uses = new Map<number, number>();
  readonly #suggested = new Map<number, string>();
  /** What made a value, for one that the file does not name. */
  readonly #makers = new Map<number, string>();
  readonly #lets = new Set<number>();

  constructor(
    readonly flow: Dataflow,
    readonly hints: Hints,
  ) {}

  uses(id: number): number {
    return this.#uses.get(id) ?? 0;
  }

  /** Whether a `let` names the value. */
  isLet(id: number): boolean {
    return this.#lets.has(id);
  }

  /** What the file calls a value or, where it does not, what made it. */
  nameOf(id: number): string {
    return this.#suggested.get(id) ?? this.#makers.get(id) ?? 'x';
  }

  /** Looks at a body's applications, steps of loops opened, and at what the body gives. */
  look(applications: readonly Application[], results: readonly Value[]): void {
    this.#use(results);
    for (const application of applications) {
      if (application.block === null) {
        this.look(application.children, []);
        continue;
      }
      const inputs = this.flow.inputs(application);
      const isModule = application.definition !== null || application.block in blocks;
      if (isModule) this.#use(inputs);
      else for (const { operands } of this.flow.nodes(application)) this.#use(operands);
      this.#name(application, inputs);
    }
  }

  #use(values: readonly Value[]): void {
    for (const { id } of values) this.#uses.set(id, this.uses(id) + 1);
  }

  #name(application: Application, inputs: readonly Value[]): void {
    const { origin, segment } = application;
    const outputs = this.flow.outputs(application);
    const maker = operators[segment] ?? segment.charAt(0).toLowerCase() + segment.slice(1);
    for (const { id } of outputs) this.#makers.set(id, maker);
    if (!origin) return;
    const key = placeKey(origin.site);
    const given = this.hints.results.get(key);
    outputs.forEach(({ id }, i) => {
      if (!given) return;
      this.#suggested.set(id, outputs.length === 1 ? given.name : `${given.name}_${i}`);
      if (given.isLet && outputs.length === 1) this.#lets.add(id);
    });
    const names = this.hints.operands.get(key) ?? [];
    if (names.length !== inputs.length) return;
    inputs.forEach(({ id }, i) => {
      const name = names[i];
      if (name && !this.#suggested.has(id)) this.#suggested.set(id, name);
    });
  }
}
