import type { Explanations } from './explanation.js';

const experiment = (parameter: string): string =>
  `model:\n  path: net.net\nparameters:\n  ${parameter}\ndata:\n  kind: synthetic-retina\nsteps: 10\noutput: runs/net\n`;

/** NET01xx: names and what they stand for. */
export const nameExplanations = {
  NET0101: {
    meaning:
      'A name is used that stands for nothing here. It may be misspelled, bound only further down, bound inside other braces, or defined in a file that is not imported. A block sees its own names, the definitions and imports of its file, and what is built in; it sees nothing of the block that uses it. The size symbols of a model, such as H, are no values: `resizeLike` and `cropLike` take a size from a tensor.',
    wrong: 'block Unit(channels) (x) { x -> Conv(chanels) -> relu }',
    right: 'block Unit(channels) (x) { x -> Conv(channels) -> relu }',
  },
  NET0102: {
    meaning:
      'A name is bound a second time where the first one still holds. Names hide nothing, so that a name means one thing in all its braces, and a line moved up or down cannot silently take another tensor. Only the variable and the states of a loop may hide a name outside. Give the second one a name of its own.',
    wrong: 'block Unit(x) {\n  let x = x -> Conv(64)\n  x -> relu\n}',
    right: 'block Unit(x) {\n  let y = x -> Conv(64)\n  y -> relu\n}',
  },
  NET0103: {
    meaning:
      'The first letter of a name promises what it stands for, and the value is of the other kind. A name with a capital letter is a block, a name with a small letter is not, so that an arrow shows whether it makes weights. Change the letter, or the value. To use one instance of a block in several places, bind it with `shared`; all its uses then have the same weights.',
    wrong: 'block Unit(x) {\n  let conv = Conv(64)\n  x -> conv -> conv\n}',
    right: 'block Unit(x) {\n  shared conv = Conv(64)\n  x -> conv -> conv\n}',
  },
  NET0104: {
    meaning:
      'There is no file at the path. A path in an import begins at the folder of the file that imports, not where netc was started, and it ends in `.net`.',
    wrong: 'import { Unit } from "units"\n\nblock Pair(x) { x -> Unit -> Unit }',
    right: 'import { Unit } from "units.net"\n\nblock Pair(x) { x -> Unit -> Unit }',
    files: { 'units.net': 'block Unit(x) { x -> Conv(64) -> relu }' },
  },
  NET0105: {
    meaning:
      'The file that is imported from is there, but it does not define this name. A file hands on only what it defines itself, not what it imports. Correct the name, or import it from the file that defines it.',
    wrong: 'import { Unti } from "units.net"\n\nblock Pair(x) { x -> Unti -> Unti }',
    right: 'import { Unit } from "units.net"\n\nblock Pair(x) { x -> Unit -> Unit }',
    files: { 'units.net': 'block Unit(x) { x -> Conv(64) -> relu }' },
  },
  NET0106: {
    meaning:
      'A file imports another that, directly or through others, imports it again. Each of them would have to be read before the other. Put what both need into a third file that imports neither.',
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
      'The name belongs to a block, an operation or a function that is built in. If a file could give it another meaning, a line such as `x -> Conv(64)` would make another network in that file. Choose a name of your own; an import can be renamed with `as`.',
    wrong: 'block Conv(x) { x -> relu }',
    right: 'block Rectify(x) { x -> relu }',
  },
  NET0108: {
    meaning:
      "A parameter is set, by `--set` or in an experiment, and its value uses a name that two files imported by the model define, each in its own way. The model's own file does not say which is meant, and either would give a network. Import the one that is meant into the model's file, or set another.",
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
      'Two instances of one body would have the same name, and with it the same path. Weights are found by their paths, in files and in `netc diff`, so two instances must not share one by accident. Give the second another name by `as`, or leave `as` out: netc then numbers them. If they are to share their weights, bind one instance with `shared` and use it twice.',
    wrong: 'block Unit(x) { x -> Conv(64) as conv -> Conv(64) as conv }',
    right: 'block Unit(x) { x -> Conv(64) as first -> Conv(64) as second }',
  },
} as const satisfies Explanations;
