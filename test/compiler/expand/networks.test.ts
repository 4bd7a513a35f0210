import { expect, test } from 'vitest';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { graphOf, modelOf, opsOf, pathsOf } from './texts.js';

// Networks outside the U-Net family, each for what it asks of the language.

test('a ConvLSTM is a fold over a sequence with two states (Shi et al. 2015)', () => {
  const graph = graphOf(`block Cell(hidden) (x, h, c) {
  shared gates = Conv(4 * hidden)
  let parts = (x, h) -> concat -> gates -> split(4)
  let next = (parts[1] -> sigmoid) * c + (parts[0] -> sigmoid) * (parts[3] -> tanh)
  ((parts[2] -> sigmoid) * (next -> tanh), next)
}
block ConvLstm(hidden) (sequence) {
  shared cell = Cell(hidden)
  let zero = sequence.first -> zeros(hidden)
  let (last, _) = for x in sequence with (hidden_, cell_) = (zero, zero) {
    (x, hidden_, cell_) -> cell
  }
  last
}
${modelOf('[image, image, image] -> ConvLstm(8)')}`);
  expect(pathsOf(graph)).toEqual(['ConvLstm/cell/gates/kernel', 'ConvLstm/cell/gates/bias']);
  expect(opsOf(graph).filter((op) => op === 'conv')).toHaveLength(3);
});

test("CBAM's channel attention uses one bottleneck twice (Woo et al. 2018)", () => {
  const graph = graphOf(`block Bottleneck(reduction) (x) {
  x -> Conv(x.channels / reduction, kernel: 1) -> relu -> Conv(x.channels, kernel: 1)
}
block ChannelAttention(reduction = 4) (x) {
  shared mlp = Bottleneck(reduction)
  x * (((x -> globalAverage -> mlp) + (x -> globalMax -> mlp)) -> sigmoid)
}
${modelOf('image -> Conv(16) -> ChannelAttention')}`);
  expect(pathsOf(graph).slice(2)).toEqual([
    'ChannelAttention/mlp/Conv/kernel',
    'ChannelAttention/mlp/Conv/bias',
    'ChannelAttention/mlp/Conv.2/kernel',
    'ChannelAttention/mlp/Conv.2/bias',
  ]);
});

test('UNet++ is a fold over rows (Zhou et al. 2018), with deep supervision as a list of outputs', () => {
  const graph = graphOf(`block Row(channels) (above) {
  for i in range(above.length - 1) with row = [] {
    let below = above[i + 1] -> upsample(2)
    [...row, [above[i], below] -> concat -> Conv(channels[i]) -> relu]
  }
}
block Nested(channels) (x) {
  let backbone = for i in range(channels.length) with maps = [] {
    let source = if i == 0 { x } else { maps.last -> maxPool(2) }
    [...maps, source -> Conv(channels[i]) -> relu]
  }
  let (_, heads) = repeat channels.length - 1 with (row, tops) = (backbone, []) {
    let next = row -> Row(channels)
    (next, [...tops, next.first])
  }
  heads
}
model Plus(channels = [4, 8, 16]) {
  input image: [N, H, W, 3]
  let nodes = image -> Nested(channels)
  output masks = for node in nodes { node -> Conv(1, kernel: 1) -> sigmoid }
}`);
  expect(graph.outputs.map(({ name, value }) => `${name} ${printShape(value.type.shape)}`)).toEqual(
    ['masks[0] [N, H, W, 1]', 'masks[1] [N, H, W, 1]'],
  );
  expect(opsOf(graph).filter((op) => op === 'concat')).toHaveLength(3);
  expect(graph.symbols[1]).toEqual({ symbol: 'H', modulus: 4, remainder: 0 });
});
