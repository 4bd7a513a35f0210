import { expect, test } from 'vitest';
import { memoryOf } from '../../../src/compiler/cost/memory.js';
import { graphOf, modelOf } from '../expand/texts.js';

const size = { height: 8, width: 6 };
/** Bytes of a map of so many channels of one image of that size. */
const map = (channels: number): number => 4 * 8 * 6 * channels;

test('a training step keeps what a gradient reads, and nothing else', () => {
  // The second kernel's gradient reads the ReLU's result, and so does the ReLU's own; the sigmoid's reads its result.
  // Neither convolution's result is read, and the image is fed, not an activation.
  const graph = graphOf(
    modelOf('image -> Conv(4, bias: false) -> relu -> Conv(1, bias: false) -> sigmoid'),
  );
  expect(memoryOf(graph, size, 1).training).toBe(map(4) + map(1));
});

test('a convolution of the image alone keeps nothing', () => {
  const graph = graphOf(modelOf('image -> Conv(4)'));
  expect(memoryOf(graph, size, 1).training).toBe(0);
});

test('what no gradient flows through is not kept', () => {
  const graph = graphOf(modelOf('(image -> sigmoid -> tanh) + (image -> Conv(3))'));
  expect(memoryOf(graph, size, 1).training).toBe(0);
});

test('a prediction holds a value from its operation to its last use', () => {
  // conv (4), relu (4), maximum (1): the convolution's result is free before the maximum is taken.
  const chain = modelOf('image -> Conv(4, bias: false) -> relu -> channelMax');
  expect(memoryOf(graphOf(chain), size, 1).inference).toBe(map(4) + map(4));
  // Here it is used once more at the end, beside the ReLU's result and the sum.
  const skip = modelOf('c + (c -> relu)', 'let c = image -> Conv(4, bias: false)');
  expect(memoryOf(graphOf(skip), size, 1).inference).toBe(3 * map(4));
});

test('both grow with the batch', () => {
  const graph = graphOf(modelOf('image -> Conv(4) -> relu -> Conv(1)'));
  const one = memoryOf(graph, size, 1);
  expect(memoryOf(graph, size, 5)).toEqual({
    training: 5 * one.training,
    inference: 5 * one.inference,
  });
});
