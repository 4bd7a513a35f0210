import { describe, expect, it } from 'vitest';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { ops } from '../../../src/compiler/ops/registry.js';
import { definitionOf, graphOf, inputsOf } from './cases/case.js';
import { cases } from './cases/index.js';
import { checkGradient } from './harness.js';

describe('every operation', () => {
  it.each(Object.keys(ops))('%s has a case', (op) => {
    expect(cases.filter((opCase) => opCase.op === op)).not.toEqual([]);
  });

  it.each(cases)('$op makes a well-formed graph of finite values: $name', (opCase) => {
    const graph = graphOf(opCase);
    expect(verify(graph)).toEqual([]);
    const { outputs } = interpret(graph, { inputs: inputsOf(opCase), variables: {} });
    for (const { data } of Object.values(outputs)) expect(data.every(Number.isFinite)).toBe(true);
  });
});

describe('a gradient agrees with central differences of the reference', () => {
  const differentiable = cases.filter(
    (opCase) => definitionOf(opCase).gradient && opCase.differentiable?.length !== 0,
  );
  it.each(differentiable)('$op: $name', (opCase) => {
    expect(checkGradient(opCase).error).toBeLessThan(1e-7);
  });
});
