import { describe, expect, test } from 'vitest';
import { diagramOf } from '../../../../src/compiler/emit/diagram/diagram.js';
import { layoutOf } from '../../../../src/compiler/emit/drawing/layout.js';
import { compact, full, plain } from '../../../../src/compiler/emit/drawing/style.js';
import { modelOf } from '../../expand/texts.js';
import { drawnText, faultsOf, leavesOf, networks, placesOf, shipped } from './drawn.js';

const u = `block Pair(channels) (x) { x -> Conv(channels) -> relu }
block Shape(depth) (x) {
  let here = x -> Pair(4)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> Shape(depth - 1) as below -> upsample(2)
    (here, up) -> concat -> Pair(4)
  }
}
${modelOf('image -> Shape(3) -> Conv(1, padding: "same")')}`;

describe.each(networks)('%s', (file) => {
  const { graph, tree } = shipped(file);

  test.each([0, 1, 2, 3, 4])(
    'at depth %i no line runs through a box or on a line of another tensor, and no box covers another',
    (depth) => {
      const diagram = diagramOf(graph, tree, depth);
      for (const style of [full, plain, compact]) {
        expect(faultsOf(diagram, layoutOf(diagram, style)).slice(0, 5)).toEqual([]);
      }
    },
  );
});

describe.each([
  ['full', full],
  ['compact', compact],
])('a U-Net, %s', (_, style) => {
  const places = placesOf(drawnText(u, 1), style);
  const at = (path: string) => places.get(path)!;
  const middle = (path: string) => at(path).y + at(path).height / 2;
  const levels = ['Shape', 'Shape/below', 'Shape/below/below'];

  test.each(levels)('%s: its two sides are in one row', (level) => {
    expect(middle(`${level}/Pair.2`)).toBeCloseTo(middle(`${level}/Pair`));
    expect(middle(`${level}/concat`)).toBeCloseTo(middle(`${level}/Pair`));
    expect(at(`${level}/Pair`).x).toBeLessThan(at(`${level}/Pair.2`).x);
  });

  test.each(levels)(
    '%s: what halves is under it on the left, what doubles on the right',
    (level) => {
      const inner = at(`${level}/below/Pair`);
      for (const stair of ['maxPool', 'upsample']) {
        expect(at(`${level}/${stair}`).y).toBeGreaterThan(at(`${level}/Pair`).y);
        expect(at(`${level}/${stair}`).y).toBeLessThan(inner.y);
      }
      expect(at(`${level}/maxPool`).x).toBeLessThan(at(`${level}/upsample`).x);
    },
  );
});

test('UNet++ is a triangle: a row for each size, each a node shorter than the one above', () => {
  const { graph, tree } = shipped('examples/unet-plus-plus.net');
  const diagram = diagramOf(graph, tree, 0);
  const { places } = layoutOf(diagram, compact);
  const nodes = leavesOf(diagram.boxes).filter(({ title }) => title === 'DoubleConv');
  const rows = new Map<number, number>();
  for (const { id } of nodes) {
    const { y, height } = places.get(id)!;
    const row = Math.round(y + height / 2);
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  const lengths = [...rows].sort(([a], [b]) => a - b).map(([, count]) => count);
  expect(lengths).toEqual([5, 4, 3, 2, 1]);
});

describe('a recurrence', () => {
  const recurrent = `block Recurrent(x) {
  shared kernel = Conv(4)
  repeat 3 with state = x -> kernel { (x + state) -> kernel -> relu }
}
${modelOf('image -> Conv(4) -> Recurrent -> Conv(1)')}`;
  const diagram = drawnText(recurrent, 1);

  test('is a frame around one step, which says how many there are', () => {
    const paths = leavesOf(diagram.boxes).map(({ path }) => path);
    expect(paths.filter((path) => path.includes('state['))).toEqual([
      'Recurrent/state[0]/+',
      'Recurrent/state[0]/kernel',
      'Recurrent/state[0]/relu',
    ]);
  });

  test('a line leads from the end of the step to its beginning', () => {
    const back = layoutOf(diagram, compact).lines.filter((line) => line.back);
    expect(back).toHaveLength(1);
    const { points } = back[0]!;
    expect(points.at(-1)!.x).toBeLessThan(points[0]!.x);
    expect(faultsOf(diagram, layoutOf(diagram, full))).toEqual([]);
  });

  test('steps with weights of their own are drawn one by one', () => {
    const own = modelOf('repeat 3 with s = image { s -> Conv(3) }');
    expect(leavesOf(drawnText(own).boxes)).toHaveLength(2 + 3);
  });
});

test('what uses the same weights has the same number, what shares none has none', () => {
  const body = 'shared twin = Conv(3)\n  let a = image -> twin\n  let b = (a -> relu) -> twin';
  const leaves = leavesOf(drawnText(modelOf('(a + b) -> Conv(1)', body)).boxes);
  const shared = leaves.filter((leaf) => leaf.shared !== null);
  expect(shared.map(({ title }) => title)).toEqual(['Conv', 'Conv']);
  expect(new Set(shared.map((leaf) => leaf.shared)).size).toBe(1);
});
