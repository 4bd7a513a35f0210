import { describe, expect, test } from 'vitest';
import {
  type Box,
  type Diagram,
  diagramOf,
} from '../../../../src/compiler/emit/diagram/diagram.js';
import { printDot } from '../../../../src/compiler/emit/dot/dot.js';
import { printJson } from '../../../../src/compiler/emit/json/diagram.js';
import { printMermaid } from '../../../../src/compiler/emit/mermaid/mermaid.js';
import { compileText, modelOf } from '../../expand/texts.js';

const u = `block Pair(channels) (x) { x -> Conv(channels) -> relu }
block Twice(x) { repeat 2 with s = x { s + (s -> Conv(4)) } }
block Shape(depth) (x) {
  let here = x -> Pair(4)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> Shape(depth - 1) as below -> upsample(2)
    (here, up) -> concat -> Pair(4)
  }
}
`;
const network = u + modelOf('image -> Shape(2) -> Twice', 'let lost = image -> Pair(9)', 4);

function drawn(text: string, depth?: number): Diagram {
  const { graph, tree } = compileText(text);
  return diagramOf(graph!, tree!, depth);
}

const leaves = (boxes: readonly Box[]): readonly Box[] =>
  boxes.flatMap((box) => (box.children.length === 0 ? [box] : leaves(box.children)));
const all = (boxes: readonly Box[]): readonly Box[] =>
  boxes.flatMap((box) => [box, ...all(box.children)]);
const pathsAt = (depth: number): readonly string[] =>
  leaves(drawn(network, depth).boxes).map(({ path }) => path);

describe('folding', () => {
  test('at depth 0 each block of the model is one box', () => {
    expect(pathsAt(0)).toEqual(['image', 'Shape', 'Twice', 'mask']);
  });

  test('a block in itself is no level deeper: the whole U unfolds at once', () => {
    expect(pathsAt(1).filter((path) => path.startsWith('Shape'))).toEqual([
      'Shape/Pair',
      'Shape/maxPool',
      'Shape/below/Pair',
      'Shape/below/maxPool',
      'Shape/below/below/Pair',
      'Shape/below/upsample',
      'Shape/below/concat',
      'Shape/below/Pair.2',
      'Shape/upsample',
      'Shape/concat',
      'Shape/Pair.2',
    ]);
  });

  test('nor is a step of a loop', () => {
    expect(pathsAt(1).filter((path) => path.startsWith('Twice'))).toEqual([
      'Twice/s[0]/Conv',
      'Twice/s[0]/+',
      'Twice/s[1]/Conv',
      'Twice/s[1]/+',
    ]);
  });

  test('what no output depends on is not drawn', () => {
    expect(pathsAt(9).filter((path) => path.startsWith('Pair'))).toEqual([]);
  });

  test('without a depth it stays legible, however large the network is', () => {
    const wide = (n: number) =>
      modelOf(`repeat ${n} with s = image { s -> Stage }`, '', 4).replace(
        'model',
        'block Stage(x) { repeat 9 with s = x { s -> Conv(4) -> relu } }\nmodel',
      );
    expect(leaves(drawn(wide(1)).boxes)).toHaveLength(2 + 18);
    expect(leaves(drawn(wide(12)).boxes)).toHaveLength(2 + 12);
    expect(leaves(drawn(wide(12), 1).boxes)).toHaveLength(2 + 12 * 18);
  });
});

test('a box says its block, its arguments and what it gives', () => {
  const box = all(drawn(network, 1).boxes).find(({ path }) => path === 'Shape/below/Pair');
  expect(box).toMatchObject({
    kind: 'block',
    title: 'Pair',
    configuration: [['channels', '4']],
    shapes: ['[N, H/2, W/2, 4]'],
    recursive: false,
  });
  const below = all(drawn(network, 1).boxes).find(({ path }) => path === 'Shape/below');
  expect(below).toMatchObject({ kind: 'block', title: 'Shape', recursive: true });
});

test('wires tell where shapes change and what passes others by', () => {
  const { boxes, wires } = drawn(network, 1);
  const path = new Map(leaves(boxes).map(({ id, path }) => [id, path]));
  const wire = (from: string, to: string) =>
    wires.find((wire) => path.get(wire.from) === from && path.get(wire.to) === to);
  expect(wire('Shape/Pair', 'Shape/maxPool')).toMatchObject({ changed: false, skip: false });
  expect(wire('Shape/maxPool', 'Shape/below/Pair')).toMatchObject({ changed: true });
  expect(wire('Shape/Pair', 'Shape/concat')).toMatchObject({ shape: '[N, H, W, 4]', skip: true });
  expect(wire('Shape/upsample', 'Shape/concat')).toMatchObject({ skip: false });
  expect(wires.filter(({ skip }) => skip)).toHaveLength(2 + 2);
});

describe('other programs draw it', () => {
  const diagram = drawn(network, 1);
  const boxes = all(diagram.boxes);
  const frames = boxes.filter(({ children }) => children.length > 0);

  test('JSON holds the diagram', () => {
    expect(JSON.parse(printJson(diagram))).toEqual(diagram);
  });

  test('Mermaid: each box once, subgraphs closed, each wire an arrow', () => {
    const lines = printMermaid(diagram).trimEnd().split('\n');
    expect(lines.slice(0, 4)).toEqual(['---', 'title: "Net"', '---', 'flowchart TB']);
    const of = (pattern: RegExp) => lines.filter((line) => pattern.test(line));
    expect(of(/^ +subgraph b\d+\[".*"\]$/)).toHaveLength(frames.length);
    expect(of(/^ +end$/)).toHaveLength(frames.length);
    expect(of(/^ +b\d+(\[|\(\[)"[^"]*"(\]|\]\))$/)).toHaveLength(boxes.length - frames.length);
    expect(of(/^ {2}b\d+ (-->|-\.->)(\|"[^"]*"\|)? b\d+$/)).toHaveLength(diagram.wires.length);
    expect(lines).toContain('    b2["Pair<br/>channels: 4<br/>[N, H, W, 4]"]');
  });

  test('Graphviz: each box once, braces closed, each wire an edge', () => {
    const text = printDot(diagram);
    const lines = text.trimEnd().split('\n');
    const of = (pattern: RegExp) => lines.filter((line) => pattern.test(line));
    expect(text.match(/{/g)).toHaveLength(frames.length + 1);
    expect(text.match(/}/g)).toHaveLength(frames.length + 1);
    expect(of(/^ +b\d+ \[label="/)).toHaveLength(boxes.length - frames.length);
    expect(of(/^ +subgraph cluster_b\d+ {$/)).toHaveLength(frames.length);
    expect(of(/^ {2}b\d+ -> b\d+( \[.*\])?;$/)).toHaveLength(diagram.wires.length);
    expect(text).toContain('b2 [label="Pair\\nchannels: 4\\n[N, H, W, 4]"];');
  });

  test('quotes in arguments do not end a label', () => {
    const quoting = drawn(modelOf('image -> Conv(1, padding: "valid")'));
    expect(printDot(quoting)).toContain('padding: \\"valid\\"');
    expect(printMermaid(quoting)).toContain('padding: #quot;valid#quot;');
  });
});
