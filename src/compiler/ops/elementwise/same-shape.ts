import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import type { OpName } from '../registry.js';

interface SameShapeParts {
  readonly name: OpName;
  readonly summary: string;
  readonly operands: readonly [string, string];
  at(a: number, b: number): number;
}

/** Two tensors of one shape -> a third, without broadcasting: the fused gradients. */
export function onSameShape(parts: SameShapeParts): OpDefinition<2> {
  return {
    name: parts.name,
    summary: parts.summary,
    operands: parts.operands,
    attributes: {},
    infer([a, b]) {
      wantFloat([a, b]);
      wantShape(b.shape, a.shape, parts.operands[1], 1);
      return [a];
    },
    cheap: true,
    evaluate: ([a, b]) => [
      { shape: a.shape, data: a.data.map((element, i) => parts.at(element, b.data[i]!)) },
    ],
  };
}
