import { printResidue } from '../sizes/residue.js';
import { printShape, printSize, type Size } from '../sizes/size.js';
import type { Attribute, Graph, Node, TensorType, Value } from './graph.js';
import type { Initializer } from './initializer.js';

/**
 * The text form of a graph; `parse` reads it back, all but phases and origins, of which `@` shows the path alone.
 *
 *     graph predict
 *     symbols N, H = 16k, W = 16k
 *     input image %0: float[N, H, W, 3]
 *     weight Conv/kernel %1: float[3, 3, 3, 64] = normal(0.27)
 *     %2: float[N, H, W, 64] = conv(%0, %1) {strides = [1, 1], padding = "same"} @ Conv
 *     output mask %2
 */
export function print(graph: Graph): string {
  const lines = [
    `graph ${graph.name}`,
    ...(graph.symbols.length > 0 ? [`symbols ${graph.symbols.map(printResidue).join(', ')}`] : []),
    ...graph.inputs.map(({ name, value }) => `input ${name} ${defined(value)}`),
    ...graph.variables.map(
      ({ path, kind, initial, value }) =>
        `${kind} ${path} ${defined(value)} = ${printInitializer(initial)}`,
    ),
    ...graph.nodes.map(printNode),
    ...graph.outputs.map(({ name, value }) => `output ${name} ${used(value)}`),
    ...graph.updates.map(({ path, value }) => `update ${path} ${used(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const used = ({ id }: Value): string => `%${id}`;
const defined = (value: Value): string => `${used(value)}: ${printType(value.type)}`;

export const printType = ({ dtype, shape }: TensorType): string => `${dtype}${printShape(shape)}`;

function printInitializer(initial: Initializer): string {
  switch (initial.kind) {
    case 'constant':
      return `constant(${initial.value})`;
    case 'bilinear':
      return `bilinear(${initial.factors.join(', ')})`;
    default:
      return `${initial.kind}(${initial.scale})`;
  }
}

export function printNode({ op, operands, attributes, results, origin }: Node): string {
  const entries = Object.entries(attributes).map(
    ([name, attribute]) => `${name} = ${printAttribute(attribute)}`,
  );
  const configuration = entries.length > 0 ? ` {${entries.join(', ')}}` : '';
  const path = origin ? ` @ ${origin.path}` : '';
  const head = results.map(defined).join(', ');
  return `${head} = ${op.name}(${operands.map(used).join(', ')})${configuration}${path}`;
}

/** As it reads in the text; equal texts are equal attributes of the same kind. */
export function printAttribute(attribute: Attribute): string {
  if (typeof attribute === 'string') return JSON.stringify(attribute);
  if (typeof attribute === 'number') return printNumber(attribute);
  if (typeof attribute === 'boolean') return `${attribute}`;
  return `[${attribute.map((item: number | Size) => (typeof item === 'number' ? printNumber(item) : printSize(item))).join(', ')}]`;
}

/** The shortest text that reads back as the same double, -0 included. */
const printNumber = (n: number): string => (Object.is(n, -0) ? '-0' : `${n}`);
