import { textOf } from '../source/source.js';
import type { Expression } from '../syntax/ast.js';
import { attributeOf } from '../values/attributes.js';
import { printValue, type Value } from '../values/value.js';
import { type Frame, lookup } from './expansion.js';

type Named = {
  readonly name: string;
  readonly value: string;
};

const named = (name: string, value: Value): Named => ({ name, value: printValue(value) });

/** The names and attributes of a condition with what they are. */
export function valuesIn(e: Expression, frame: Frame): readonly Named[] {
  switch (e.kind) {
    case 'name': {
      const value = lookup(e, frame);
      return value.kind === 'poison' ? [] : [named(e.text, value)];
    }
    case 'attribute': {
      if (e.value.kind !== 'name') return [];
      const value = attributeOf(lookup(e.value, frame), e.name.text);
      return value ? [named(textOf(e.span), value)] : [];
    }
    case 'binary':
      return [e.left, e.right].flatMap((part) => valuesIn(part, frame));
    case 'unary':
      return valuesIn(e.operand, frame);
    case 'bracket':
      return valuesIn(e.value, frame);
    case 'call':
      return e.args.flatMap(({ value }) => valuesIn(value, frame));
    default:
      return [];
  }
}
