import { expect, test } from 'vitest';
import { printFolded } from '../../../../src/compiler/emit/text/folded.js';
import { compileText, modelOf } from '../../expand/texts.js';

const layers = `block Layer(channels, steps = 2) (x) {
  shared kernel = Conv(channels)
  repeat steps with state = x -> kernel -> relu { (x + state) -> kernel -> relu }
}
block Gate(x) { x * (x -> Conv(1, kernel: 1) as query -> sigmoid) }
`;
const network = layers + modelOf('image -> Apply(Layer)', 'let lost = image -> Gate', 4);
const text = `block Apply(Unit) (x) { x -> Unit(4) -> Gate -> maxPool(2) }\n${network}`;

test('the tree of instances: configuration, shapes, weights; steps that read the same once', () => {
  const { graph, tree } = compileText(text);
  expect(printFolded(graph!, tree!)).toBe(`model Net, 153 weights
image [N, H, W, 4] -> mask [N, H/2, W/2, 4]
sizes N, H = 2k, W = 2k

Apply(Unit: Layer) -> [N, H/2, W/2, 4], 153 weights
  Unit = Layer(channels: 4, steps: 2) -> [N, H, W, 4], 148 weights
    kernel = Conv(channels: 4) -> [N, H, W, 4], 148 weights
    relu -> [N, H, W, 4]
    state[0..1]
      + -> [N, H, W, 4]
      kernel = Conv(channels: 4) -> [N, H, W, 4]
      relu -> [N, H, W, 4]
  Gate -> [N, H, W, 4], 5 weights
    query = Conv(channels: 1, kernel: 1) -> [N, H, W, 1], 5 weights
    sigmoid -> [N, H, W, 1]
    * -> [N, H, W, 4]
  maxPool -> [N, H/2, W/2, 4]
`);
});

test('steps that differ are written one by one', () => {
  const steps = modelOf('for c in [1, 1, 2] { image -> Conv(c) }');
  const { graph, tree } = compileText(steps);
  const heads = printFolded(graph!, tree!).match(/^c\[.*$/gm);
  expect(heads).toEqual(['c[0..1]', 'c[2]']);
});
