import { expect, test } from 'vitest';
import { costsByBlock } from '../../../src/compiler/cost/by-block.js';
import { costsByLine } from '../../../src/compiler/cost/by-line.js';
import { costOf } from '../../../src/compiler/cost/cost.js';
import { memoryOf } from '../../../src/compiler/cost/memory.js';
import { addAmounts, noAmounts, sharesOf } from '../../../src/compiler/cost/shares.js';
import { graphOf } from '../expand/texts.js';

const text = `block Layer(channels, steps = 2) (x) {
  shared kernel = Conv(channels)
  repeat steps with state = x -> kernel -> BatchNorm -> relu {
    (x + state) -> kernel -> relu
  }
}
block Gate(x) { x * (x -> Conv(1, kernel: 1) as query -> sigmoid) }
model Net {
  input image: [N, H, W, 4]
  let deep = image -> Layer(4) -> Gate
  output mask = deep -> maxPool(2) -> Gate
}`;
const graph = graphOf(text);
const size = { height: 8, width: 8 };
const shares = sharesOf(graph, size, 2);
const total = {
  ...costOf(graph, size),
  kept: memoryOf(graph, size, 2).training,
};

test('blocks hold what is inside them; the model holds all', () => {
  const blocks = costsByBlock(shares);
  const { path, block, ...all } = blocks[0]!;
  expect([path, block]).toEqual(['', null]);
  expect(all).toEqual(total);
  const at = new Map(blocks.map((cost) => [cost.path, cost]));
  // Three 3x3 convolutions of 4 to 4 channels with one kernel and bias, and scale and shift.
  expect(at.get('Layer')).toMatchObject({
    block: 'Layer',
    parameters: 3 * 3 * 4 * 4 + 4 + 2 * 4,
    state: 2 * 4,
    multiplyAdds: 3 * (8 * 8 * 3 * 3 * 4 * 4),
  });
  // The shared convolution owns its three uses; a step owns the sum and the ReLU.
  expect(at.get('Layer/kernel')?.multiplyAdds).toBe(at.get('Layer')?.multiplyAdds);
  expect(at.get('Layer/state[1]')).toMatchObject({ block: null, multiplyAdds: 0, operations: 2 });
  expect(at.get('Gate.2/query')).toMatchObject({
    block: 'Conv',
    parameters: 5,
    multiplyAdds: 4 * 4 * 4,
  });
  const paths = blocks.map(({ path }) => path);
  expect(paths.indexOf('Layer')).toBeLessThan(paths.indexOf('Layer/kernel'));
});

test('what lines apply themselves adds up to the model', () => {
  const lines = costsByLine(shares);
  expect(lines.map(({ own }) => own).reduce(addAmounts, noAmounts)).toEqual(total);
});

test('a line holds its own operations and those inside the blocks that it applies', () => {
  const lines = costsByLine(shares);
  expect(lines.map(({ line }) => line)).toEqual([3, 4, 7, 10, 11]);
  const [, step, gate, deep, mask] = lines;
  expect(step).toMatchObject({ file: 'main.net', text: '(x + state) -> kernel -> relu' });
  expect(step!.own).toMatchObject({ parameters: 0, multiplyAdds: 2 * (8 * 8 * 9 * 16) });
  // Both gates come from one line of the text.
  expect(gate!.own.parameters).toBe(2 * 5);
  expect(deep!.own.operations).toBe(0);
  expect(deep!.all.parameters).toBe(total.parameters - 5);
  expect(mask!.own).toMatchObject({ operations: 1, parameters: 0 });
  expect(mask!.all.parameters).toBe(5);
});
