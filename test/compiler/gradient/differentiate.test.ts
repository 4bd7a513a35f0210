import { describe, expect, it } from 'vitest';
import { differentiate } from '../../../src/compiler/gradient/differentiate.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import { arithmetic } from '../../../src/compiler/ops/elementwise/arithmetic.js';
import { dropout } from '../../../src/compiler/ops/structure/dropout.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed } from '../../../src/compiler/sizes/size.js';
import { scalar } from './feeds.js';

describe('differentiate', () => {
  it('sums what reaches a value along all its uses', () => {
    const b = new GraphBuilder('polynomial');
    const x = b.input('x', floatOf([]));
    const { add, mul } = arithmetic(b);
    const loss = add(mul(mul(x, x), x), mul(5, x));
    b.output('slope', differentiate(b, loss, [x]).get(x)!);
    const { outputs } = interpret(b.finish([]), { inputs: { x: scalar(2) }, variables: {} });
    expect(outputs.slope!.data[0]).toBe(3 * 2 ** 2 + 5);
  });

  it('has no derivative by a value the loss does not depend on', () => {
    const b = new GraphBuilder('apart');
    const [x, y] = [b.input('x', floatOf([])), b.input('y', floatOf([]))];
    expect(differentiate(b, arithmetic(b).square(x), [y]).size).toBe(0);
  });

  it('names an operation on the way that has no gradient', () => {
    const b = new GraphBuilder('undifferentiable');
    const x = b.input('x', floatOf([]));
    const [y] = b.apply(dropout, [x], { rate: 0.5, path: 'dropout' });
    expect(() => differentiate(b, y, [x])).toThrow("dropout can't be differentiated");
  });

  it('passes by an operation without a gradient that no wanted value reaches', () => {
    const b = new GraphBuilder('beside');
    const [x, y] = [b.input('x', floatOf([])), b.input('y', floatOf([]))];
    const [masked] = b.apply(dropout, [y], { rate: 0.5, path: 'dropout' });
    b.output('slope', differentiate(b, arithmetic(b).mul(x, masked), [x]).get(x)!);
    const inputs = { x: scalar(2), y: scalar(7) };
    expect(interpret(b.finish([]), { inputs, variables: {} }).outputs.slope!.data[0]).toBe(7);
  });

  it('wants a scalar', () => {
    const b = new GraphBuilder('vector');
    const x = b.input('x', floatOf([fixed(3)]));
    expect(() => differentiate(b, x, [x])).toThrow('the loss is not a scalar');
  });
});
