import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { print } from '../../../src/compiler/ir/print.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { relu } from '../../../src/compiler/ops/elementwise/relu.js';
import { dropout } from '../../../src/compiler/ops/structure/dropout.js';
import { pad } from '../../../src/compiler/ops/structure/pad.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed } from '../../../src/compiler/sizes/size.js';
import { graphOf } from '../ops/cases/case.js';
import { cases } from '../ops/cases/index.js';
import { randomGraph } from './random-graph.js';

describe('the text form', () => {
  it('reads back as the graph it was printed from', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        expect(verify(graph)).toEqual([]);
        expect(parse(print(graph))).toEqual(graph);
      }),
    );
  });

  it.each(cases)('reads back $op: $name', (opCase) => {
    const graph = graphOf(opCase);
    expect(parse(print(graph))).toEqual(graph);
  });

  it('keeps odd strings and numbers', () => {
    const b = new GraphBuilder('odd');
    const x = b.input('x', floatOf([fixed(2)]));
    const [dropped] = b.apply(dropout, [x], { rate: 0, path: 'a[1]/"b", {c = 1}' });
    const attributes = { before: [0], after: [1], value: Number.NEGATIVE_INFINITY };
    b.output('y[0]', b.apply(pad, [dropped], attributes)[0]);
    b.output('y[1]', b.constant(-0));
    const graph = b.finish([]);
    expect(parse(print(graph))).toEqual(graph);
  });

  it('shows where a node comes from, which is not read back', () => {
    const file = { path: 'u.net', text: 'x -> relu' };
    const origin = {
      block: 'relu',
      path: 'UShape/R2CL',
      site: { file, start: 0, end: 9 },
      depth: 0,
      parent: null,
    };
    const b = new GraphBuilder('g');
    const x = b.input('x', floatOf([fixed(2)]));
    b.output(
      'y',
      b.withOrigin(origin, () => b.apply(relu, [x], {})[0]),
    );
    const text = print(b.finish([]));
    expect(text).toContain('%1: float[2] = relu(%0) @ UShape/R2CL\n');
    expect(parse(text).nodes[0]!.origin).toBeNull();
  });

  it.each([
    ['graph g\nimput x %0: float[2]', 'line 2: "imput" begins no line of a graph'],
    ['graph g\n%0: float[2] = relu(%1)', 'line 2: %1 is not defined yet'],
    ['graph g\n%0: float[] = reluu()', 'line 2: reluu is no operation'],
    ['graph g\ninput x %0: float[h]', 'line 2: "h" is no size'],
    ['graph g\n%0: float[] = constant() {valeu = 1}', 'line 2: constant has no attribute valeu'],
    ['graph g\n%0: float[] = constant() {value = one}', 'line 2: "one" is no number'],
    ['graph g\ninput x %0: float[]\ninput y %0: float[]', 'line 3: %0 is defined twice'],
  ])('says in which line it is wrong: %#', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
