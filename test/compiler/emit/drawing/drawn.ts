import { readdirSync } from 'node:fs';
import { compileModel } from '../../../../src/compiler/compile.js';
import {
  type Box,
  type Diagram,
  diagramOf,
} from '../../../../src/compiler/emit/diagram/diagram.js';
import {
  type Connector,
  type Layout,
  layoutOf,
  type Point,
  type Rectangle,
} from '../../../../src/compiler/emit/drawing/layout.js';
import type { Style } from '../../../../src/compiler/emit/drawing/style.js';
import { diskReader } from '../../../../src/runtime/files/source-reader.js';
import { compileText } from '../../expand/texts.js';

/** The networks that netc ships, and those of the examples. */
export const networks: readonly string[] = ['models', 'examples'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.net'))
    .map((name) => `${folder}/${name}`),
);

export function shipped(file: string, overrides: Record<string, string> = {}) {
  const { graph, tree } = compileModel(file, diskReader(), { overrides });
  return { graph: graph!, tree: tree! };
}

export function drawnText(text: string, depth?: number): Diagram {
  const { graph, tree } = compileText(text);
  return diagramOf(graph!, tree!, depth);
}

export const leavesOf = (boxes: readonly Box[]): readonly Box[] =>
  boxes.flatMap((box) => (box.children.length === 0 ? [box] : leavesOf(box.children)));

/** By the path of each leaf, its place. */
export function placesOf(diagram: Diagram, style: Style): ReadonlyMap<string, Rectangle> {
  const { places } = layoutOf(diagram, style);
  return new Map(leavesOf(diagram.boxes).map(({ id, path }) => [path, places.get(id)!]));
}

/** What is wrong with a layout, in words; nothing of a good one. */
export function faultsOf({ boxes, wires }: Diagram, layout: Layout): readonly string[] {
  const leaves = leavesOf(boxes).map((box) => ({ path: box.path, at: layout.places.get(box.id)! }));
  const faults: string[] = [];
  leaves.forEach(({ path, at }, i) => {
    for (const other of leaves.slice(i + 1)) {
      if (overlap(at, other.at)) faults.push(`${path} covers ${other.path}`);
    }
    const isInside =
      at.x >= 0 &&
      at.y >= 0 &&
      at.x + at.width <= layout.width + slack &&
      at.y + at.height <= layout.height + slack;
    if (!isInside) faults.push(`${path} is outside`);
    for (const line of layout.lines) {
      if (segmentsOf(line).some((segment) => overlap(shrunk(at), segment))) {
        faults.push(`the line of ${line.tensor} runs through ${path}`);
      }
    }
  });
  faults.push(...framesCrossed({ boxes, wires }, layout));
  faults.push(...sharedStretches(layout.lines));
  const reached = layout.lines.filter(({ arrives }) => arrives).map(({ points }) => points.at(-1)!);
  const into = new Set(wires.map(({ to }) => to));
  for (const box of leavesOf(boxes)) {
    const at = layout.places.get(box.id)!;
    if (into.has(box.id) && !reached.some((end) => touches(end, at))) {
      faults.push(`no line arrives at ${box.path}`);
    }
  }
  return faults;
}

/** Lines that run through a frame although their tensor neither comes from it nor goes into it. */
function framesCrossed(
  { boxes, wires }: Pick<Diagram, 'boxes' | 'wires'>,
  { places, lines }: Layout,
): readonly string[] {
  const framesIn = (box: Box): readonly Box[] =>
    box.children.length === 0 ? [] : [box, ...box.children.flatMap(framesIn)];
  return boxes.flatMap(framesIn).flatMap(({ id, path, children }) => {
    const at = places.get(id);
    if (!at) return [];
    const inside = new Set(leavesOf(children).map((leaf) => leaf.id));
    const concerned = new Set(inside);
    for (const { from, to } of wires) if (inside.has(to)) concerned.add(from);
    return lines
      .filter(({ tensor }) => !concerned.has(tensor))
      .filter((line) => segmentsOf(line).some((segment) => overlap(shrunk(at), segment)))
      .map(({ tensor }) => `the line of ${tensor} runs through the frame ${path}`);
  });
}

const slack = 0.01;

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What is inside a box, without its border. */
const shrunk = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x + 0.5,
  y: y + 0.5,
  width: width - 1,
  height: height - 1,
});

const touches = ({ x, y }: Point, at: Rectangle): boolean =>
  x >= at.x - slack &&
  x <= at.x + at.width + slack &&
  y >= at.y - slack &&
  y <= at.y + at.height + slack;

/** Each stretch of a line as a thin rectangle. */
const segmentsOf = ({ points }: Connector): readonly Rectangle[] =>
  points.slice(1).map((point, i) => {
    const before = points[i]!;
    return {
      x: Math.min(before.x, point.x),
      y: Math.min(before.y, point.y),
      width: Math.max(Math.abs(before.x - point.x), slack),
      height: Math.max(Math.abs(before.y - point.y), slack),
    };
  });

/** Lines of two tensors that lie on one another for more than a point. */
function sharedStretches(lines: readonly Connector[]): readonly string[] {
  const stretches = new Map<string, { tensor: string; from: number; to: number }[]>();
  for (const line of lines) {
    for (const { x, y, width, height } of segmentsOf(line)) {
      const across = width > height;
      const key = across ? `y ${y.toFixed(1)}` : `x ${x.toFixed(1)}`;
      const [from, to] = across ? [x, x + width] : [y, y + height];
      const known = stretches.get(key) ?? [];
      stretches.set(key, [...known, { tensor: line.tensor, from, to }]);
    }
  }
  return [...stretches].flatMap(([key, all]) =>
    all.flatMap((a, i) =>
      all
        .slice(i + 1)
        .filter((b) => a.tensor !== b.tensor && a.from + 0.5 < b.to && b.from + 0.5 < a.to)
        .map((b) => `the lines of ${a.tensor} and ${b.tensor} lie on one another at ${key}`),
    ),
  );
}
