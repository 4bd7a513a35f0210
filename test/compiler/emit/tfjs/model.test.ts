import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { isTrainingOnly } from '../../../../src/compiler/emit/onnx/lowering/index.js';
import { emitTfjsModel } from '../../../../src/compiler/emit/tfjs/model.js';
import { interpret } from '../../../../src/compiler/interpret/interpret.js';
import type { ConvAttributes } from '../../../../src/compiler/ops/convolution/geometry.js';
import { evaluateShape } from '../../../../src/compiler/sizes/size.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import { distance, fed, referenceOf } from '../../../runtime/engines/tensors.js';
import { tinyU } from '../../gradient/networks.js';
import { around, definitionOf, graphOf, inputsOf, type OpCase } from '../../ops/cases/case.js';
import { cases } from '../../ops/cases/index.js';
import { openTfjs } from './runtime.js';

/** What tfjs has no kernel for. */
function isBeyondTfjs({ op, attributes }: OpCase): boolean {
  if (op !== 'conv' && op !== 'convTranspose') return false;
  const { groups, strides, dilations } = attributes as ConvAttributes;
  const [stride, dilation] = [Math.max(...strides), Math.max(...dilations)];
  return (dilation > 1 && stride > 1) || (op === 'convTranspose' && (groups > 1 || dilation > 1));
}

/** tfjs refuses an empty constant, which the shape of a scalar is; no block reshapes to one. */
const toScalar = ({ op, name }: OpCase) => op === 'reshape' && name.endsWith('to a scalar');
const predicting = cases.filter((opCase) => !isTrainingOnly(opCase.op) && !toScalar(opCase));

describe('each operation of a prediction does in tfjs what its float64 reference does', () => {
  it.each(predicting.filter((opCase) => !isBeyondTfjs(opCase)))('$op: $name', async (opCase) => {
    const graph = graphOf(opCase);
    const shapes = graph.outputs.map(({ value }) => evaluateShape(value.type.shape, {}));
    const expected = definitionOf(opCase).evaluate(opCase.operands, opCase.attributes, shapes);
    const outputs = (await openTfjs(graph)).run(fed(inputsOf(opCase)));
    expected.forEach((tensor, i) => {
      expect(outputs[`y${i}`]!.shape).toEqual(tensor.shape);
      expect(distance(outputs[`y${i}`]!, tensor), `result ${i}`).toBeLessThanOrEqual(1e-5);
    });
  });

  it.each(predicting.filter(isBeyondTfjs))('or is refused: $op, $name', (opCase) => {
    expect(() => emitTfjsModel(graphOf(opCase), {})).toThrow('tfjs has no');
  });
});

describe('a network as a tfjs graph model', () => {
  const program = buildProgram(tinyU());
  const weights = initialState(program, 7);

  it('predicts what the reference does, at two sizes of image', async () => {
    const model = await openTfjs(program.functions.predict!, weights);
    const sizes = [
      [2, 4, 6],
      [1, 10, 2],
    ];
    for (const [count, height, width] of sizes) {
      const inputs = { image: around([count!, height!, width!, 2], height!) };
      const { outputs } = interpret(program.functions.predict!, {
        inputs,
        variables: referenceOf(weights),
      });
      const { mask } = model.run(fed(inputs));
      expect(mask!.shape).toEqual([count, height, width, 1]);
      expect(distance(mask!, outputs.mask!)).toBeLessThanOrEqual(1e-5);
    }
  });

  it('names its inputs and outputs as the file does, with weights by their paths', () => {
    const model = JSON.parse(
      emitTfjsModel(program.functions.predict!, weights)['model.json'] as string,
    );
    expect(Object.keys(model.signature.inputs)).toEqual(['image']);
    expect(Object.keys(model.signature.outputs)).toEqual(['mask']);
    const [{ paths, weights: stored }] = model.weightsManifest;
    expect(paths).toEqual(['group1-shard1of1.bin']);
    expect(stored).toContainEqual({ name: 'Conv/kernel', shape: [3, 3, 2, 3], dtype: 'float32' });
  });
});
