import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

/** NET04xx: shapes and sizes. */
export const sizeExplanations = {
  NET0401: {
    meaning:
      'A block or an operation cannot work on tensors of these sizes: maps of different heights side by side in concat, groups that do not divide the channels, a window larger than its input. The shapes stand at the places where the tensors are made.',
    wrong: netOf('output mask = (image, image -> maxPool(2)) -> concat'),
    right: netOf('output mask = (image, image -> maxPool(2) -> upsample(2)) -> concat'),
  },
  NET0402: {
    meaning:
      'Two tensors meet in + or - and differ in a size. Only * and / spread a size of 1 over the other tensor, as a gate does; under + a map of one channel and one of 64 are most likely a mistake, and silently spread would train a wrong network.',
    wrong: netOf('output mask = (image -> Conv(8)) + image'),
    right: netOf('output mask = (image -> Conv(8)) + (image -> Conv(8, kernel: 1))'),
  },
  NET0403: {
    meaning:
      'A size is divided and the result is not whole. Pooling by 2 wants an even height and width. With sizes as symbols, [N, H, W, 3], netc finds out which image sizes fit; with numbers, the numbers have to.',
    wrong: linesOf(
      'model Net {',
      '  input image: [1, 18, 36, 3]',
      '  output mask = image -> maxPool(2) -> maxPool(2)',
      '}',
    ),
    right: linesOf(
      'model Net {',
      '  input image: [1, 16, 36, 3]',
      '  output mask = image -> maxPool(2) -> maxPool(2)',
      '}',
    ),
  },
  NET0404: {
    meaning:
      'Two lines demand of one size what no number can be: an even height for a pooling, and an odd one for a convolution of stride 2 without padding. Each demand stands with its line; one of the two has to change.',
    wrong: netOf(
      'output even = image -> maxPool(2)',
      'output odd = image -> Conv(4, stride: 2, padding: "valid")',
    ),
    right: netOf(
      'output even = image -> maxPool(2)',
      'output odd = image -> Conv(4, stride: 2, padding: "same")',
    ),
  },
  NET0405: {
    meaning:
      'The shape of an input is [batch, height, width, channels]: three sizes, mostly the symbols N, H and W, and the number of channels.',
    wrong: linesOf('model Net {', '  input image: [N, H, W]', '  output mask = image -> relu', '}'),
    right: linesOf(
      'model Net {',
      '  input image: [N, H, W, 1]',
      '  output mask = image -> relu',
      '}',
    ),
  },
} satisfies Explanations;
