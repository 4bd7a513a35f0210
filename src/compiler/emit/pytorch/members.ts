import type { Application } from '../../expand/application.js';
import type { Step } from './forward.js';
import { identifier } from './names.js';
import { py } from './python/parse.js';
import { attribute, type Expression, name } from './python/tree.js';
import { refuse } from './refuse.js';
import { type Construct, type Foreign, formOf, type Member } from './unit.js';

/** The modules that a body calls. */
export class Members {
  readonly own = new Map<string, Member>();
  /** Those of outer blocks, by their path. */
  readonly foreign = new Map<string, Foreign>();

  constructor(
    readonly path: string,
    readonly step: Step | null,
  ) {}

  /** The module of an application: one of this instance's own, or one that comes in as an argument. */
  module(
    application: Application,
    construct: Construct,
    path = application.origin!.path,
  ): Expression {
    if (this.path !== '' && !path.startsWith(`${this.path}/`)) {
      const known = this.foreign.get(path);
      const text = known?.name ?? identifier(path.slice(path.lastIndexOf('/') + 1));
      this.foreign.set(path, { name: text, path, construct });
      return name(text);
    }
    const { step } = this;
    const repeated = step !== null && path.startsWith(`${step.prefix}/`);
    const text = identifier(repeated ? inStep(step, path) : this.#inside(path));
    const known = this.own.get(text);
    if (known && formOf(known.construct) !== formOf(construct)) {
      refuse(
        application.origin,
        `module in two forms, as ${path} is applied in`,
        'give each application a block of its own, and share in it what has to be shared',
      );
    }
    if (!known) {
      const count = repeated ? 1 : null;
      this.own.set(text, { attribute: text, path, construct, count, paths: [path] });
    }
    const module = attribute(name('self'), text);
    return repeated ? py`${module}[${name(step.variable)}]` : module;
  }

  #inside(path: string): string {
    return this.path === '' ? path : path.slice(this.path.length + 1);
  }
}

const inStep = ({ prefix, segment }: Step, path: string): string =>
  `${segment.slice(0, segment.lastIndexOf('['))}_${path.slice(prefix.length + 1)}`;
