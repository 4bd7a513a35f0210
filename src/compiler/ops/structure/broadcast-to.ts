import { printShape, type Size, sameShape } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { broadcastShape, gathered, spread } from '../elementwise/broadcast.js';
import { floatOf } from '../values.js';

export type BroadcastToAttributes = { readonly shape: readonly Size[] };

export const broadcastTo: OpDefinition<1, BroadcastToAttributes> = {
  name: 'broadcastTo',
  summary: 'x broadcast to a shape: a scalar to all of it, or sizes of 1 to the others.',
  operands: ['x'],
  attributes: { shape: 'sizes' },
  infer([x], { shape }, demand) {
    wantFloat([x]);
    if (!sameShape(broadcastShape(x.shape, shape), shape)) {
      const shapes = [printShape(x.shape), printShape(shape)] as const;
      throw new ShapeError({ kind: 'spread', shapes }, [0]);
    }
    // The shape may be that of a tensor of which nothing else is read.
    for (const size of shape) demand(size);
    return [floatOf(shape)];
  },
  cheap: true,
  evaluate([x], _, [shape]) {
    const places = spread(x.shape, shape);
    return [{ shape, data: Float64Array.from(places, (place) => x.data[place]!) }];
  },
  gradient: (b, { operands: [x] }, [g]) => [gathered(b, g, x.type)],
};
