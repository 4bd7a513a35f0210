import type { Diagnostics } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { Span } from '../../source/source.js';
import type { Name } from '../../syntax/ast.js';
import { isPascal } from '../../syntax/build/names.js';
import { functions } from '../builtins/functions.js';
import { builtins, isBuiltin } from '../builtins/index.js';
import { definitionSignature, type Signature } from '../callable.js';
import { caseMessage } from '../kinds.js';
import type { Module } from '../modules.js';
import { way } from '../ways-out.js';

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
  readonly parent: Names | null;
}

/** What a check of one definition needs. */
export interface Check {
  readonly module: Module;
  readonly diagnostics: Diagnostics;
  /** The size symbols of the model; empty in a block. */
  readonly symbols: ReadonlySet<string>;
}

export const innerNames = (parent: Names | null): Names => ({ bindings: new Map(), parent });

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
  const other = mayHide
    ? names.bindings.get(text)
    : (local(text, names) ?? c.module.names.get(text));
  if (other) {
    const related = [{ span: other.span, message: `the first ${text}` }];
    c.diagnostics.report('NET0102', { message: `${text} is bound already`, span, related });
  } else if (!mayHide && isBuiltin(text)) {
    c.diagnostics.report('NET0107', { message: `${text} is built in`, span });
  }
  // The parser has judged the names that can be nothing but an instance.
  const judged = known.kind === 'unknown' || known.kind === 'instance';
  if (!judged && (known.kind === 'block') !== isPascal(text)) {
    const message = caseMessage(text, known.what);
    c.diagnostics.report('NET0103', { message, span: valueSpan });
    names.bindings.set(text, { known: unknown, span });
  } else names.bindings.set(text, { known: known.kind === 'unknown' ? plain(text) : known, span });
}

/** A name whose value is not known yet; its case tells whether it is a block. */
export const plain = (name: string): Known =>
  isPascal(name) ? { kind: 'block', what: `the block ${name}` } : unknown;

/** What a name stands for; an unknown one is reported. */
export function resolve(c: Check, text: string, span: Span, names: Names): Known {
  const binding = local(text, names);
  if (binding) return binding.known;
  const found = c.module.names.get(text);
  if (found?.other) {
    const related = [found, found.other].map(({ span }) => ({ span, message: `a ${text}` }));
    c.diagnostics.report('NET0108', { message: `${text} has two meanings here`, span, related });
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
  unknownName(c, text, span, names);
  return unknown;
}

function unknownName(c: Check, text: string, span: Span, names: Names): void {
  if (c.symbols.has(text)) {
    const message = `${text} is a size, which reaches an operation only through a tensor`;
    const suggestion = { message: 'resizeLike and cropLike take the size of a tensor' };
    c.diagnostics.report('NET0101', { message, span, suggestion });
    return;
  }
  const meant = didYouMean(text, inSight(c, names));
  c.diagnostics.report('NET0101', {
    message: `there is no ${text} here`,
    span,
    ...(meant && {
      suggestion: { message: `did you mean ${meant}?`, edits: [{ span, text: meant }] },
    }),
  });
}

function* inSight(c: Check, names: Names): Iterable<string> {
  for (let at: Names | null = names; at; at = at.parent) yield* at.bindings.keys();
  yield* c.module.names.keys();
  yield* builtins.keys();
  yield* functions.keys();
}
