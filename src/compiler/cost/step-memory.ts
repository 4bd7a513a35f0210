import type { Graph, Value } from '../ir/graph.js';
import { sizeOf } from '../ops/values.js';
import type { ImageSize } from '../sizes/size.js';
import { evaluateShape } from '../sizes/size.js';
import { bindingsAt } from './cost.js';

/** Operations whose result is their first operand under another name. */
const aliases = new Set(['after', 'reshape']);

/**
 * The most bytes that the values of a training step hold at once when its nodes are computed in order, each from its node to
 * its last use, at 4 bytes a number. Variables, what is fed and a kernel's own workspace are not among them.
 */
export function stepMemoryOf(step: Graph, size: ImageSize, batch: number): number {
  const images = step.inputs.filter(({ value }) => value.type.shape.length === 4);
  const bindings = bindingsAt({ ...step, inputs: images }, size, batch);
  const held = new Map<Value, Value>();
  const holder = (value: Value): Value => held.get(value) ?? value;
  const lastUse = new Map<Value, number>();
  step.nodes.forEach(({ op, operands, results }, i) => {
    if (aliases.has(op.name)) held.set(results[0]!, holder(operands[0]!));
    for (const value of [...operands, ...results]) lastUse.set(holder(value), i);
  });
  for (const { value } of [...step.outputs, ...step.updates])
    lastUse.set(holder(value), step.nodes.length);
  const bytesOf = ({ type }: Value): number => 4 * sizeOf(evaluateShape(type.shape, bindings));
  const alive = new Set<Value>();
  let [bytes, peak] = [0, 0];
  step.nodes.forEach(({ operands, results }, i) => {
    for (const result of results) {
      if (held.has(result)) continue;
      alive.add(result);
      bytes += bytesOf(result);
    }
    peak = Math.max(peak, bytes);
    for (const value of new Set([...operands, ...results].map(holder)))
      if (lastUse.get(value) === i && alive.delete(value)) bytes -= bytesOf(value);
  });
  return peak;
}
