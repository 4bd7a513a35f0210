import { isOperation } from '../builtins/index.js';
import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import type {
  Body,
  Expression,
  ForExpression,
  IfExpression,
  Parameter,
  RepeatExpression,
  Stage,
} from '../syntax/ast.js';
import { partsOf } from '../syntax/parts.js';

type Loop = ForExpression | RepeatExpression;
type Site = Stage | Loop;

/** The path segment of each application and loop of one body (sentences 8 and 9). */
export type Sites = ReadonlyMap<Site, string>;

/** The variable of a `for`, else the first state of a `repeat`: it names the steps in paths. */
const stepName = (loop: Loop): string =>
  loop.kind === 'for' ? loop.variable.text : (loop.fold.pattern.names[0]?.text ?? '_');

/** `name`, then `name.2`, `name.3`. */
function numbered(name: string, counts: Map<string, number>): string {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count === 1 ? name : `${name}.${count}`;
}

const known = new WeakMap<object, Sites>();

/** Segments of the sites in `body` and in the defaults before it, numbered in the order of the text. */
export function sitesOf(body: Body, parameters: readonly Parameter[] = []): Sites {
  const sites = known.get(body) ?? number(body, parameters);
  known.set(body, sites);
  return sites;
}

/** As `sitesOf`, of an expression that stands in no body. */
export function looseSites(value: Expression): Sites {
  const numbering = new Numbering();
  numbering.expression(value);
  return numbering.sites;
}

/** Reports names of instances that are not unique in `body`, but for branches of one `if`. */
export function checkSites(
  body: Body,
  parameters: readonly Parameter[],
  diagnostics: Diagnostics,
): void {
  number(body, parameters, diagnostics);
}

function number(body: Body, parameters: readonly Parameter[], diagnostics?: Diagnostics): Sites {
  const numbering = new Numbering(diagnostics);
  for (const { fallback } of parameters) if (fallback) numbering.expression(fallback);
  numbering.body(body);
  return numbering.sites;
}

/** Walks one body, its branches included and the bodies of its loops not, in the order of the text. */
class Numbering {
  readonly sites = new Map<Site, string>();
  readonly #counts = new Map<string, number>();
  /** Counted apart: a loop's segments end in `[i]`. */
  readonly #loops = new Map<string, number>();
  /** Names given by `as` and `shared`, and operations' own, with the place of the first. */
  #taken = new Map<string, { readonly span: Span; readonly given: boolean }>();

  constructor(readonly diagnostics?: Diagnostics) {}

  body(body: Body): void {
    for (const statement of body.statements) {
      if (statement.kind === 'input') this.expression(statement.shape);
      else if (statement.kind === 'require') this.expression(statement.condition);
      else this.expression(statement.value);
      if (statement.kind === 'shared') this.#claim(statement.name.text, statement.name.span, true);
    }
  }

  expression(e: Expression): void {
    if (e.kind === 'for' || e.kind === 'repeat') {
      this.sites.set(e, numbered(stepName(e), this.#loops));
    }
    if (e.kind === 'arrow') {
      this.expression(e.from);
      this.#stage(e.stage);
      for (const { value } of e.stage.args ?? []) this.expression(value);
    } else for (const part of partsOf(e)) this.expression(part);
    if (e.kind === 'if') this.#branches(e.then, e.else);
  }

  #branches(then: Body, other: Body | IfExpression): void {
    const before = this.#taken;
    this.#taken = new Map(before);
    this.body(then);
    const after = this.#taken;
    this.#taken = new Map(before);
    if ('statements' in other) this.body(other);
    else this.expression(other);
    this.#taken = new Map([...this.#taken, ...after]);
  }

  #stage(stage: Stage): void {
    const { name, as } = stage;
    if (!as) {
      this.sites.set(stage, numbered(name.text, this.#counts));
      if (isOperation(name.text)) this.#claim(name.text, name.span, false);
      return;
    }
    const free = this.#claim(as.text, as.span, true);
    // A clash is reported; the two must not seem to share their weights as well.
    this.sites.set(stage, free ? as.text : numbered(`${as.text}'`, this.#counts));
  }

  /** A given name is unique; names that operations have by themselves may recur, since they are numbered. */
  #claim(name: string, span: Span, given: boolean): boolean {
    const other = this.#taken.get(name);
    if (!other) this.#taken.set(name, { span, given });
    const free = !other || !(given || other.given);
    if (!free) this.#clash(name, span, other.span, given);
    return free;
  }

  #clash(name: string, span: Span, other: Span, given: boolean): void {
    const better = given ? `${name}2` : `${name} as ${name}2`;
    this.diagnostics?.report('NET0109', {
      message: `${name} names two instances of this body`,
      span,
      related: [{ span: other, message: `the first ${name}` }],
      suggestion: {
        message: `give each its own name: write \`${better}\` here`,
        edits: [{ span, text: better }],
      },
    });
  }
}
