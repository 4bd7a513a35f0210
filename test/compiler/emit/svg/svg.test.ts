import sharp from 'sharp';
import { expect, test } from 'vitest';
import {
  type Box,
  type Diagram,
  diagramOf,
} from '../../../../src/compiler/emit/diagram/diagram.js';
import { layoutOf, type Rectangle } from '../../../../src/compiler/emit/svg/layout.js';
import { printSvg } from '../../../../src/compiler/emit/svg/svg.js';
import { compileText, modelOf } from '../../expand/texts.js';

const network = `block Pair(channels) (x) { x -> Conv(channels) -> relu }
block Shape(depth) (x) {
  let here = x -> Pair(4)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> Shape(depth - 1) as below -> upsample(2)
    (here, up) -> concat -> Pair(4)
  }
}
${modelOf('image -> Shape(3) -> Conv(1, padding: "same")')}`;

function drawn(text: string, depth: number): Diagram {
  const { graph, tree } = compileText(text);
  return diagramOf(graph!, tree!, depth);
}

const leaves = (boxes: readonly Box[]): readonly Box[] =>
  boxes.flatMap((box) => (box.children.length === 0 ? [box] : leaves(box.children)));

/** By the path of a leaf, its place. */
async function placed(diagram: Diagram) {
  const layout = await layoutOf(diagram);
  const places = new Map(
    leaves(diagram.boxes).map(({ id, path }) => [path, layout.places.get(id)!]),
  );
  return { layout, places };
}

test('a figure that a renderer reads, each leaf in it once', async () => {
  const diagram = drawn(network, 1);
  const svg = await printSvg(diagram);
  // librsvg refuses XML that is not well-formed.
  const { format, width } = await sharp(Buffer.from(svg)).metadata();
  expect(format).toBe('svg');
  expect(width).toBeGreaterThan(500);
  for (const { path } of leaves(diagram.boxes)) {
    expect(svg.split(`<title>${path}</title>`), path).toHaveLength(2);
  }
  expect(svg).toContain('>[N, H/8, W/8, 4]<');
});

test('characters of XML in arguments are escaped', async () => {
  const svg = await printSvg(drawn(modelOf('image -> Conv(1, init: "glorot_uniform")'), 1));
  expect(svg).toContain('init: &quot;glorot_uniform&quot;');
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('a recursion makes a U: each level under the one around it, down on the left and up on the right', async () => {
  const { places } = await placed(drawn(network, 1));
  const at = (path: string) => places.get(path)!;
  const levels = ['Shape', 'Shape/below', 'Shape/below/below'];
  for (const level of levels) {
    const [first, last] = [at(`${level}/Pair`), at(`${level}/Pair.2`)];
    const inner = at(`${level}/below/Pair`);
    expect(inner.y).toBeGreaterThan(first.y + first.height);
    expect(inner.y).toBeGreaterThan(last.y + last.height);
    expect(at(`${level}/maxPool`).y).toBeLessThan(inner.y);
    expect(at(`${level}/maxPool`).x).toBeLessThan(at(`${level}/upsample`).x);
    expect(first.x).toBeLessThan(inner.x);
    expect(inner.x).toBeLessThan(last.x);
  }
});

test.each([0, 1, 2])(
  'at depth %i no leaf covers another, and all are inside the figure',
  async (depth) => {
    const { layout, places } = await placed(drawn(network, depth));
    const all = [...places.values()];
    const apart = (a: Rectangle, b: Rectangle): boolean =>
      a.x + a.width <= b.x ||
      b.x + b.width <= a.x ||
      a.y + a.height <= b.y ||
      b.y + b.height <= a.y;
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) expect(apart(a, b)).toBe(true);
      expect(a.x + a.width).toBeLessThanOrEqual(layout.width);
      expect(a.y + a.height).toBeLessThanOrEqual(layout.height);
    });
  },
);

test('each leaf is reached by a line', async () => {
  const diagram = drawn(network, 1);
  const { layout, places } = await placed(diagram);
  const ends = layout.lines.filter(({ arrives }) => arrives).map(({ points }) => points.at(-1)!);
  for (const [path, { x, y, width, height }] of places) {
    if (path === 'image') continue;
    const touched = ends.some(
      (end) =>
        end.x >= x - 1 && end.x <= x + width + 1 && end.y >= y - 1 && end.y <= y + height + 1,
    );
    expect(touched, path).toBe(true);
  }
  expect(layout.lines.filter(({ skip }) => skip)).toHaveLength(3);
});
