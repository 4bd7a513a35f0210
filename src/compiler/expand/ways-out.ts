import type { Suggestion } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { type Span, textOf } from '../source/source.js';
import type { Stage } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { describe, type Value } from './values.js';

export { textOf };

const before = ({ file, start }: Span): Span => ({ file, start, end: start });

/** `write text`, in place of what is there. */
export const instead = (
  span: Span,
  text: string,
  message = `write \`${text}\``,
): { readonly suggestion: Suggestion } => ({
  suggestion: { message, edits: [{ span, text }] },
});

/** As `instead`, with `text` put in front. */
export const prefixed = (span: Span, text: string, message: string) =>
  instead(before(span), text, message);

export const way = (message: string): { readonly suggestion: Suggestion } => ({
  suggestion: { message },
});

/** The candidate that the word at `span` was likely meant to be; undefined where none is near. */
export function meant(span: Span, word: string, candidates: readonly string[]) {
  const guess = didYouMean(word, candidates);
  return guess === undefined ? undefined : instead(span, guess, `did you mean ${guess}?`);
}

/** As `meant`, else `otherwise` in words. */
export const meantOr = (
  span: Span,
  word: string,
  candidates: readonly string[],
  otherwise: string,
): { readonly suggestion: Suggestion } => meant(span, word, candidates) ?? way(otherwise);

/** How `parameter` is passed where `stage` is applied; a shared instance has its arguments where it is shared. */
export function passing(stage: Stage, block: string, parameter: string): string {
  const given = (stage.args ?? []).map(({ span }) => textOf(span));
  const isShared = isPascal(block) && !isPascal(stage.name.text);
  return isShared
    ? `pass it where ${stage.name.text} is shared: \`${block}(${parameter}: ...)\``
    : `pass it: \`${stage.name.text}(${[...given, `${parameter}: ...`].join(', ')})\``;
}

/** Where true or false is wanted. */
export const toBoolean = (value: Value, span: Span): { readonly suggestion: Suggestion } => {
  const text = textOf(span);
  if (/^[\d[]/.test(text)) return way('write true, false or a comparison');
  if (value.kind === 'number') return way(`compare it with a number, as in \`${text} > 0\``);
  if (value.kind === 'list') return way(`ask for its length, as in \`${text}.length > 0\``);
  if (value.kind === 'tensor') {
    return way('an `if` chooses by configuration, as in `image.channels == 3`, not by pixels');
  }
  if (value.kind === 'string') return way(`compare it with another, as in \`${text} == "same"\``);
  return way('give true, false or a comparison');
};

/** Where a list is wanted. */
export const toList = (value: Value, span: Span): { readonly suggestion: Suggestion } => {
  const text = textOf(span);
  return value.kind === 'number'
    ? instead(span, `range(${text})`, `to count from 0 write \`range(${text})\``)
    : instead(span, `[${text}]`, `a list of one is \`[${text}]\``);
};

/** Where a number is wanted. */
export const toNumber = (value: Value, span: Span): { readonly suggestion: Suggestion } => {
  const text = textOf(span);
  if (value.kind === 'tensor') {
    return way(
      `the number of its channels is \`${text}.channels\`; heights and widths are no numbers`,
    );
  }
  if (text.startsWith('[')) return way('work on each by `for x in list { ... }`');
  if (value.kind === 'list')
    return way(`its entries are \`${text}[0]\` and so on, its length \`${text}.length\``);
  if (value.kind === 'string') return way('write the number without quotes');
  return way(`give a number in place of ${describe(value)}`);
};

/** A whole number below the least one that fits. */
export function atLeast(span: Span, least: number): { readonly suggestion: Suggestion } {
  const text = textOf(span);
  return /^-?\s*[\d.]+$/.test(text)
    ? way(`give ${least} or more`)
    : instead(
        span,
        `max(${text}, ${least})`,
        `to stop at ${least} write \`max(${text}, ${least})\``,
      );
}

/** How a result or an input that is no tensor becomes one. */
export function toTensor(value: Value, text: string): { readonly suggestion: Suggestion } {
  switch (value.kind) {
    case 'block':
      return way(`a block makes a tensor once it is fed: \`x -> ${text}\``);
    case 'instance':
      return way(`a shared instance makes a tensor once it is fed: \`x -> ${text}\``);
    case 'number':
      return way(
        `a number goes into a tensor by an operator, \`x * ${text}\`, or into a block as an argument`,
      );
    case 'list':
      return way('take the tensors out of the list, as in `list[0]`, or make it of tensors only');
    default:
      return way('give a tensor; configuration goes in brackets after a name');
  }
}

/** Several values where one is wanted. */
export const joined = (span: Span): { readonly suggestion: Suggestion } => {
  const text = textOf(span);
  return /^\(.*\)$/s.test(text) && text.length < 40
    ? instead(span, `${text} -> concat`, `join them: \`${text} -> concat\``)
    : way('join them, `(a, b) -> concat`');
};

/** What can't be shared is bound by `let`; `line` is all of it, `text` what was to be shared. */
export const boundByLet = (
  line: Span,
  text: string,
  isInstance: boolean,
): { readonly suggestion: Suggestion } =>
  isInstance
    ? way(`${text} is shared already: apply it, \`-> ${text}\`, wherever its weights are wanted`)
    : instead(
        { ...line, end: line.start + 'shared'.length },
        'let',
        'bind it by `let`; only a block has weights to share',
      );
