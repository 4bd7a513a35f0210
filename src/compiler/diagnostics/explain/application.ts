import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

const pair = 'block Pair(a, b) { (a, b) -> concat -> Conv(4) }\n\n';
const down = (rest: string): string =>
  linesOf(
    'block Down(channels, depth) (x) {',
    '  let y = x -> Conv(channels)',
    `  ${rest}`,
    '}',
    '',
    netOf('output mask = image -> Down(8, 3)'),
  );

/** NET03xx: application and instances. */
export const applicationExplanations = {
  NET0301: {
    meaning:
      'What stands after an arrow, or before brackets, is no block and no operation. A number or a tensor joins another by an operator, a function of numbers is called.',
    wrong: netOf('let half = 0.5', 'output mask = image -> half'),
    right: netOf('let half = 0.5', 'output mask = image * half'),
  },
  NET0302: {
    meaning:
      'An arrow brings more or fewer tensors than the block has inputs. The last list of a block names its inputs; (a, b) -> B feeds two, in that order. concat and add take any number.',
    wrong: `${pair}${netOf('output mask = image -> Pair')}`,
    right: `${pair}${netOf('let edges = image -> Conv(3)', 'output mask = (image, edges) -> Pair')}`,
  },
  NET0303: {
    meaning:
      'An arrow carries tensors and lists of tensors. Numbers and other configuration go in brackets after a name; a list goes only where a list is wanted, as into concat.',
    wrong: netOf('let parts = image -> split(3)', 'output mask = parts -> relu'),
    right: netOf('let parts = image -> split(3)', 'output mask = parts -> concat -> relu'),
  },
  NET0304: {
    meaning:
      'Arguments are given to something that has no configuration. The last list of a block is its inputs, so a block with only one list has only inputs: what should be set in brackets needs a list of its own before it.',
    wrong: linesOf(
      'block Head(classes) { classes -> Conv(1) }',
      '',
      netOf('output mask = image -> Head(1)'),
    ),
    right: linesOf(
      'block Head(classes) (x) { x -> Conv(classes) }',
      '',
      netOf('output mask = image -> Head(1)'),
    ),
  },
  NET0305: {
    meaning:
      'A shared instance has the arguments and the name it was shared with: every use of it is the same layer with the same weights. A use with other arguments would be another layer.',
    wrong: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> conv(8)'),
    right: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> Conv(8)'),
  },
  NET0306: {
    meaning:
      'A shared layer makes its weights at the first use and uses them again after. A convolution kernel depends on the channels that come in, so a use with other channels would need another kernel, and the weights could not be shared.',
    wrong: netOf('shared conv = Conv(8)', 'output mask = image -> conv -> conv'),
    right: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> conv'),
  },
  NET0307: {
    meaning:
      'A block applies itself, and nothing ends it. More than 64 nested applications of one block are refused, with the arguments of the last three. A block that recurs needs an if with a branch that does not.',
    wrong: down('y -> Down(channels, depth - 1)'),
    right: down('if depth == 0 { y } else { y -> Down(channels, depth - 1) }'),
  },
  NET0308: {
    meaning:
      'The network grows past 200,000 nodes. This is nearly always a loop or a recursion with a number that was meant to be smaller; networks for images have some thousands.',
    wrong: netOf('output mask = repeat 300000 with s = image { s -> relu }'),
    right: netOf('output mask = repeat 3 with s = image { s -> relu }'),
  },
  NET0309: {
    meaning:
      'shared makes one instance of a block, whose weights all uses have in common. Numbers and lists have no weights: they are bound by let.',
    wrong: netOf('shared width = 8', 'output mask = image -> Conv(width)'),
    right: netOf('let width = 8', 'output mask = image -> Conv(width)'),
  },
  NET0310: {
    meaning:
      'What a block gives, and what an output is, must be a tensor or a list of tensors. Often a block is named where it should be fed: Conv(8) alone is a block, x -> Conv(8) a tensor.',
    wrong: linesOf('block Unit(x) { x.channels }', '', netOf('output mask = image -> Unit')),
    right: linesOf(
      'block Unit(x) { x -> Conv(x.channels) }',
      '',
      netOf('output mask = image -> Unit'),
    ),
  },
} satisfies Explanations;
