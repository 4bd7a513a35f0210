import type { Span } from '../../source/source.js';
import type { Suggestion } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { replace, textOf } from './words.js';

/** What to write where true or false is wanted. */
export function toBoolean(found: Seen, span: Span): Suggestion {
  const text = textOf(span);
  if (/^[\d[]/.test(text)) return { message: 'write true, false or a comparison' };
  switch (found.kind) {
    case 'number':
      return { message: `compare it with a number, as in \`${text} > 0\`` };
    case 'list':
      return { message: `ask for its length, as in \`${text}.length > 0\`` };
    case 'tensor':
      return {
        message: 'an `if` chooses by configuration, as in `image.channels == 3`, not by pixels',
      };
    case 'string':
      return { message: `compare it with another, as in \`${text} == "same"\`` };
    default:
      return { message: 'give true, false or a comparison' };
  }
}

/** What to write where a list is wanted. */
export function toList(found: Seen, span: Span): Suggestion {
  const text = textOf(span);
  return found.kind === 'number'
    ? replace(span, `range(${text})`, `to count from 0 write \`range(${text})\``)
    : replace(span, `[${text}]`, `a list of one is \`[${text}]\``);
}

/** What to write where a number is wanted. */
export function toNumber(found: Seen, span: Span): Suggestion {
  const text = textOf(span);
  if (found.kind === 'tensor') {
    return {
      message: `the number of its channels is \`${text}.channels\`; heights and widths are no numbers`,
    };
  }
  if (text.startsWith('[')) return { message: 'work on each by `for x in list { ... }`' };
  if (found.kind === 'list')
    return { message: `its entries are \`${text}[0]\` and so on, its length \`${text}.length\`` };
  if (found.kind === 'string') return { message: 'write the number without quotes' };
  return { message: `give a number in place of ${seenAs(found)}` };
}

/** How a result or an input that is no tensor becomes one. */
export function toTensor(found: Seen, text: string): Suggestion {
  switch (found.kind) {
    case 'block':
    case 'operation':
      return { message: `a block makes a tensor once it is fed: \`x -> ${text}\`` };
    case 'instance':
      return { message: `a shared instance makes a tensor once it is fed: \`x -> ${text}\`` };
    case 'number':
      return {
        message: `a number goes into a tensor by an operator, \`x * ${text}\`, or into a block as an argument`,
      };
    case 'list':
      return {
        message: 'take the tensors out of the list, as in `list[0]`, or make it of tensors only',
      };
    default:
      return { message: 'give a tensor; configuration goes in brackets after a name' };
  }
}

/** Several values where one is wanted. */
export function joinedBy(span: Span): Suggestion {
  const text = textOf(span);
  return /^\(.*\)$/s.test(text) && text.length < 40
    ? replace(span, `${text} -> concat`, `join them: \`${text} -> concat\``)
    : { message: 'join them, `(a, b) -> concat`' };
}
