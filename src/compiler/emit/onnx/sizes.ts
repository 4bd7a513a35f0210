import type { Input } from '../../ir/graph.js';
import { fixedValue, printShape, roundedIn, type Shape, type Size } from '../../sizes/size.js';
import { placeOf } from '../layout.js';
import type { OnnxGraph, Tensor } from './graph.js';
import { int } from './proto.js';

/**
 * Gives shapes as 64-bit integers of rank 1. A symbol is read from the shape of an input; `p * symbol + q` is one fraction
 * over a common denominator, which divides exactly by what the sizes demand, and rounds down where it does not. `layout`
 * is that of the inputs.
 */
export function shapesOf(
  g: OnnxGraph,
  inputs: readonly Input[],
  layout: 'nhwc' | 'nchw',
): (shape: Shape) => Tensor {
  const known = new Map<string, Tensor>();
  const once = (key: string, make: (name: string) => void): Tensor => {
    const name = known.get(key) ?? g.unique(`sizes/${key}`);
    if (!known.has(key)) {
      known.set(key, name);
      make(name);
    }
    return name;
  };
  const step = (op: string, value: Tensor, n: number): Tensor =>
    once(`${value} ${op} ${n}`, (name) => g.node(op, [value, g.integers([n])], {}, [name]));

  function fraction(value: Tensor, numerator: number, offset: number, denominator: number) {
    const scaled = numerator === 1 ? value : step('Mul', value, numerator);
    const moved = offset === 0 ? scaled : step('Add', scaled, offset);
    return denominator === 1 ? moved : step('Div', moved, denominator);
  }

  function symbol(name: string): Tensor {
    const inside = roundedIn(name);
    if (inside) return one(inside);
    for (const { name: input, value } of inputs) {
      const axis = value.type.shape.findIndex((size) => size.symbol === name);
      if (axis < 0) continue;
      const { p, q } = value.type.shape[axis]!;
      const place = layout === 'nchw' ? placeOf(axis, value.type.shape.length) : axis;
      const extent = once(`${input}.${axis}`, (output) =>
        g.node('Shape', [input], { start: int(place), end: int(place + 1) }, [output]),
      );
      // The inverse of `(p.n q.d symbol + q.n p.d) / (p.d q.d)`.
      return fraction(extent, p.d * q.d, -q.n * p.d, p.n * q.d);
    }
    throw new Error(`no input has the size ${name}`);
  }

  function one(size: Size): Tensor {
    const constant = fixedValue(size);
    if (constant !== undefined) return g.integers([constant]);
    const { symbol: name, p, q } = size;
    return fraction(symbol(name as string), p.n * q.d, q.n * p.d, p.d * q.d);
  }

  return (shape) => {
    const constants = shape.map(fixedValue).filter((value) => value !== undefined);
    if (constants.length === shape.length) return g.integers(constants);
    if (shape.length === 1) return one(shape[0]!);
    return once(printShape(shape), (name) =>
      g.node('Concat', shape.map(one), { axis: int(0) }, [name]),
    );
  };
}
