import { ShapeError } from '../ops/definition.js';
import { add } from '../ops/elementwise/add.js';
import { concat } from '../ops/structure/concat.js';
import { fill } from '../ops/structure/fill.js';
import { slice } from '../ops/structure/slice.js';
import { fixed } from '../sizes/size.js';
import { operation } from '../values/builtin.js';
import { count } from '../values/parameters.js';
import { list, tensor } from '../values/value.js';
import { channelsOf } from './conv.js';
import { sameSizesWanted } from './same-sizes.js';

export const joining = [
  operation({
    name: 'concat',
    summary: 'The inputs concatenated along the channels.',
    inputs: ['...x'],
    parameters: {},
    build(b, [first, ...others]) {
      [first!, ...others].forEach(channelsOf);
      return others.length === 0 ? first! : b.apply(concat, [first!, ...others], { axis: 3 })[0];
    },
  }),
  operation({
    name: 'add',
    summary: 'The sum of the inputs, which agree in every size.',
    inputs: ['...x'],
    parameters: {},
    build: (b, [first, ...others]) =>
      others.reduce((sum, x, i) => {
        sameSizesWanted(sum, x, 'add', [0, i + 1]);
        return b.apply(add, [sum, x], {})[0];
      }, first!),
  }),
  operation({
    name: 'split',
    summary: 'A list of `parts` equal parts of the channels.',
    parameters: { parts: count() },
    build(b, [x], { parts }) {
      const channels = channelsOf(x!);
      if (channels % parts !== 0) {
        const fits = Math.ceil(channels / parts) * parts;
        throw new ShapeError({ kind: 'parts', channels, parts, fits }, [0]);
      }
      const shape = x!.type.shape.with(3, fixed(channels / parts));
      const part = (i: number) =>
        tensor(b.apply(slice, [x!], { begin: [0, 0, 0, (i * channels) / parts], shape })[0]);
      return list(Array.from({ length: parts }, (_, i) => part(i)));
    },
  }),
  operation({
    name: 'zeros',
    summary: 'Zeros with the batch, height and width of x and `channels` channels.',
    parameters: { channels: count() },
    build(b, [x], { channels }) {
      channelsOf(x!);
      return b.apply(fill, [], { value: 0, shape: x!.type.shape.with(3, fixed(channels)) })[0];
    },
  }),
];
