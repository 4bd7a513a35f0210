import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { geometryOf } from '../../../src/runtime/networks/geometry.js';

function graphOf(statement: string): Graph {
  const text = `model M {\n  input image: [N, H, W, 3]\n  ${statement}\n}\n`;
  const { graph, diagnostics } = compileModel('m.net', {
    read: (path) => ({ path, text }),
    resolve: (_, specifier) => specifier,
  });
  if (!graph) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graph;
}

describe('the geometry of a network', () => {
  it('knows the next size that it takes', () => {
    const { roundUp, margin, channels } = geometryOf(
      graphOf('output mask = image -> maxPool(2) -> maxPool(2) -> upsample(4) -> Conv(1)'),
    );
    expect({ margin, channels }).toEqual({ margin: 0, channels: 3 });
    expect(roundUp(584, 565)).toEqual([584, 568]);
  });

  it('knows how much narrower the output is', () => {
    const { margin } = geometryOf(
      graphOf('output mask = image -> Conv(4, padding: "valid") -> Conv(1, padding: "valid")'),
    );
    expect(margin).toBe(2);
  });

  it('knows the smallest size that leaves something of the image', () => {
    const { roundUp } = geometryOf(
      graphOf('output mask = image -> Conv(4, kernel: 9, padding: "valid") -> Conv(1)'),
    );
    expect(roundUp(4, 64)).toEqual([9, 64]);
  });

  it('refuses what is no map of the image, with the reason', () => {
    expect(() => geometryOf(graphOf('output mask = image -> maxPool(2) -> Conv(1)'))).toThrow(
      /mask is neither as large as its input nor evenly narrower/,
    );
  });

  it('has as many classes as the scored output has channels', () => {
    const { classes } = geometryOf(graphOf('output mask = image -> Conv(4) -> softmax'));
    expect(classes).toBe(4);
  });

  it('is that of the named output, of the first where none is named, of the last of a list', () => {
    const text = `let a = image -> Conv(1)
  output half = a -> maxPool(2)
  output masks = [a -> sigmoid, image -> Conv(2)]`;
    expect(geometryOf(graphOf(text), 'masks')).toMatchObject({ output: 'masks[1]', classes: 2 });
    expect(geometryOf(graphOf(text), 'masks[0]')).toMatchObject({ output: 'masks[0]', classes: 1 });
    expect(geometryOf(graphOf(text), 'masks').outputs).toEqual(['half', 'masks[0]', 'masks[1]']);
    expect(() => geometryOf(graphOf(text))).toThrow(/its output half is neither as large/);
  });
});
