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
      'What stands after an arrow, or before brackets, is neither a block nor an operation. A number or a tensor is combined with another by an operator; a function of numbers is called. See rule blocks-4 of the reference.',
    wrong: netOf('let half = 0.5', 'output mask = image -> half'),
    right: netOf('let half = 0.5', 'output mask = image * half'),
  },
  NET0302: {
    meaning:
      'The arrow brings more or fewer tensors than the block has inputs. The last list of a block names its inputs; (a, b) -> B feeds two, in that order. concat and add take any number. See rule blocks-4 of the reference.',
    wrong: `${pair}${netOf('output mask = image -> Pair')}`,
    right: `${pair}${netOf('let edges = image -> Conv(3)', 'output mask = (image, edges) -> Pair')}`,
  },
  NET0303: {
    meaning:
      'An arrow carries tensors and lists of tensors. Numbers and other configuration go in brackets after a name. A list can be fed only where a list is accepted, as by concat. See rule blocks-4 of the reference.',
    wrong: netOf('let parts = image -> split(3)', 'output mask = parts -> relu'),
    right: netOf('let parts = image -> split(3)', 'output mask = parts -> concat -> relu'),
  },
  NET0304: {
    meaning:
      'Arguments are given to something that has no configuration. The last list of a block is its inputs, so a block with only one list has inputs and no parameters. To make something configurable, add a list of parameters before the inputs. See rule blocks-1 of the reference.',
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
      'A shared instance keeps the arguments and the name from its `shared` line: every use of it is the same layer with the same weights. With other arguments it would be another layer. See rule sharing-3 of the reference.',
    wrong: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> conv(8)'),
    right: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> Conv(8)'),
  },
  NET0306: {
    meaning:
      'A shared layer makes its weights at its first use and reuses them afterwards. The kernel of a convolution depends on the number of input channels, so a use with another number of channels would need another kernel, and the weights could not be shared. See rule sharing-2 of the reference.',
    wrong: netOf('shared conv = Conv(8)', 'output mask = image -> conv -> conv'),
    right: netOf('shared conv = Conv(3)', 'output mask = image -> conv -> conv'),
  },
  NET0307: {
    meaning:
      'A block applies itself and nothing ends the recursion. netc stops after 64 nested applications of one block and shows the arguments of the last three. A recursive block needs an if with a branch that does not apply it again. See rule control-4 of the reference.',
    wrong: down('y -> Down(channels, depth - 1)'),
    right: down('if depth == 0 { y } else { y -> Down(channels, depth - 1) }'),
  },
  NET0308: {
    meaning:
      'The network has more than 120,000 nodes. The cause is nearly always a loop or a recursion with too large a number; networks for images have a few thousand nodes. See rule control-5 of the reference.',
    wrong: netOf('output mask = repeat 300000 with s = image { s -> relu }'),
    right: netOf('output mask = repeat 3 with s = image { s -> relu }'),
  },
  NET0309: {
    meaning:
      'shared makes one instance of a block, and all its uses have the same weights. Numbers and lists have no weights; bind them with let. See rule sharing-1 of the reference.',
    wrong: netOf('shared width = 8', 'output mask = image -> Conv(width)'),
    right: netOf('let width = 8', 'output mask = image -> Conv(width)'),
  },
  NET0310: {
    meaning:
      'The result of a block, and an output of a model, must be a tensor or a list of tensors. Often a block is named but not fed: Conv(8) alone is a block, x -> Conv(8) is a tensor. See rule blocks-1 of the reference.',
    wrong: linesOf('block Unit(x) { x.channels }', '', netOf('output mask = image -> Unit')),
    right: linesOf(
      'block Unit(x) { x -> Conv(x.channels) }',
      '',
      netOf('output mask = image -> Unit'),
    ),
  },
} satisfies Explanations;
