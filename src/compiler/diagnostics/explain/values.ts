import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

const convUnit =
  'block ConvUnit(channels, kernel = 3) (x) { x -> Conv(channels, kernel: kernel) }\n\n';
const gate = (inner: string): string =>
  `block Gate(inner = ${inner}) (skip) { skip -> Conv(inner, kernel: 1) }\n\n`;

/** NET02xx: configuration and values. */
export const valueExplanations = {
  NET0201: {
    meaning:
      'The block or operation has no parameter of this name. The argument would have no effect, and the parameter that was meant would keep its default, so it is refused. See rule blocks-2 of the reference.',
    wrong: netOf('output mask = image -> Conv(8, kernal: 5)'),
    right: netOf('output mask = image -> Conv(8, kernel: 5)'),
  },
  NET0202: {
    meaning:
      'One parameter is given two arguments. Positions always count from the first parameter of the declaration, even in a second pair of brackets: ConvUnit(32)(64) gives channels twice, and 64 does not silently become the kernel. See rule blocks-2 of the reference.',
    wrong: `${convUnit}${netOf('let Unit = ConvUnit(32)', 'output mask = image -> Unit(64)')}`,
    right: `${convUnit}${netOf('let Unit = ConvUnit(32)', 'output mask = image -> Unit(kernel: 5)')}`,
  },
  NET0203: {
    meaning:
      'An argument without a name follows one with a name, so its position no longer says which parameter is meant. Arguments without names come first; after the first named argument, all others need names too. See rule blocks-2 of the reference.',
    wrong: netOf('output mask = image -> Conv(channels: 8, 5)'),
    right: netOf('output mask = image -> Conv(8, kernel: 5)'),
  },
  NET0204: {
    meaning:
      'There are more arguments than parameters. Tensors are not arguments: they come along an arrow. See rule blocks-2 of the reference.',
    wrong: netOf('output mask = image -> upsample(2, "nearest", 3)'),
    right: netOf('output mask = image -> upsample(2, "nearest")'),
  },
  NET0205: {
    meaning:
      'A parameter without a default comes after one with a default. Arguments may be given by position, so the default could never be used. Put required parameters first. See rule blocks-2 of the reference.',
    wrong: linesOf('block Unit(kernel = 3, channels) (x) { x -> Conv(channels, kernel: kernel) }'),
    right: linesOf('block Unit(channels, kernel = 3) (x) { x -> Conv(channels, kernel: kernel) }'),
  },
  NET0206: {
    meaning:
      'When the block is applied, one of its parameters has neither an argument nor a default. Arguments may be given in several places, as in let Unit = Conv(8), but all required ones must be there at the arrow. See rule blocks-5 of the reference.',
    wrong: netOf('output mask = image -> Conv(kernel: 1)'),
    right: netOf('output mask = image -> Conv(8, kernel: 1)'),
  },
  NET0207: {
    meaning:
      'Channels, kernels and counts are whole numbers, and / is real division: 5 / 2 is 2.5. A fraction is never rounded silently, because that would change the network. Use floor, ceil or round to say which way. See rule numbers-2 of the reference.',
    wrong: `${gate('skip.channels / 2')}${netOf('output mask = image -> Gate')}`,
    right: `${gate('floor(skip.channels / 2)')}${netOf('output mask = image -> Gate')}`,
  },
  NET0208: {
    meaning:
      'A value of one kind is used where another kind is required: a string for a number, a number for true or false, a tensor in a comparison. Configuration consists of numbers, strings, booleans, lists and blocks, and none of these converts to another. See rule values-1 of the reference.',
    wrong: netOf('output mask = image -> Conv(8, padding: "sane")'),
    right: netOf('output mask = image -> Conv(8, padding: "same")'),
  },
  NET0209: {
    meaning:
      'The value has no attribute of this name. A list has length, first, last, rest and reversed; a tensor has channels. Heights and widths are not available as numbers, because a network is written for all image sizes: resizeLike and cropLike take them from a tensor. See rule numbers-4 of the reference.',
    wrong: netOf('output mask = image -> Conv(image.chanels)'),
    right: netOf('output mask = image -> Conv(image.channels)'),
  },
  NET0210: {
    meaning:
      'The list has no entry at this index. Entries are counted from 0, so the last of three is entry 2. An empty list has neither a first nor a last entry. See rule numbers-4 of the reference.',
    wrong: netOf('let widths = [8, 16, 32]', 'output mask = image -> Conv(widths[3])'),
    right: netOf('let widths = [8, 16, 32]', 'output mask = image -> Conv(widths.last)'),
  },
  NET0211: {
    meaning:
      'The number of names differs from the number of values, or several values are used where one is required. (a, b) is two values side by side, for an arrow, the states of a loop or a pattern; it is not a value itself. A pattern after let also takes apart a list with the same number of entries. See rule values-3 of the reference.',
    wrong: netOf('let (pooled, switches) = image -> maxPool(2)', 'output mask = pooled'),
    right: netOf(
      'let (pooled, switches) = image -> maxPoolWithSwitches(2)',
      'output mask = pooled',
    ),
  },
  NET0212: {
    meaning:
      'A tensor is given as an argument. The brackets after a name hold configuration, which is fixed before the network runs. Tensors come only along arrows, into the last list of a block. See rule blocks-3 of the reference.',
    wrong: linesOf(
      'block Join(skip) (x) { (x, skip) -> concat }',
      '',
      netOf('let deep = image -> Conv(3)', 'output mask = deep -> Join(image)'),
    ),
    right: linesOf(
      'block Join(x, skip) { (x, skip) -> concat }',
      '',
      netOf('let deep = image -> Conv(3)', 'output mask = (deep, image) -> Join'),
    ),
  },
  NET0213: {
    meaning:
      'A block states a requirement on its arguments, and they do not meet it. The message was written by the author of the block; the values it depends on are shown with it. See rule blocks-6 of the reference.',
    wrong: linesOf(
      'block Deep(depth) (x) {',
      '  require depth >= 1, "depth counts the halvings, and one is the least"',
      '  repeat depth with s = x { s -> maxPool(2) }',
      '}',
      '',
      netOf('output mask = image -> Deep(0)'),
    ),
    right: linesOf(
      'block Deep(depth) (x) {',
      '  require depth >= 1, "depth counts the halvings, and one is the least"',
      '  repeat depth with s = x { s -> maxPool(2) }',
      '}',
      '',
      netOf('output mask = image -> Deep(1)'),
    ),
  },
  NET0214: {
    meaning:
      'A number is outside the range that makes sense in this place: a convolution with 0 channels, a dropout of everything, a repeat of -1 steps, a division by 0. See rule numbers-1 of the reference.',
    wrong: netOf('output mask = image -> dropout(1)'),
    right: netOf('output mask = image -> dropout(0.5)'),
  },
} satisfies Explanations;
