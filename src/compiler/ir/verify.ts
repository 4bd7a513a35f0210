import { type AttributeKind, ShapeError } from '../ops/definition.js';
import { sameShape } from '../sizes/size.js';
import type { Attribute, Graph, Node, TensorType, Value } from './graph.js';
import { printNode, printType } from './print.js';

/** What is wrong with a graph, one sentence each; a well-formed one has nothing. Passes are held to it. */
export function verify(graph: Graph): readonly string[] {
  return [
    ...verifyValues(graph),
    ...graph.nodes.flatMap(verifyNode),
    ...repeated('input', names(graph.inputs)),
    ...repeated('variable', paths(graph.variables)),
    ...repeated('output', names(graph.outputs)),
    ...repeated('update', paths(graph.updates)),
    ...verifyUpdates(graph),
  ];
}

const names = (items: readonly { readonly name: string }[]): string[] =>
  items.map(({ name }) => name);
const paths = (items: readonly { readonly path: string }[]): string[] =>
  items.map(({ path }) => path);

const repeated = (what: string, labels: readonly string[]): readonly string[] =>
  labels
    .filter((label, i) => labels.indexOf(label) !== i)
    .map((label) => `the ${what} ${label} is there twice`);

const sameType = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** Each value is defined once, under a number of its own, before its uses. */
function verifyValues(graph: Graph): readonly string[] {
  const problems: string[] = [];
  const defined = new Map<number, Value>();
  const define = (value: Value): void => {
    if (defined.has(value.id)) problems.push(`%${value.id} is defined twice`);
    defined.set(value.id, value);
  };
  const use = (value: Value, by: string): void => {
    if (defined.get(value.id) !== value) problems.push(`%${value.id} is not defined before ${by}`);
  };
  for (const { value } of [...graph.inputs, ...graph.variables]) define(value);
  for (const node of graph.nodes) {
    for (const operand of node.operands) use(operand, printNode(node));
    node.results.forEach(define);
  }
  for (const { name, value } of graph.outputs) use(value, `the output ${name}`);
  for (const { path, value } of graph.updates) use(value, `the update of ${path}`);
  return problems;
}

/** The node fits its operation's schema, and its results have the types the operation infers. */
function verifyNode(node: Node): readonly string[] {
  const { operands, attributes } = node.op;
  const variadic = operands.at(-1)?.startsWith('...') ?? false;
  const count = node.operands.length;
  if (variadic ? count < operands.length : count !== operands.length) {
    return [`${printNode(node)} has ${count} operands, not (${operands.join(', ')})`];
  }
  const kinds = Object.entries<AttributeKind>(attributes);
  const odd = [
    ...kinds.filter(([name, kind]) => !isOfKind(node.attributes[name], kind)),
    ...Object.keys(node.attributes).filter((name) => !(name in attributes)),
  ];
  if (odd.length > 0) {
    const schema = kinds.map(([name, kind]) => `${name}: ${kind}`).join(', ');
    return [`${printNode(node)} has other attributes than {${schema}}`];
  }
  return verifyTypes(node);
}

function isOfKind(attribute: Attribute | undefined, kind: AttributeKind): boolean {
  if (!Array.isArray(attribute)) return typeof attribute === kind;
  const element = kind === 'numbers' ? 'number' : kind === 'sizes' ? 'object' : undefined;
  return attribute.every((item) => typeof item === element);
}

function verifyTypes(node: Node): readonly string[] {
  const types = node.operands.map(({ type }) => type);
  try {
    const inferred = node.op.infer(types, node.attributes, () => {});
    const fits =
      inferred.length === node.results.length &&
      inferred.every((type, i) => sameType(type, node.results[i]!.type));
    if (fits) return [];
    return [`${printNode(node)} has the types ${inferred.map(printType).join(', ')}`];
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return [`${printNode(node)}: ${error.message}`];
  }
}

function verifyUpdates(graph: Graph): readonly string[] {
  return graph.updates.flatMap(({ path, value }) => {
    const variable = graph.variables.find((candidate) => candidate.path === path);
    if (!variable) return [`the update of ${path} is of no variable`];
    if (sameType(variable.value.type, value.type)) return [];
    const types = `${printType(value.type)} for ${printType(variable.value.type)}`;
    return [`the update of ${path} has another type: ${types}`];
  });
}
