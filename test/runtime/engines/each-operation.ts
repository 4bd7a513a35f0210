import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../src/compiler/ir/graph.js';
import { type OpName, ops } from '../../../src/compiler/ops/registry.js';
import { evaluateShape } from '../../../src/compiler/sizes/size.js';
import type { Session } from '../../../src/runtime/engines/session.js';
import { definitionOf, graphOf, inputsOf } from '../../compiler/ops/cases/case.js';
import { cases } from '../../compiler/ops/cases/index.js';
import { distance, fed } from './tensors.js';

/** Of a float32 kernel to the float64 reference on the same inputs, over the largest magnitude. */
const tolerance = 1e-5;

/** Holds an engine's lowering of every operation to the operation's reference on all its cases. */
export function describeEachOperation(open: (program: Program) => Promise<Session>): void {
  describe.each(Object.keys(ops) as OpName[])('%s', (op) => {
    const numbered = cases
      .filter((opCase) => opCase.op === op)
      .map((opCase, i) => ({ ...opCase, key: `case${i}` }));
    let session: Session | undefined;
    beforeAll(async () => {
      const functions = Object.fromEntries(
        numbered.map(({ key, ...opCase }) => [key, graphOf(opCase)]),
      );
      session = await open({ name: op, variables: [], functions });
    });
    afterAll(() => session?.close());

    it('has a case', () => {
      expect(numbered).not.toEqual([]);
    });

    it.each(numbered)('$name', ({ key, ...opCase }) => {
      const shapes = graphOf(opCase).outputs.map(({ value }) =>
        evaluateShape(value.type.shape, {}),
      );
      const expected = definitionOf(opCase).evaluate(opCase.operands, opCase.attributes, shapes);
      const count = session!.tensorCount();
      const outputs = session!.run(key, fed(inputsOf(opCase)));
      expect(session!.tensorCount(), 'tensors left behind').toBe(count);
      expected.forEach((tensor, i) => {
        expect(outputs[`y${i}`]!.shape).toEqual(tensor.shape);
        expect(distance(outputs[`y${i}`]!, tensor), `result ${i}`).toBeLessThanOrEqual(tolerance);
      });
    });
  });
}
