import type { Code } from '../diagnostics/codes.js';
import { fixedValue } from '../sizes/size.js';
import { describe, type ListValue, list, number, type TensorValue, type Value } from './values.js';

/** The attributes of a list and of a tensor; there are no others (numbers-4). */
export const attributes = {
  list: ['length', 'first', 'last', 'rest', 'reversed'],
  tensor: ['channels'],
} as const;

/** What each of them is, in a sentence. */
export const attributeSummaries: Readonly<Record<string, string>> = {
  length: 'How many entries the list has.',
  first: 'The first entry of the list.',
  last: 'The last entry of the list.',
  rest: 'The list without its first entry.',
  reversed: 'The list from its last entry to its first.',
  channels: 'How many channels the tensor has.',
} satisfies Record<(typeof attributes)['list' | 'tensor'][number], string>;

interface Mistake {
  readonly code: Code;
  readonly message: string;
}

export function attributeOf(value: Value, name: string): Value | Mistake {
  if (value.kind === 'list') return ofList(value, name) ?? unknown(value, name);
  if (value.kind === 'tensor' && name === 'channels') return channelsOf(value);
  return unknown(value, name);
}

function ofList({ items }: ListValue, name: string): Value | Mistake | undefined {
  switch (name) {
    case 'length':
      return number(items.length);
    case 'first':
    case 'last':
      return (
        items.at(name === 'first' ? 0 : -1) ?? {
          code: 'NET0210',
          message: `the list is empty and has no ${name}`,
        }
      );
    case 'rest':
      return list(items.slice(1));
    case 'reversed':
      return list(items.toReversed());
    default:
      return undefined;
  }
}

const channelsOf = ({ value }: TensorValue): Value => {
  const { shape } = value.type;
  return number(fixedValue(shape[shape.length - 1]) ?? Number.NaN);
};

/** Those that a value has. */
export const attributesOf = ({ kind }: Value): readonly string[] =>
  kind === 'list' || kind === 'tensor' ? attributes[kind] : [];

/** What to write where no attribute is near to what was meant. */
export const insteadOfAttribute = (name: string, mayBeTensor: boolean): string =>
  /^(append|extend|insert|push)$/.test(name)
    ? 'a list is never changed: `[...list, x]` is one with x behind its entries'
    : mayBeTensor && /^(shape|size)$/.test(name)
      ? '`.channels` is the number of channels; height and width are no numbers: `(x, y) -> resizeLike` gives x those of y'
      : mayBeTensor && /^(height|width|batch)$/.test(name)
        ? 'sizes are no numbers here; `(x, y) -> resizeLike` gives x the height and width of y'
        : 'name one that it has; other values are passed as parameters';

function unknown(value: Value, name: string): Mistake {
  const known = attributesOf(value);
  const others = known.length === 0 ? 'it has none' : `only ${known.join(', ')}`;
  return { code: 'NET0209', message: `${describe(value)} has no attribute ${name}, ${others}` };
}
