import { type Span, textOf } from '../../source/source.js';
import type { Advice } from './entry.js';
import { type Seen, seenAs } from './seen.js';
import { replace } from './words.js';

/** What to write where true or false is wanted. */
export function toBoolean(found: Seen, span: Span): Advice {
  const text = textOf(span);
  if (/^[\d[]/.test(text)) return 'write true, false or a comparison';
  switch (found.kind) {
    case 'number':
      return `compare it with a number, as in \`${text} > 0\``;
    case 'list':
      return `ask for its length, as in \`${text}.length > 0\``;
    case 'tensor':
      return 'an `if` chooses by configuration, as in `image.channels == 3`, not by pixels';
    case 'string':
      return `compare it with another, as in \`${text} == "same"\``;
    default:
      return 'give true, false or a comparison';
  }
}

/** What to write where a list is wanted. */
export function toList(found: Seen, span: Span): Advice {
  const text = textOf(span);
  return found.kind === 'number'
    ? replace(span, `range(${text})`, `to count from 0 write \`range(${text})\``)
    : replace(span, `[${text}]`, `a list of one is \`[${text}]\``);
}

/** What to write where a number is wanted. */
export function toNumber(found: Seen, span: Span): Advice {
  const text = textOf(span);
  if (found.kind === 'tensor') {
    return `the number of its channels is \`${text}.channels\`; heights and widths are no numbers`;
  }
  if (text.startsWith('[')) return 'work on each by `for x in list { ... }`';
  if (found.kind === 'list')
    return `its entries are \`${text}[0]\` and so on, its length \`${text}.length\``;
  if (found.kind === 'string') return 'write the number without quotes';
  return `give a number in place of ${seenAs(found)}`;
}

/** How a result or an input that is no tensor becomes one. */
export function toTensor(found: Seen, text: string): Advice {
  switch (found.kind) {
    case 'block':
    case 'operation':
      return `a block makes a tensor once it is fed: \`x -> ${text}\``;
    case 'instance':
      return `a shared instance makes a tensor once it is fed: \`x -> ${text}\``;
    case 'number':
      return `a number goes into a tensor by an operator, \`x * ${text}\`, or into a block as an argument`;
    case 'list':
      return 'take the tensors out of the list, as in `list[0]`, or make it of tensors only';
    default:
      return 'give a tensor; configuration goes in brackets after a name';
  }
}

/** Several values where one is wanted. */
export function joinedBy(span: Span): Advice {
  const text = textOf(span);
  return /^\(.*\)$/s.test(text) && text.length < 40
    ? replace(span, `${text} -> concat`, `join them: \`${text} -> concat\``)
    : 'join them, `(a, b) -> concat`';
}
