import { functions } from '../builtins/functions.js';
import { builtins, isBuiltin } from '../builtins/index.js';
import type { DiagnosticParts, Diagnostics, Suggestion } from '../diagnostics/diagnostic.js';
import { insteadOfName } from '../diagnostics/foreign.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { caseMessage } from '../expand/kinds.js';
import { way } from '../expand/ways-out.js';
import type { Module } from '../load/modules.js';
import { definitionSignature, type Signature } from '../names/callable.js';
import { positionAt, type Span } from '../source/source.js';
import type { Name } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';

/** What can be said of an expression before anything is expanded. */
export interface Known {
  readonly kind: 'unknown' | 'block' | 'instance' | 'function' | 'value';
  /** As `describe` says it. */
  readonly what: string;
  /** A block whose parameters are known, and those that have their arguments. */
  readonly signature?: Signature;
  readonly given?: ReadonlyMap<string, Span>;
}

export const unknown: Known = { kind: 'unknown', what: 'a value' };

interface Binding {
  readonly known: Known;
  readonly span: Span;
}

/** The names of one pair of braces, as `Scope` has their values. */
export interface Names {
  readonly bindings: Map<string, Binding>;
  /** Where the lines of these braces bind names, be it above or below the line at hand. */
  readonly later: Map<string, Span>;
  readonly parent: Names | null;
}

type Edit = NonNullable<Suggestion['edits']>[number];

/** What a check of one definition needs. */
export interface Check {
  readonly module: Module;
  readonly diagnostics: Diagnostics;
  /** The size symbols of the model; empty in a block. */
  readonly symbols: ReadonlySet<string>;
  /**
   * Names reported as unknown already, with the edits offered: what is misspelled where it is bound, or in each use,
   * is one mistake.
   */
  readonly unknown: Map<string, Edit[]>;
}

export const innerNames = (parent: Names | null): Names => ({
  bindings: new Map(),
  later: new Map(),
  parent,
});

function local(text: string, names: Names): Binding | undefined {
  for (let at: Names | null = names; at; at = at.parent) {
    const binding = at.bindings.get(text);
    if (binding) return binding;
  }
  return undefined;
}

/**
 * Binds a name in `names`: once, hiding nothing, in the case of its kind (sentences 2 and 6). The variable and the
 * states of a loop may hide what is outside.
 */
export function bind(
  c: Check,
  { text, span }: Name,
  known: Known,
  names: Names,
  valueSpan: Span = span,
  mayHide = false,
): void {
  if (text === '_') return;
  const outer = mayHide ? undefined : c.module.names.get(text);
  // A definition that could not be read, or whose name has the wrong case, has its report.
  const lost = outer?.definition.kind === 'missing' || !isPascal(text);
  const other = mayHide
    ? names.bindings.get(text)
    : (local(text, names) ?? (lost ? undefined : outer));
  if (other && text !== '') {
    const related = [{ span: other.span, message: `the first ${text}` }];
    const message = `${text} is bound already`;
    c.diagnostics.report('NET0102', { message, span, related, suggestion: another(text) });
  } else if (!mayHide && isBuiltin(text)) {
    const message = `${text} is built in`;
    c.diagnostics.report('NET0107', { message, span, suggestion: another(text) });
  }
  // The parser has judged the names that can be nothing but an instance.
  const judged = known.kind === 'unknown' || known.kind === 'instance';
  if (!judged && (known.kind === 'block') !== isPascal(text)) {
    const message = caseMessage(text, known.what);
    c.diagnostics.report('NET0103', { message, span: valueSpan, ...renamed(text, span) });
    names.bindings.set(text, { known: unknown, span });
  } else names.bindings.set(text, { known: known.kind === 'unknown' ? plain(text) : known, span });
}

const another = (text: string): Suggestion => ({
  message: `give this one another name, such as \`${text}2\`; a name hides no other`,
});

/** The name in the other case; a block may also have been meant to be one instance. */
function renamed(text: string, span: Span): Pick<DiagnosticParts, 'suggestion' | 'otherReading'> {
  const better = inOtherCase(text);
  const suggestion = { message: `call it \`${better}\``, edits: [{ span, text: better }] };
  if (isPascal(text)) return { suggestion };
  const one = `write \`shared ${text} = ...\` for one instance, whose weights all its uses share`;
  return { suggestion, otherReading: { message: one } };
}

function inOtherCase(text: string): string {
  const first = text.slice(0, 1);
  return (isPascal(text) ? first.toLowerCase() : first.toUpperCase()) + text.slice(1);
}

/** A name whose value is not known yet; its case tells whether it is a block. */
export const plain = (name: string): Known =>
  isPascal(name) ? { kind: 'block', what: `the block ${name}` } : unknown;

/** What a name stands for; an unknown one is reported, with how `wanted` is defined. */
export function resolve(
  c: Check,
  text: string,
  span: Span,
  names: Names,
  wanted: 'block' | 'model' = 'block',
): Known {
  const binding = local(text, names);
  if (binding) return binding.known;
  const found = c.module.names.get(text);
  if (found?.other) {
    const related = [found, found.other].map(({ span }) => ({ span, message: `a ${text}` }));
    const suggestion = {
      message: `import the one that is meant into the model's own file, whose names come first`,
    };
    const message = `${text} has two meanings here`;
    c.diagnostics.report('NET0108', { message, span, related, suggestion });
    return unknown;
  }
  const definition = found?.definition;
  if (definition?.kind === 'block') {
    const signature = definitionSignature(definition);
    return { kind: 'block', what: `the block ${signature.name}`, signature };
  }
  if (definition?.kind === 'model' || definition?.kind === 'variant') {
    const message = `${text} is a model; only a block has inputs and can be configured or applied here`;
    const out = way(
      definition.kind === 'variant'
        ? 'apply the blocks that the model is made of'
        : `write a block of its lines, with its inputs as the last list, and apply that in ${text} and here`,
    );
    const related = [{ span: definition.name.span, message: 'the model' }];
    c.diagnostics.report('NET0506', { message, span, related, ...out });
  }
  if (definition) return unknown;
  const builtin = builtins.get(text);
  if (builtin) {
    return { kind: 'block', what: `the ${builtin.kind} ${text}`, signature: builtin.signature };
  }
  if (functions.has(text)) return { kind: 'function', what: `the function ${text}` };
  unknownName(c, text, span, names, wanted);
  return unknown;
}

function unknownName(
  c: Check,
  text: string,
  span: Span,
  names: Names,
  wanted: 'block' | 'model',
): void {
  // The empty name stands for what a mistake of the text has hidden: it may be this one.
  const hidden = isPascal(text) ? c.module.names.has('') : local('', names) !== undefined;
  if (hidden) return;
  const known = c.unknown.get(text);
  const first = known?.[0];
  if (first) known.push({ span, text: first.text });
  if (known) return;
  c.unknown.set(text, []);
  if (c.symbols.has(text)) {
    const message = `${text} is a size, which reaches an operation only through a tensor`;
    const suggestion = { message: 'resizeLike and cropLike take the size of a tensor' };
    c.diagnostics.report('NET0101', { message, span, suggestion });
    return;
  }
  const below = boundBelow(text, names);
  if (below) {
    const { line } = positionAt(below.file, below.start);
    c.diagnostics.report('NET0101', {
      message: `${text} is bound only below, in line ${line}`,
      span,
      related: [{ span: below, message: `${text} begins here` }],
      suggestion: { message: `a name holds from its line on: move line ${line} above this one` },
    });
    return;
  }
  const foreign = insteadOfName(text);
  const meant =
    foreign && 'name' in foreign
      ? foreign.name
      : didYouMean(text, foreign ? [] : inSight(c, names));
  const there = meant && (local(meant, names) ?? c.module.names.get(meant))?.span;
  c.diagnostics.report('NET0101', {
    message: `there is no ${text} here`,
    span,
    ...(there && { related: [{ span: there, message: `${meant} is bound here` }] }),
    suggestion: meant
      ? nearName(c, text, span, meant)
      : { message: foreign && 'advice' in foreign ? foreign.advice : newName(text, wanted) },
  });
}

function boundBelow(text: string, names: Names): Span | undefined {
  for (let at: Names | null = names; at; at = at.parent) {
    const span = at.later.get(text);
    if (span) return span;
  }
  return undefined;
}

function nearName(c: Check, text: string, span: Span, meant: string): Suggestion {
  const edits = c.unknown.get(text)!;
  edits.push({ span, text: meant });
  return { message: `did you mean ${meant}?`, edits };
}

function newName(text: string, wanted: 'block' | 'model'): string {
  if (/^[A-Z]$/.test(text))
    return 'sizes come with tensors alone; for a number, take a parameter such as `channels`';
  return isPascal(text)
    ? `define it, \`${wanted} ${text}${wanted === 'block' ? '(x)' : ''} { ... }\`, or import it: \`import { ${text} } from "..."\``
    : `bind it above, \`let ${text} = ...\`, or make it a parameter or an input`;
}

function* inSight(c: Check, names: Names): Iterable<string> {
  for (let at: Names | null = names; at; at = at.parent) yield* at.bindings.keys();
  yield* c.module.names.keys();
  yield* builtins.keys();
  yield* functions.keys();
}
