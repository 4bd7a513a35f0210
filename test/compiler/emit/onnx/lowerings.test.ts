import { describe, expect, it } from 'vitest';
import { isTrainingOnly } from '../../../../src/compiler/emit/onnx/lowering/index.js';
import { emitOnnx } from '../../../../src/compiler/emit/onnx/model.js';
import { type OpName, ops } from '../../../../src/compiler/ops/registry.js';
import { evaluateShape } from '../../../../src/compiler/sizes/size.js';
import { distance, fed } from '../../../runtime/engines/tensors.js';
import { definitionOf, graphOf, inputsOf } from '../../ops/cases/case.js';
import { cases } from '../../ops/cases/index.js';
import { openOnnx } from './runtime.js';

/** Of a float32 kernel to the float64 reference on the same inputs, over the largest magnitude. */
const tolerance = 1e-5;
const predicting = cases.filter(({ op }) => !isTrainingOnly(op));

describe('each operation of a prediction does in ONNX Runtime what its float64 reference does', () => {
  it('has a case of each', () => {
    const wanted = (Object.keys(ops) as OpName[]).filter((op) => !isTrainingOnly(op));
    expect(new Set(predicting.map(({ op }) => op))).toEqual(new Set(wanted));
  });

  it.each(predicting)('$op: $name', async (opCase) => {
    const graph = graphOf(opCase);
    const shapes = graph.outputs.map(({ value }) => evaluateShape(value.type.shape, {}));
    const expected = definitionOf(opCase).evaluate(opCase.operands, opCase.attributes, shapes);
    const outputs = await (await openOnnx(graph)).run(fed(inputsOf(opCase)));
    expected.forEach((tensor, i) => {
      expect(outputs[`y${i}`]!.shape).toEqual(tensor.shape);
      expect(distance(outputs[`y${i}`]!, tensor), `result ${i}`).toBeLessThanOrEqual(tolerance);
    });
  });
});

describe('an operation that only training has', () => {
  it.each(cases.filter(({ op }) => isTrainingOnly(op)))('is refused: $op, $name', (opCase) => {
    expect(() => emitOnnx(graphOf(opCase), {})).toThrow(`${opCase.op} trains`);
  });
});
