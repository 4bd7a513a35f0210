import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import { constant } from '../../../src/compiler/ir/initializer.js';
import { print } from '../../../src/compiler/ir/print.js';
import { ShapeError } from '../../../src/compiler/ops/definition.js';
import { add } from '../../../src/compiler/ops/elementwise/add.js';
import { relu } from '../../../src/compiler/ops/elementwise/relu.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed } from '../../../src/compiler/sizes/size.js';

const vector = floatOf([fixed(2)]);

describe('GraphBuilder', () => {
  it('drops nodes and weights that nothing reaches, keeps inputs, and numbers what is left', () => {
    const b = new GraphBuilder('g');
    const x = b.input('x', vector);
    b.input('unused', vector);
    const dead = b.variable('dead', 'weight', vector, constant(1));
    b.apply(add, [x, dead], {});
    const live = b.variable('live', 'weight', vector, constant(2));
    b.output('y', b.apply(add, [x, live], {})[0]);
    expect(b.unreached().variables.map(({ path }) => path)).toEqual(['dead']);
    expect(b.unreached().nodes).toHaveLength(1);
    expect(print(b.finish([]))).toBe(
      [
        'graph g',
        'input x %0: float[2]',
        'input unused %1: float[2]',
        'weight live %2: float[2] = constant(2)',
        '%3: float[2] = add(%0, %2)',
        'output y %3',
        '',
      ].join('\n'),
    );
  });

  it('keeps a variable that is only updated', () => {
    const b = new GraphBuilder('g');
    const x = b.input('x', vector);
    b.variable('last', 'moment', vector, constant(0));
    b.update('last', x);
    expect(b.finish([]).variables).toHaveLength(1);
  });

  it('lets a shape error pass to who applies', () => {
    const b = new GraphBuilder('g');
    const x = b.input('x', vector);
    const y = b.input('y', floatOf([fixed(3)]));
    expect(() => b.apply(add, [x, y], {})).toThrow(ShapeError);
  });

  it('goes on with a finished graph by its own values', () => {
    const first = new GraphBuilder('g');
    first.output('y', first.apply(relu, [first.input('x', vector)], {})[0]);
    const graph = first.finish([]);
    const b = GraphBuilder.continuing(graph);
    b.output('z', b.apply(relu, [graph.outputs[0]!.value], {})[0]);
    expect(print(b.finish([]))).toContain('%2: float[2] = relu(%1)\noutput y %1\noutput z %2');
  });

  it('refuses a second variable at one path', () => {
    const b = new GraphBuilder('g');
    b.variable('w', 'weight', vector, constant(0));
    expect(() => b.variable('w', 'weight', vector, constant(0))).toThrow('w is there already');
  });
});
