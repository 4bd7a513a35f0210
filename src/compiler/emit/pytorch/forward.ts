import { builtins } from '../../builtins/index.js';
import type { Application } from '../../expand/application.js';
import type { Node, Value } from '../../ir/graph.js';
import { blocks } from './blocks.js';
import { configurationOf } from './configuration.js';
import type { Dataflow } from './dataflow.js';
import { type Hints, placeKey } from './hints.js';
import { repeatedSteps } from './loops.js';
import { Members } from './members.js';
import { freeName, identifier } from './names.js';
import { expressionOf, type Operands } from './operations.js';
import { py } from './python/parse.js';
import { textOf } from './python/print.js';
import { assign, type Expression, name, type Statement } from './python/tree.js';
import { refuse } from './refuse.js';
import { Scope } from './scope.js';
import { Survey } from './survey.js';
import type { Unit } from './unit.js';

/** An expression longer than this gets a line of its own. */
const longest = 72;
/** An expression shorter than this is not worth a name. */
const shortest = 16;
const lengthOf = (e: Expression): number => textOf(e).length;

export interface Context {
  readonly flow: Dataflow;
  readonly hints: Hints;
  /** The unit of an application of a block in the body that `outer` writes. */
  write(application: Application, outer: Forward): Unit;
}

/** The step of a loop that is being written, as one for all. */
export interface Step {
  /** The path of step i up to its slash. */
  readonly prefix: string;
  readonly segment: string;
  /** The variable that counts the steps. */
  readonly variable: string;
}

/** Writes the body of `forward` for one instance. */
export class Forward {
  readonly body: Statement[] = [];
  readonly scope: Scope;
  readonly members: Members;
  readonly survey: Survey;

  constructor(
    readonly context: Context,
    readonly application: Application,
    readonly outer: Forward | null,
    readonly step: Step | null = null,
    taken: Iterable<string> = [],
  ) {
    this.scope = new Scope(new Set(taken), outer?.scope ?? null, step !== null);
    this.members = new Members(application.origin?.path ?? '', step);
    this.survey = new Survey(context.flow, context.hints);
  }

  /** Writes one step of a loop of this body, with these names taken. */
  inStep(step: Step, taken: ReadonlySet<string>): Forward {
    return new Forward(this.context, this.application, this, step, taken);
  }

  /** A name that is free, near to what the file calls the value or to what made it. */
  nameFor({ id }: Value): string {
    return freeName(this.survey.nameOf(id), this.scope.taken);
  }

  write(applications: readonly Application[]): void {
    for (let i = 0; i < applications.length; ) {
      const application = applications[i] as Application;
      const loop = application.block === null ? loopOf(application) : undefined;
      if (loop === undefined) {
        this.#apply(application);
        i++;
        continue;
      }
      const others = applications.slice(i);
      const end = others.findIndex((other) => other.block !== null || loopOf(other) !== loop);
      const steps = end < 0 ? others : others.slice(0, end);
      if (!repeatedSteps(this, steps)) for (const step of steps) this.write(step.children);
      i += steps.length;
    }
  }

  #apply(application: Application): void {
    const { flow } = this.context;
    const nodes = flow.nodes(application);
    if (nodes.length === 0) return;
    const block = application.block as string;
    if (application.definition) this.#call(application);
    else if (blocks[block]) this.#module(application, nodes);
    else if (builtins.get(block)?.kind === 'block')
      throw new Error(`no module of PyTorch is known for ${block}`);
    else for (const node of nodes) this.#node(application, node);
  }

  #operands(application: Application, operands: readonly Value[]): Operands {
    const { origin } = application;
    const names = (origin && this.context.hints.operands.get(placeKey(origin.site))) ?? [];
    const like = names.at(-1);
    return {
      arg: (i) => this.scope.code(operands[i] as Value),
      image: (shape, axes) => this.scope.image(shape, axes, like ? identifier(like) : undefined),
      producer: this.context.flow.producer,
      refuse: (what, suggestion) => refuse(origin, what, suggestion),
    };
  }

  #node(application: Application, node: Node): void {
    const operands = this.#operands(application, node.operands);
    const code = this.#fitted(node.operands, () => expressionOf(operands, node));
    this.#define(node.results, code);
  }

  #module(application: Application, nodes: readonly Node[]): void {
    const inputs = this.context.flow.inputs(application);
    const [y] = nodes.at(-1)!.results;
    const make = blocks[application.block as string]!;
    const made = make(configurationOf(application) as never, inputs[0]!, y!);
    const self = this.members.module(application, {
      kind: 'builtin',
      code: made.construct,
      state: made.state,
    });
    const operands = this.#operands(application, inputs);
    this.#define(
      [y!],
      this.#fitted(inputs, () => made.apply(self, operands)),
    );
  }

  #call(application: Application): void {
    const { flow, write } = this.context;
    const unit = write(application, this);
    const self = this.members.module(application, { kind: 'block', unit });
    const inputs = [...flow.inputs(application), ...unit.borrowed];
    const modules = unit.foreign.map(({ path, construct }) =>
      this.members.module(application, construct, path),
    );
    const code = this.#fitted(inputs, () => {
      const given = inputs.map((value) => this.scope.code(value));
      return py`${self}(${[...given, ...modules]})`;
    });
    this.#define(flow.outputs(application), code);
  }

  /** What `write` makes of `operands`; the longest of these get names while it is too long for a line. */
  #fitted(operands: readonly Value[], write: () => Expression): Expression {
    const length = (value: Value): number => lengthOf(this.scope.code(value));
    const pending = operands
      .filter((value) => length(value) > shortest && !this.scope.isNamed(value))
      .sort((a, b) => length(b) - length(a));
    let code = write();
    for (const value of pending) {
      if (lengthOf(code) <= longest) break;
      this.named(value);
      code = write();
    }
    return code;
  }

  #define(results: readonly Value[], code: Expression): void {
    const [first, ...others] = results;
    if (first && others.length === 0) {
      const once = this.survey.uses(first.id) <= 1 && !this.survey.isLet(first.id);
      if (once && lengthOf(code) <= longest) this.scope.wait(first, code);
      else this.assign([first], code);
    } else this.assign(results, code);
  }

  assign(values: readonly Value[], code: Expression): void {
    const names = values.map((value) => {
      const used = values.length === 1 || this.survey.uses(value.id) > 0;
      const text = used ? this.nameFor(value) : '_';
      this.scope.bind(value, text);
      return name(text);
    });
    this.body.push(assign(names, code));
  }

  /** The name of a value, which gets one where it has none. */
  named(value: Value): Expression {
    if (!this.scope.isNamed(value)) this.assign([value], this.scope.code(value));
    return this.scope.code(value);
  }
}

const loopOf = ({ segment }: Application): string => segment.slice(0, segment.lastIndexOf('['));
