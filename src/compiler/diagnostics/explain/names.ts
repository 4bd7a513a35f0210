import type { Explanations } from './explanation.js';

const experiment = (parameter: string): string =>
  `model:\n  path: net.net\nparameters:\n  ${parameter}\ndata:\n  kind: synthetic-retina\nsteps: 10\noutput: runs/net\n`;

/** NET01xx: names and what they stand for. */
export const nameExplanations = {
  NET0101: {
    meaning:
      'This name is not defined here. It may be misspelled, bound only further down, bound inside other braces, or defined in a file that is not imported. A block sees its own names, the definitions and imports of its file, and the built-ins; it sees nothing of the place where it is used. The size symbols of a model, such as H, are not values: `resizeLike` and `cropLike` take a size from a tensor. See rule names-2 of the reference.',
    wrong: 'block Unit(channels) (x) { x -> Conv(chanels) -> relu }',
    right: 'block Unit(channels) (x) { x -> Conv(channels) -> relu }',
  },
  NET0102: {
    meaning:
      'A name is bound a second time while the first binding still holds. No name hides another, so a name means the same thing throughout its braces, and moving a line up or down cannot silently use another tensor. Only the variable and the states of a loop may hide an outer name. Choose another name for the second one. See rule names-3 of the reference.',
    wrong: 'block Unit(x) {\n  let x = x -> Conv(64)\n  x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0103: {
    meaning:
      'The first letter of a name says what it stands for, and the value is of another kind. A name with a capital letter is a block and a name with a small letter is not, so an arrow shows whether it makes weights. Change the letter or the value. To use one instance of a block in several places, bind it with `shared`; all its uses then have the same weights. See rule names-1 of the reference.',
    wrong: 'block Unit(x) {\n  let conv = Conv(64)\n  x -> conv -> conv\n}',
    right: 'block Unit(x) {\n  shared conv = Conv(64)\n  x -> conv -> conv\n}',
  },
  NET0104: {
    meaning:
      'There is no file at this path. The path in an import is relative to the folder of the importing file, not to the folder where netc was started, and it ends in `.net`. See rule files-1 of the reference.',
    wrong: 'import { Unit } from "units"\n\nblock Pair(x) { x -> Unit -> Unit }',
    right: 'import { Unit } from "units.net"\n\nblock Pair(x) { x -> Unit -> Unit }',
    files: { 'units.net': 'block Unit(x) { x -> Conv(64) -> relu }' },
  },
  NET0105: {
    meaning:
      'The imported file exists, but does not define this name. Only the definitions of a file can be imported from it, not what it imports itself. Correct the name, or import it from the file that defines it. See rule files-1 of the reference.',
    wrong: 'import { Unti } from "units.net"\n\nblock Pair(x) { x -> Unti -> Unti }',
    right: 'import { Unit } from "units.net"\n\nblock Pair(x) { x -> Unit -> Unit }',
    files: { 'units.net': 'block Unit(x) { x -> Conv(64) -> relu }' },
  },
  NET0106: {
    meaning:
      'A file imports another that imports it back, directly or through other files. Each of them would have to be read before the other. Move what both need to a third file that imports neither. See rule files-1 of the reference.',
    wrong:
      'import { Pair } from "pair.net"\n\nblock Unit(x) { x -> relu }\nblock Four(x) { x -> Pair -> Pair }',
    right: 'import { Pair } from "blocks.net"\n\nblock Four(x) { x -> Pair -> Pair }',
    files: {
      'pair.net': 'import { Unit } from "my.net"\n\nblock Pair(x) { x -> Unit -> Unit }',
      'blocks.net': 'block Unit(x) { x -> relu }\nblock Pair(x) { x -> Unit -> Unit }',
    },
  },
  NET0107: {
    meaning:
      'This is the name of a built-in block, operation or function. If a file could redefine it, a line such as `x -> Conv(64)` would mean another network in that file. Choose another name; an import can be renamed with `as`. See rule names-4 of the reference.',
    wrong: 'block Conv(x) { x -> relu }',
    right: 'block Rectify(x) { x -> relu }',
  },
  NET0108: {
    meaning:
      "The value of a parameter, given by `--set` or in an experiment, uses a name that two of the files imported by the model define differently. The model's own file does not define it, so netc cannot tell which is meant, and each would give another network. Import the right one into the model's file, or use another value. See rule variants-3 of the reference.",
    wrong: experiment('Step: Unit'),
    right: experiment('Step: Half'),
    files: {
      'net.net':
        'import { Half } from "halves.net"\nimport { Same } from "units.net"\n\nmodel Net(Step = Same) {\n  input image: [N, H, W, 3]\n  output mask = image -> Step -> Conv(1) -> sigmoid\n}\n',
      'halves.net': 'block Half(x) { x -> Conv(8) -> relu }\nblock Unit(x) { x -> tanh }\n',
      'units.net': 'block Same(x) { x }\nblock Unit(x) { x -> Conv(8) }\n',
    },
  },
  NET0109: {
    meaning:
      'Two instances in one body would have the same name and therefore the same path. Files of weights and `netc diff` identify weights by their paths, so two instances must not share one by accident. Give the second instance another name with `as`, or leave `as` out, so that netc numbers them. If they are meant to share their weights, bind one instance with `shared` and use it twice. See rule paths-1 of the reference.',
    wrong: 'block Unit(x) { x -> Conv(64) as conv -> Conv(64) as conv }',
    right: 'block Unit(x) { x -> Conv(64) as first -> Conv(64) as second }',
  },
} as const satisfies Explanations;
