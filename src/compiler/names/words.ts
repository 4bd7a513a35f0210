import { functions } from '../builtins/functions.js';
import { builtins } from '../builtins/index.js';
import type { DiagnosticParts, Suggestion } from '../diagnostics/diagnostic.js';
import { insteadOfName } from '../diagnostics/foreign.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { way } from '../expand/ways-out.js';
import type { Module } from '../load/modules.js';
import { positionAt, type Span } from '../source/source.js';
import type { Definition, Name } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Scope } from './scope.js';

// What is said of names that are taken, unknown, or mean something else than is wanted.

export type Edit = NonNullable<Suggestion['edits']>[number];

const another = (text: string): Suggestion => ({
  message: `give this one another name, such as \`${text}2\`; a name hides no other`,
});

export function takenName({ text, span }: Name, first: Span): DiagnosticParts {
  const related = [{ span: first, message: `the first ${text}` }];
  return { message: `${text} is bound already`, span, related, suggestion: another(text) };
}

export const builtInName = ({ text, span }: Name): DiagnosticParts => ({
  message: `${text} is built in`,
  span,
  suggestion: another(text),
});

/** The name in the other case; a block may also have been meant to be one instance. */
export function renamed(
  text: string,
  span: Span,
): Pick<DiagnosticParts, 'suggestion' | 'otherReading'> {
  const first = text.slice(0, 1);
  const better = (isPascal(text) ? first.toLowerCase() : first.toUpperCase()) + text.slice(1);
  const suggestion = { message: `call it \`${better}\``, edits: [{ span, text: better }] };
  if (isPascal(text)) return { suggestion };
  const one = `write \`shared ${text} = ...\` for one instance, whose weights all its uses share`;
  return { suggestion, otherReading: { message: one } };
}

/** Two instances of one body by one name. */
export function clashingNames(
  name: string,
  span: Span,
  first: Span,
  given: boolean,
): DiagnosticParts {
  const better = given ? `${name}2` : `${name} as ${name}2`;
  return {
    message: `${name} names two instances of this body`,
    span,
    related: [{ span: first, message: `the first ${name}` }],
    suggestion: {
      message: `give each its own name: write \`${better}\` here`,
      edits: [{ span, text: better }],
    },
  };
}

export function ambiguousName(text: string, span: Span, found: readonly Span[]): DiagnosticParts {
  return {
    message: `${text} has two meanings here`,
    span,
    related: found.map((each) => ({ span: each, message: `a ${text}` })),
    suggestion: {
      message: `import the one that is meant into the model's own file, whose names come first`,
    },
  };
}

export function isModel(text: string, span: Span, { kind, name }: Definition): DiagnosticParts {
  const message = `${text} is a model; only a block has inputs and can be configured or applied here`;
  const out = way(
    kind === 'variant'
      ? 'apply the blocks that the model is made of'
      : `write a block of its lines, with its inputs as the last list, and apply that in ${text} and here`,
  );
  return { message, span, related: [{ span: name.span, message: 'the model' }], ...out };
}

/** A size symbol where a value is wanted. */
export const sizeName = ({ text, span }: Name): DiagnosticParts => ({
  message: `${text} is a size, which reaches an operation only through a tensor`,
  span,
  ...way('resizeLike and cropLike take the size of a tensor'),
});

export function notAbove({ text, span }: Name, below: Span): DiagnosticParts {
  const { line } = positionAt(below.file, below.start);
  return {
    message: `${text} is bound only below, in line ${line}`,
    span,
    related: [{ span: below, message: `${text} begins here` }],
    ...way(`a name holds from its line on: move line ${line} above this one`),
  };
}

/** `offered` takes the edit that is suggested, and goes on to grow with further uses of the name. */
export function unknownName(
  { text, span }: Name,
  scope: Scope,
  { names }: Module,
  wanted: 'block' | 'model',
  offered: Edit[],
): DiagnosticParts {
  const message = `there is no ${text} here`;
  const foreign = insteadOfName(text);
  const meant =
    foreign && 'name' in foreign
      ? foreign.name
      : didYouMean(text, foreign ? [] : inSight(scope, names));
  if (!meant) {
    const advice = foreign && 'advice' in foreign ? foreign.advice : newName(text, wanted);
    return { message, span, ...way(advice) };
  }
  offered.push({ span, text: meant });
  const there = scope.find(meant)?.name.span ?? names.get(meant)?.span;
  return {
    message,
    span,
    ...(there && { related: [{ span: there, message: `${meant} is bound here` }] }),
    suggestion: { message: `did you mean ${meant}?`, edits: offered },
  };
}

function newName(text: string, wanted: 'block' | 'model'): string {
  if (/^[A-Z]$/.test(text))
    return 'sizes come with tensors alone; for a number, take a parameter such as `channels`';
  return isPascal(text)
    ? `define it, \`${wanted} ${text}${wanted === 'block' ? '(x)' : ''} { ... }\`, or import it: \`import { ${text} } from "..."\``
    : `bind it above, \`let ${text} = ...\`, or make it a parameter or an input`;
}

function* inSight(scope: Scope, names: Module['names']): Iterable<string> {
  yield* scope.inSight();
  yield* names.keys();
  yield* builtins.keys();
  yield* functions.keys();
}
