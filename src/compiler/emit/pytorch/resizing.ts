import { isOne, ratioOf, type Shape } from '../../sizes/size.js';
import type { ExpressionOf } from './operations.js';
import { pair } from './padding.js';
import { py } from './python/parse.js';
import { assign, name, type PythonFunction } from './python/tree.js';

type Resized = ExpressionOf<{ readonly shape: Shape }>;

/** How many times `from` goes into `to`, along height and width; not a whole number where it does not. */
const factorsOf = (from: Shape, to: Shape): readonly number[] =>
  [1, 2].map((axis) => ratioOf(to[axis]!, from[axis]!) ?? Number.NaN);

const isOnce = (factor: number): boolean => factor === 1;

export const bilinear: Resized = (o, { shape }, { operands: [x] }) => {
  const factors = factorsOf(x!.type.shape, shape);
  if (factors.every(isOnce)) return o.arg(0);
  return factors.every(Number.isInteger)
    ? py`F.interpolate(${o.arg(0)}, scale_factor=${pair(factors)}, mode="bilinear", align_corners=False)`
    : py`F.interpolate(${o.arg(0)}, size=${o.image(shape, [1, 2]).extent}, mode="bilinear", align_corners=False)`;
};

/** PyTorch takes the pixel at floor(i f), f being input / output rounded to float32: here only where that is exact. */
export const nearest: Resized = (o, { shape }, { operands: [x] }) => {
  const [from, factors] = [x!.type.shape, factorsOf(x!.type.shape, shape)];
  if (factors.every(isOnce)) return o.arg(0);
  if (factors.every((factor) => Number.isInteger(Math.log2(factor)) && factor >= 1))
    return py`F.interpolate(${o.arg(0)}, scale_factor=${pair(factors)})`;
  if (factors.every(Number.isInteger)) {
    const [rows, columns] = factors as [number, number];
    return py`${o.arg(0)}.repeat_interleave(${rows}, dim=2).repeat_interleave(${columns}, dim=3)`;
  }
  const { extent } = o.image(shape, [1, 2]);
  const exact = factorsOf(shape, from).every((n, i) => Number.isInteger(n) || isOne(from[i + 1]!));
  return exact
    ? py`F.interpolate(${o.arg(0)}, size=${extent})`
    : py`${name(resizeNearest.name)}(${o.arg(0)}, ${extent})`;
};

/** Stands in a file that calls it. */
export const resizeNearest: PythonFunction = {
  kind: 'function',
  name: 'resize_nearest',
  parameters: ['x', 'size'],
  doc: 'Pixel i is that at floor(i * input / output), in whole numbers; F.interpolate rounds input / output first.',
  body: [
    assign([name('rows')], py`torch.arange(size[0], device=x.device) * x.shape[2] // size[0]`),
    assign([name('columns')], py`torch.arange(size[1], device=x.device) * x.shape[3] // size[1]`),
    { kind: 'return', values: [py`x[:, :, rows[:, None], columns]`] },
  ],
};
