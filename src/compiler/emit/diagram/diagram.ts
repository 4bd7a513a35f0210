import type { Application } from '../../expand/application.js';
import { joinPath } from '../../expand/expansion.js';
import { reachedTree } from '../../expand/reached-tree.js';
import type { Graph } from '../../ir/graph.js';
import { printShape } from '../../sizes/size.js';
import { isPascal } from '../../syntax/build/names.js';
import { printValue } from '../../values/value.js';
import { loopsDrawnOnce } from './loops.js';
import { givingSeveralSizes } from './several-sizes.js';
import { wired } from './wires.js';

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
  /** How many steps of a recurrence are drawn as this one; 1 of all else. */
  readonly steps: number;
  /** How many of it, one after another, are drawn as this one. */
  readonly times: number;
  /** How many times the image's height and width were halved on the way to what a leaf gives; 0 of a frame. */
  readonly level: number;
  /** Leaves with the same number use the same weights; null where no other leaf uses them. */
  readonly shared: number | null;
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
  /** Whether it leads to the next step of the recurrence that it is in. */
  readonly back: boolean;
}

/** What all drawings of a model are made from. */
export interface Diagram {
  readonly model: string;
  readonly configuration: Box['configuration'];
  /** The names of all blocks in it, drawn or not, from outside in: each keeps its colour however much is unfolded. */
  readonly blocks: readonly string[];
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

/** How much of a model is drawn. */
export interface Folding {
  /** How many levels of blocks are unfolded; left out, as many as stay legible. */
  readonly depth?: number;
  /** By the path of a block: whether it is unfolded, whatever the depth. */
  readonly unfolded?: ReadonlyMap<string, boolean>;
}

/** A diagram, with the application that each box is; inputs and outputs are none. */
export interface Traced {
  readonly diagram: Diagram;
  readonly applications: ReadonlyMap<string, Application>;
}

/**
 * A model as boxes and wires. Blocks inside `depth` others are folded; a block inside itself, the steps of a loop and an
 * encoder that gives maps of several sizes do not count, so that a U of any depth unfolds at once. Without a depth: as deep as
 * leaves `few` boxes. Steps of a loop that do the same with the same weights are drawn once.
 */
export const diagramOf = (graph: Graph, tree: Application, depth?: number): Diagram =>
  traced(graph, tree, { depth }).diagram;

/** As `diagramOf`, and what each box is. */
export function traced(graph: Graph, wholeTree: Application, folding: Folding = {}): Traced {
  const tree = reachedTree(graph, wholeTree);
  const opens = opensIn(graph, tree);
  const depth = folding.depth ?? legibleDepth(tree, opens);
  const drawing: Drawing = {
    ids: 0,
    opens,
    leaves: new Map(),
    applications: new Map(),
    unfolded: folding.unfolded ?? new Map(),
  };
  const port =
    (kind: 'input' | 'output') =>
    ({ name, value }: Graph['inputs'][number]): Box => ({
      ...plain,
      id: `b${drawing.ids++}`,
      kind,
      path: name,
      title: name,
      shapes: [printShape(value.type.shape)],
    });
  const inputs = graph.inputs.map(port('input'));
  const body = tree.children.map((child) => boxOf(child, tree, '', depth, drawing));
  const outputs = graph.outputs.map(port('output'));
  const found = wired(graph, tree, drawing.leaves, inputs, outputs);
  const { boxes, wires } = loopsDrawnOnce(
    [...inputs, ...body, ...outputs].map(found.marked),
    found,
  );
  return {
    diagram: {
      model: graph.name,
      configuration: configurationOf(tree),
      blocks: blocksIn(tree),
      boxes,
      wires,
    },
    applications: drawing.applications,
  };
}

const plain = {
  configuration: [],
  recursive: false,
  steps: 1,
  times: 1,
  level: 0,
  shared: null,
  children: [],
} as const;

interface Drawing {
  ids: number;
  readonly opens: Opens;
  /** By application that is drawn or folded into one that is. */
  readonly leaves: Map<Application, Box>;
  readonly applications: Map<string, Application>;
  readonly unfolded: ReadonlyMap<string, boolean>;
}

function blocksIn(tree: Application): readonly string[] {
  const names = new Set<string>();
  let level = tree.children;
  while (level.length > 0) {
    for (const { block } of level) if (block !== null && isPascal(block)) names.add(block);
    level = level.flatMap(({ children }) => children);
  }
  return [...names];
}

/** So many leaves are still read at a glance. */
const few = 32;

/** The diagrams at each depth from what is legible to 1 (or 0 where that is), each smaller than the one before. */
export function diagramsOf(graph: Graph, wholeTree: Application): readonly Diagram[] {
  const tree = reachedTree(graph, wholeTree);
  const most = legibleDepth(tree, opensIn(graph, tree));
  const count = Math.max(1, most);
  return Array.from({ length: count }, (_, i) => diagramOf(graph, wholeTree, most - i));
}

function legibleDepth(tree: Application, opens: Opens): number {
  let [depth, leaves] = [0, leavesAt(tree, tree, 0, opens)];
  for (;;) {
    const deeper = leavesAt(tree, tree, depth + 1, opens);
    if (deeper === leaves || deeper > few) return depth;
    [depth, leaves] = [depth + 1, deeper];
  }
}

/** How many leaves are inside an application that is unfolded `depth` deep; `around` is the nearest block. */
function leavesAt(
  application: Application,
  around: Application,
  depth: number,
  opens: Opens,
): number {
  return application.children.reduce((sum, child) => {
    const left = depth - (opens(child, around) ? 1 : 0);
    const isLeaf = child.children.length === 0 || left < 0;
    const inner = child.block === null ? around : child;
    return sum + (isLeaf ? 1 : leavesAt(child, inner, left, opens));
  }, 0);
}

/** Whether unfolding an application inside `around`, the nearest block, goes a level deeper. */
type Opens = (application: Application, around: Application) => boolean;

/** Not into the block around it once more, nor into an encoder, which gives maps of several sizes. */
function opensIn(graph: Graph, tree: Application): Opens {
  const encoders = givingSeveralSizes(graph, tree);
  return (application, around) => {
    const { block, children } = application;
    if (block === null || children.length === 0) return false;
    return block !== around.block && !encoders.has(application);
  };
}

function boxOf(
  application: Application,
  around: Application,
  path: string,
  depth: number,
  drawing: Drawing,
): Box {
  const { block, segment, children, results } = application;
  const here = joinPath(path, segment);
  const left = depth - (drawing.opens(application, around) ? 1 : 0);
  const isUnfolded = drawing.unfolded.get(here) ?? left >= 0;
  const id = `b${drawing.ids++}`;
  drawing.applications.set(id, application);
  const inside = isUnfolded ? children : [];
  const box: Box = {
    ...plain,
    id,
    kind: block === null ? 'step' : isPascal(block) ? 'block' : 'operation',
    path: here,
    title: block ?? segment,
    configuration: configurationOf(application),
    shapes: results.map(({ type }) => printShape(type.shape)),
    recursive: block !== null && block === around.block,
    children: inside.map((child) =>
      boxOf(child, block === null ? around : application, here, Math.max(left, 0), drawing),
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
