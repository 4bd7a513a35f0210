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
      'An argument is named that the block or operation does not have. It would have no effect, and the parameter that was meant would keep its default, so it is refused.',
    wrong: netOf('output mask = image -> Conv(8, kernal: 5)'),
    right: netOf('output mask = image -> Conv(8, kernel: 5)'),
  },
  NET0202: {
    meaning:
      'One parameter has two arguments. Positions always count from the first parameter of the declaration, also in a second pair of brackets: ConvUnit(32)(64) gives channels twice, and 64 does not silently become the kernel.',
    wrong: `${convUnit}${netOf('let Unit = ConvUnit(32)', 'output mask = image -> Unit(64)')}`,
    right: `${convUnit}${netOf('let Unit = ConvUnit(32)', 'output mask = image -> Unit(kernel: 5)')}`,
  },
  NET0203: {
    meaning:
      'After an argument with a name, a position says no longer which parameter is meant. Arguments without names come first; from the first named one on, each has its name.',
    wrong: netOf('output mask = image -> Conv(channels: 8, 5)'),
    right: netOf('output mask = image -> Conv(8, kernel: 5)'),
  },
  NET0204: {
    meaning:
      'There are more arguments than parameters. Tensors are no arguments: they come along an arrow.',
    wrong: netOf('output mask = image -> upsample(2, "nearest", 3)'),
    right: netOf('output mask = image -> upsample(2, "nearest")'),
  },
  NET0205: {
    meaning:
      'A parameter without a default stands after one that has a default. Arguments are given by position, so the one that may be left out could not be left out. Required parameters come first.',
    wrong: linesOf('block Unit(kernel = 3, channels) (x) { x -> Conv(channels, kernel: kernel) }'),
    right: linesOf('block Unit(channels, kernel = 3) (x) { x -> Conv(channels, kernel: kernel) }'),
  },
  NET0206: {
    meaning:
      'A parameter has neither an argument nor a default when the block is fed. Arguments may be given in several places, as in let Unit = Conv(8), but all that are required must be there at the arrow.',
    wrong: netOf('output mask = image -> Conv(kernel: 1)'),
    right: netOf('output mask = image -> Conv(8, kernel: 1)'),
  },
  NET0207: {
    meaning:
      'Channels, kernels and counts are whole numbers, and / is real division: 5 / 2 is 2.5. A fraction is never rounded in silence, because it would change the network; floor, ceil and round say which way.',
    wrong: `${gate('skip.channels / 2')}${netOf('output mask = image -> Gate')}`,
    right: `${gate('floor(skip.channels / 2)')}${netOf('output mask = image -> Gate')}`,
  },
  NET0208: {
    meaning:
      'A value of one kind stands where another kind is wanted: a string for a number, a number for true or false, a tensor beside a comparison. The values of the configuration are numbers, strings, booleans, lists and blocks, and none turns into another.',
    wrong: netOf('output mask = image -> Conv(8, padding: "sane")'),
    right: netOf('output mask = image -> Conv(8, padding: "same")'),
  },
  NET0209: {
    meaning:
      'After a dot stands something that the value does not have. A list has length, first, last, rest and reversed; a tensor has channels. Heights and widths are no numbers in a file, since a network is written for all image sizes: resizeLike and cropLike take them from a tensor.',
    wrong: netOf('output mask = image -> Conv(image.chanels)'),
    right: netOf('output mask = image -> Conv(image.channels)'),
  },
  NET0210: {
    meaning:
      'A list has no entry at this place. Entries count from 0, so the last of three is entry 2; an empty list has neither a first nor a last one.',
    wrong: netOf('let widths = [8, 16, 32]', 'output mask = image -> Conv(widths[3])'),
    right: netOf('let widths = [8, 16, 32]', 'output mask = image -> Conv(widths.last)'),
  },
  NET0211: {
    meaning:
      'The numbers of names and of values do not agree, or several values stand where one is wanted. (a, b) is two values side by side, for an arrow, the states of a loop or a pattern, and not a value itself. A pattern of `let` takes a list of as many entries apart too.',
    wrong: netOf('let (pooled, switches) = image -> maxPool(2)', 'output mask = pooled'),
    right: netOf(
      'let (pooled, switches) = image -> maxPoolWithSwitches(2)',
      'output mask = pooled',
    ),
  },
  NET0212: {
    meaning:
      'A tensor is given as an argument. Brackets after a name hold configuration, which is fixed before the network runs; tensors come only along arrows, into the last list of a block.',
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
      'A block requires something of its arguments, and it does not hold here. The words are those of its author; the values that were asked stand beside them.',
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
      'A number is outside what makes sense in its place: a convolution with 0 channels, a dropout of everything, a repeat of -1 steps, a division by 0.',
    wrong: netOf('output mask = image -> dropout(1)'),
    right: netOf('output mask = image -> dropout(0.5)'),
  },
} satisfies Explanations;
