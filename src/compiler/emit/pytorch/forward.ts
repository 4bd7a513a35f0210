import { builtins } from '../../builtins/index.js';
import type { Application } from '../../expand/application.js';
import type { Node, Value } from '../../ir/graph.js';
import { type Shape, sameSize } from '../../sizes/size.js';
import { ExportError } from '../export-error.js';
import { blocks } from './blocks.js';
import { atom, type Code, identifier, Level, within } from './code.js';
import { configurationOf } from './configuration.js';
import type { Dataflow } from './dataflow.js';
import type { Hints } from './hints.js';
import { repeatedSteps } from './loops.js';
import { expressionOf } from './operations.js';
import { Survey } from './survey.js';
import { type Construct, type Foreign, keyOf, type Member, type Unit } from './unit.js';

/** An expression longer than this gets a line of its own. */
const longest = 72;
/** An expression shorter than this is not worth a name. */
const shortest = 16;

export interface Context {
  readonly flow: Dataflow;
  readonly hints: Hints;
  unitOf(application: Application): Unit;
}

/** The step of a loop that is being written, as one for all. */
export interface Step {
  /** The path of step i up to its slash. */
  readonly prefix: string;
  readonly segment: string;
}

/** Writes the body of `forward` for one instance: a value is a name, or an expression waiting for its only use. */
export class Forward {
  readonly lines: string[] = [];
  readonly members = new Map<string, Member>();
  readonly foreign = new Map<string, Foreign>();
  readonly #codes = new Map<number, Code>();
  readonly #values: Value[] = [];

  readonly survey: Survey;

  constructor(
    readonly context: Context,
    readonly path: string,
    readonly taken: Set<string> = new Set(),
    readonly step: Step | null = null,
  ) {
    this.survey = new Survey(context.flow, context.hints);
  }

  /** Writes one step of a loop of this body, with these names taken. */
  inStep(step: Step, taken: ReadonlySet<string>): Forward {
    return new Forward(this.context, this.path, new Set(taken), step);
  }

  /** Gives a value the name it is known by from here on. */
  bind(value: Value, name: string): void {
    this.taken.add(name);
    this.#codes.set(value.id, atom(name));
    this.#values.push(value);
  }

  /** A name that is free, near to what the file calls the value or to what made it. */
  nameFor({ id }: Value): string {
    const wanted = identifier(this.survey.nameOf(id));
    let name = wanted;
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}_${n}`;
    return name;
  }

  write(applications: readonly Application[]): void {
    for (let i = 0; i < applications.length; ) {
      const application = applications[i];
      if (application.block !== null) {
        this.#apply(application);
        i++;
        continue;
      }
      const loop = loopOf(application);
      let end = i + 1;
      while (
        end < applications.length &&
        applications[end].block === null &&
        loopOf(applications[end]) === loop
      )
        end++;
      const steps = applications.slice(i, end);
      if (!repeatedSteps(this, steps)) for (const step of steps) this.write(step.children);
      i = end;
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
      throw new ExportError(`${block} has no module in PyTorch`);
    else for (const node of nodes) this.#node(node);
  }

  #node(node: Node): void {
    const write = (): Code =>
      expressionOf(
        {
          arg: (i) => this.code(node.operands[i]).text,
          code: (i) => this.code(node.operands[i]),
          like: (shape) => this.#like(shape),
          producer: this.context.flow.producer,
        },
        node,
      );
    const code = this.#fitted(node.operands, write);
    if (node.results.length === 1) this.#define(node.results[0], code);
    else this.#unpack(node.results, code.text);
  }

  /** What `write` makes of `operands`; the longest of these get names while it is too long for a line. */
  #fitted(operands: readonly Value[], write: () => Code): Code {
    const pending = operands
      .filter((value) => this.code(value).text.length > shortest && !this.isNamed(value))
      .sort((a, b) => this.code(b).text.length - this.code(a).text.length);
    let code = write();
    for (const value of pending) {
      if (code.text.length <= longest) break;
      this.assign(value, this.code(value).text, this.nameFor(value));
      code = write();
    }
    return code;
  }

  #module(application: Application, nodes: readonly Node[]): void {
    const { flow } = this.context;
    const [x] = flow.inputs(application);
    const [y] = nodes[nodes.length - 1].results;
    const block = application.block as string;
    const { apply, like, ...made } = blocks[block](configurationOf(application) as never, x, y);
    const self = this.module(application.origin!.path, {
      kind: 'builtin',
      text: made.construct,
      state: made.state,
    });
    const code = like
      ? atom(apply(self, this.#like(y.type.shape, like)))
      : this.#fitted([x], () => atom(apply(self, this.code(x).text)));
    this.#define(y, code);
  }

  #call(application: Application): void {
    const { flow, unitOf } = this.context;
    const unit = unitOf(application);
    const self = this.module(application.origin!.path, { kind: 'block', unit });
    const inputs = flow.inputs(application);
    const modules = unit.foreign.map(({ path, construct }) => this.module(path, construct));
    const code = this.#fitted(inputs, () => {
      const args = inputs.map((value) => this.code(value).text);
      return atom(`${self}(${[...args, ...modules].join(', ')})`);
    });
    const outputs = flow.outputs(application);
    if (outputs.length === 1) this.#define(outputs[0], code);
    else this.#unpack(outputs, code.text);
  }

  #define(value: Value, code: Code): void {
    const { id } = value;
    const plain =
      this.survey.uses(id) <= 1 && !this.survey.isLet(id) && code.text.length <= longest;
    if (plain) this.#codes.set(id, code);
    else this.assign(value, code.text, this.nameFor(value));
  }

  assign(value: Value, text: string, name: string): void {
    this.lines.push(`${name} = ${text}`);
    this.bind(value, name);
  }

  #unpack(values: readonly Value[], text: string): void {
    const names = values.map((value) => {
      const name = this.survey.uses(value.id) > 0 ? this.nameFor(value) : '_';
      this.bind(value, name);
      return name;
    });
    this.lines.push(`${names.join(', ')} = ${text}`);
  }

  code({ id }: Value): Code {
    const code = this.#codes.get(id);
    if (!code) throw new Error(`%${id} is used before it is made`);
    return code;
  }

  isNamed(value: Value): boolean {
    return this.taken.has(this.code(value).text);
  }

  /** The name of a value, which gets one where it has none. */
  named(value: Value): string {
    if (!this.isNamed(value)) this.assign(value, this.code(value).text, this.nameFor(value));
    return this.code(value).text;
  }

  #like(shape: Shape, axes: readonly number[] = [0, 1, 2]): string {
    const known = this.#values.findLast(({ type }) =>
      axes.every((axis) => type.shape[axis] && sameSize(type.shape[axis], shape[axis])),
    );
    if (!known) throw new ExportError('no value in scope tells the size of the image');
    return within(this.code(known), Level.atom);
  }

  /** The module at a path: one of this instance's own, or one that comes in as an argument. */
  module(path: string, construct: Construct): string {
    const own = this.path === '' ? path : path.slice(this.path.length + 1);
    if (this.path !== '' && !path.startsWith(`${this.path}/`)) {
      const known = this.foreign.get(path);
      const name = known?.name ?? identifier(path.slice(path.lastIndexOf('/') + 1));
      this.foreign.set(path, { name, path, construct });
      return name;
    }
    const { step } = this;
    const inStep = step !== null && path.startsWith(`${step.prefix}/`);
    const attribute = inStep
      ? identifier(
          `${step.segment.slice(0, step.segment.lastIndexOf('['))}_${path.slice(step.prefix.length + 1)}`,
        )
      : identifier(own);
    const known = this.members.get(attribute);
    if (known && formOf(known.construct) !== formOf(construct)) {
      throw new ExportError(`${path} is applied in two forms, which no one module has`);
    }
    if (!known) {
      const count = inStep ? 1 : null;
      this.members.set(attribute, { attribute, path, construct, count, paths: [path] });
    }
    return `self.${attribute}${inStep ? '[i]' : ''}`;
  }
}

const formOf = (construct: Construct): string =>
  construct.kind === 'block' ? keyOf(construct.unit) : construct.text;

const loopOf = ({ segment }: Application): string => segment.slice(0, segment.lastIndexOf('['));
