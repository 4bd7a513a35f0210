import type { Application } from '../../expand/application.js';
import { joinPath } from '../../expand/expansion.js';
import { innermostIn, reachedTree } from '../../expand/reached-tree.js';
import type { Graph, Value } from '../../ir/graph.js';
import { printShape } from '../../sizes/size.js';
import { isPascal } from '../../syntax/build/names.js';
import { printValue } from '../../values/value.js';

/** An instance in a drawing: a leaf where it is folded or built in, else a frame around its children. */
export interface Box {
  /** `b0`, `b1`, ... in the order of the text form: inputs, blocks from outside in, outputs. */
  readonly id: string;
  readonly kind: 'input' | 'output' | 'block' | 'operation' | 'step';
  /** Where it is applied: `UShape/below/Unit`; of an input or output its name. */
  readonly path: string;
  /** The block's name, the operation's, the step's `state[0]`. */
  readonly title: string;
  readonly configuration: readonly (readonly [parameter: string, value: string])[];
  /** What it gives. */
  readonly shapes: readonly string[];
  /** Whether it is the block around it once more. */
  readonly recursive: boolean;
  readonly children: readonly Box[];
}

/** A tensor on its way from one leaf to another. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly shape: string;
  /** Whether nothing with this shape came into the leaf it leaves. */
  readonly changed: boolean;
  /** Whether it passes other leaves by. */
  readonly skip: boolean;
}

/** What all drawings of a model are made from. */
export interface Diagram {
  readonly model: string;
  readonly configuration: Box['configuration'];
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

/**
 * A model as boxes and wires. Blocks inside `depth` others are folded; a block inside itself and the steps of a loop
 * do not count, so that a U of any depth unfolds at once. Without a depth: as deep as leaves `few` boxes.
 */
export function diagramOf(graph: Graph, wholeTree: Application, depth?: number): Diagram {
  const tree = reachedTree(graph, wholeTree);
  const chosen = depth ?? legibleDepth(tree);
  const drawing: Drawing = { ids: 0, leaves: new Map() };
  const port =
    (kind: 'input' | 'output') =>
    ({ name, value }: Graph['inputs'][number]): Box => ({
      id: `b${drawing.ids++}`,
      kind,
      path: name,
      title: name,
      configuration: [],
      shapes: [printShape(value.type.shape)],
      recursive: false,
      children: [],
    });
  const inputs = graph.inputs.map(port('input'));
  const body = tree.children.map((child) => boxOf(child, tree, '', chosen, drawing));
  const outputs = graph.outputs.map(port('output'));
  return {
    model: graph.name,
    configuration: configurationOf(tree),
    boxes: [...inputs, ...body, ...outputs],
    wires: wiresOf(graph, tree, drawing.leaves, inputs, outputs),
  };
}

interface Drawing {
  ids: number;
  /** By application that is drawn or folded into one that is. */
  readonly leaves: Map<Application, Box>;
}

/** So many leaves are still read at a glance. */
const few = 32;

function legibleDepth(tree: Application): number {
  let [depth, leaves] = [0, leavesAt(tree, tree, 0)];
  for (;;) {
    const deeper = leavesAt(tree, tree, depth + 1);
    if (deeper === leaves || deeper > few) return depth;
    [depth, leaves] = [depth + 1, deeper];
  }
}

/** How many leaves are inside an application that is unfolded `depth` deep; `around` is the nearest block. */
function leavesAt(application: Application, around: Application, depth: number): number {
  return application.children.reduce((sum, child) => {
    const left = depth - (opens(child, around) ? 1 : 0);
    const isLeaf = child.children.length === 0 || left < 0;
    return sum + (isLeaf ? 1 : leavesAt(child, child.block === null ? around : child, left));
  }, 0);
}

/** Whether unfolding it goes a level deeper. */
const opens = ({ block, children }: Application, around: Application): boolean =>
  block !== null && children.length > 0 && block !== around.block;

function boxOf(
  application: Application,
  around: Application,
  path: string,
  depth: number,
  drawing: Drawing,
): Box {
  const { block, segment, children, results } = application;
  const left = depth - (opens(application, around) ? 1 : 0);
  const id = `b${drawing.ids++}`;
  const here = joinPath(path, segment);
  const inside = left < 0 ? [] : children;
  const box: Box = {
    id,
    kind: block === null ? 'step' : isPascal(block) ? 'block' : 'operation',
    path: here,
    title: block ?? segment,
    configuration: configurationOf(application),
    shapes: results.map(({ type }) => printShape(type.shape)),
    recursive: block !== null && block === around.block,
    children: inside.map((child) =>
      boxOf(child, block === null ? around : application, here, left, drawing),
    ),
  };
  if (box.children.length === 0) foldInto(box, application, drawing);
  return box;
}

function foldInto(box: Box, application: Application, drawing: Drawing): void {
  drawing.leaves.set(application, box);
  for (const child of application.children) foldInto(box, child, drawing);
}

const configurationOf = ({ configuration }: Application): Box['configuration'] =>
  configuration.map(([name, value]) => [name, printValue(value)]);

function wiresOf(
  graph: Graph,
  tree: Application,
  leaves: ReadonlyMap<Application, Box>,
  inputs: readonly Box[],
  outputs: readonly Box[],
): readonly Wire[] {
  const applicationOf = innermostIn(tree);
  const sources = new Map<Value, Box>(graph.inputs.map(({ value }, i) => [value, inputs[i]!]));
  const wires = new Map<string, { from: Box; to: Box; shape: string }>();
  const connect = (value: Value, to: Box): void => {
    const from = sources.get(value);
    if (!from || from === to) return;
    const shape = printShape(value.type.shape);
    wires.set(`${from.id} ${to.id} ${shape}`, { from, to, shape });
  };
  for (const { origin, operands, results } of graph.nodes) {
    const leaf = leaves.get(applicationOf(origin) ?? tree);
    if (!leaf) throw new Error(`a node of ${graph.name} lies in no application`);
    for (const operand of operands) connect(operand, leaf);
    for (const result of results) sources.set(result, leaf);
  }
  graph.outputs.forEach(({ value }, i) => {
    connect(value, outputs[i]!);
  });
  return marked([...wires.values()]);
}

/** Wires are in an order that computes, so that the longest ways to the boxes before are known. */
function marked(
  wires: readonly { readonly from: Box; readonly to: Box; readonly shape: string }[],
): readonly Wire[] {
  const ranks = new Map<Box, number>();
  const taken = new Map<Box, Set<string>>();
  const rankOf = (box: Box): number => ranks.get(box) ?? 0;
  for (const { from, to, shape } of wires) {
    ranks.set(to, Math.max(rankOf(to), rankOf(from) + 1));
    taken.set(to, (taken.get(to) ?? new Set()).add(shape));
  }
  return wires.map(({ from, to, shape }) => ({
    from: from.id,
    to: to.id,
    shape,
    changed: !taken.get(from)?.has(shape),
    skip: rankOf(to) - rankOf(from) > 1,
  }));
}
