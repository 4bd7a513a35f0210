import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

/** NET04xx: shapes and sizes. */
export const sizeExplanations = {
  NET0401: {
    meaning:
      'A block or an operation cannot work with tensors of these sizes: maps of different heights in concat, groups that do not divide the channels, a window larger than its input. The message shows the shapes at the places where the tensors are made. See rule sizes-3 of the reference.',
    wrong: netOf('output mask = (image, image -> maxPool(2)) -> concat'),
    right: netOf('output mask = (image, image -> maxPool(2) -> upsample(2)) -> concat'),
  },
  NET0402: {
    meaning:
      'Two tensors are added or subtracted and differ in a size. Only * and / spread a size of 1 over the other tensor, as for a gate. Adding a map of one channel to one of 64 is most likely an error, and spreading it silently would train the wrong network. See rule numbers-5 of the reference.',
    wrong: netOf('output mask = (image -> Conv(8)) + image'),
    right: netOf('output mask = (image -> Conv(8)) + (image -> Conv(8, kernel: 1))'),
  },
  NET0403: {
    meaning:
      'A size is divided and the result is not whole. Pooling by 2 needs an even height and width. If the sizes are symbols, as in [N, H, W, 3], netc works out which image sizes fit; if they are numbers, the numbers have to fit. See rule sizes-2 of the reference.',
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
      'Two lines make demands on one size that no number can meet, such as an even height for a pooling and an odd one for a convolution of stride 2 without padding. The message shows each demand with its line. Change one of the two. See rule sizes-2 of the reference.',
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
      'The shape of an input is [batch, height, width, channels]: three sizes, usually the symbols N, H and W, and the number of channels. See rule models-2 of the reference.',
    wrong: linesOf('model Net {', '  input image: [N, H, W]', '  output mask = image -> relu', '}'),
    right: linesOf(
      'model Net {',
      '  input image: [N, H, W, 1]',
      '  output mask = image -> relu',
      '}',
    ),
  },
  NET0407: {
    meaning:
      'Sizes are computed exactly, and end where the engines end: at 2,147,483,647. A size beyond that belongs to no image and no layer; usually a number has some zeros too many, or a loop multiplies a size in every step. Windows and strides that only such images could be divided by are refused too. See rule sizes-1 of the reference.',
    wrong: netOf('output mask = image -> upsample(100000) -> upsample(100000) -> Conv(1)'),
    right: netOf('output mask = image -> upsample(10) -> upsample(10) -> Conv(1)'),
  },
} satisfies Explanations;
