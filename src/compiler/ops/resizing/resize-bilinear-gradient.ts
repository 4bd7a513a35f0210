import { wantFloat } from '../checks.js';
import { emptyTensor, floatOf, type OpDefinition } from '../definition.js';
import { bilinear, forEachSample, type ResizeAttributes, resizedShape } from './resample.js';

export const resizeBilinearGradient: OpDefinition<ResizeAttributes> = {
  name: 'resizeBilinearGradient',
  summary:
    'The gradient of resizeBilinear(x) by x, whose shape this is: every sample gives back its share of g.',
  operands: ['g'],
  attributes: { shape: 'sizes' },
  // The resize itself has noted its demands.
  infer([g], attributes) {
    wantFloat([g]);
    return [floatOf(resizedShape(g.shape, attributes, () => {}))];
  },
  evaluate([g], _, [shape]) {
    const dx = emptyTensor(shape);
    forEachSample(shape, g.shape, bilinear, (xi, gi, weight) => {
      dx.data[xi] += weight * g.data[gi];
    });
    return [dx];
  },
};
