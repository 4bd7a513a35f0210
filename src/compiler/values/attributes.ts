import { fixedValue } from '../sizes/size.js';
import { type ListValue, list, number, type TensorValue, type Value } from './value.js';

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

/** An attribute of a value; undefined where it has none of that name, or where its list is empty. */
export function attributeOf(value: Value, name: string): Value | undefined {
  if (value.kind === 'list') return ofList(value, name);
  return value.kind === 'tensor' && name === 'channels' ? channelsOf(value) : undefined;
}

function ofList({ items }: ListValue, name: string): Value | undefined {
  switch (name) {
    case 'length':
      return number(items.length);
    case 'first':
      return items[0];
    case 'last':
      return items.at(-1);
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
  return number(fixedValue(shape[shape.length - 1]!) ?? Number.NaN);
};

/** Those that a value has. */
export const attributesOf = ({ kind }: Value): readonly string[] =>
  kind === 'list' || kind === 'tensor' ? attributes[kind] : [];
