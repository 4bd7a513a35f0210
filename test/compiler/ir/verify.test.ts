import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/compiler/ir/parse.js';
import { verify } from '../../../src/compiler/ir/verify.js';

const problems = (...lines: string[]): readonly string[] =>
  verify(parse(['graph g', 'input x %0: float[2]', ...lines].join('\n')));

describe('verify', () => {
  it('has nothing to say of a well-formed graph', () => {
    const weight = 'weight w %1: float[2] = constant(0)';
    expect(problems(weight, '%2: float[2] = add(%0, %1)', 'update w %2')).toEqual([]);
  });

  it.each([
    [['%1: float[3] = relu(%0)'], 'has the types float[2]'],
    [['%1: float[2] = relu(%0, %0)'], 'has 2 operands, not (x)'],
    [['%1: float[2] = concat() {axis = 0}'], 'has 0 operands, not (...x)'],
    [['%1: float[2] = leakyRelu(%0)'], 'has other attributes than {slope: number}'],
    [['%1: float[3] = fill() {value = 0, shape = [3]}', '%2: float[2] = add(%0, %1)'], 'disagree'],
    [['input x %1: float[2]'], 'the input x is there twice'],
    [['output y %0', 'output y %0'], 'the output y is there twice'],
    [['update w %0'], 'the update of w is of no variable'],
    [['weight w %1: float[3] = constant(0)', 'update w %0'], 'float[2] for float[3]'],
  ])('finds %j', (lines, problem) => {
    const found = problems(...lines);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  it('finds a use before the definition', () => {
    const graph = parse(
      'graph g\ninput x %0: float[]\n%1: float[] = neg(%0)\n%2: float[] = neg(%1)',
    );
    const found = verify({ ...graph, nodes: graph.nodes.toReversed() });
    expect(found).toEqual(['%1 is not defined before %2: float[] = neg(%1)']);
  });
});
