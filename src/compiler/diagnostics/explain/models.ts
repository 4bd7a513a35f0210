import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

const wide = netOf('output mask = image -> Conv(width) -> Conv(1) -> sigmoid').replace(
  'Net',
  'Net(width = 8)',
);
const files = { 'net.net': wide };
const experiment = (...lines: readonly string[]): string =>
  linesOf(
    'model:',
    '  path: net.net',
    ...lines,
    'data:',
    '  kind: synthetic-retina',
    'steps: 10',
    'output: runs/net',
  );

/** NET05xx: models and variants. */
export const modelExplanations = {
  NET0501: {
    meaning:
      'The command needs one model, and the file has none, or has several and none is chosen. Choose one with --model on the command line, or with name under model in an experiment. See rule files-3 of the reference.',
    wrong: experiment(),
    right: experiment('  name: Wide'),
    files: { 'net.net': linesOf(wide, 'model Wide = Net(width: 16)') },
  },
  NET0502: {
    meaning:
      'The file has no model of this name. Models are looked up in the file itself, not in the files it imports. See rule files-3 of the reference.',
    wrong: experiment('  name: Nett'),
    right: experiment('  name: Net'),
    files,
  },
  NET0503: {
    meaning:
      'A model without an output computes nothing: only what an output depends on is built, trained and counted. Losses and exports refer to outputs by their names. See rule models-1 of the reference.',
    wrong: netOf('let mask = image -> Conv(1) -> sigmoid'),
    right: netOf('output mask = image -> Conv(1) -> sigmoid'),
  },
  NET0504: {
    meaning:
      'A parameter that the model does not have is set by --set or in an experiment. The run would ignore the requested change, so this is an error. See rule variants-3 of the reference.',
    wrong: experiment('parameters:', '  widht: 16'),
    right: experiment('parameters:', '  width: 16'),
    files,
  },
  NET0505: {
    meaning:
      'model V = M(...) is the model M with other arguments. M must be a model with a body, or a variant of one. It cannot be a block, and two variants cannot be variants of each other. See rule variants-1 of the reference.',
    wrong: linesOf('block Head(x) { x -> Conv(1) }', '', 'model Net = Head'),
    right: linesOf(wide, 'model Wide = Net(width: 16)'),
  },
  NET0506: {
    meaning:
      'A model is used where a block is required. A model has named inputs and outputs of its own and is compiled as a whole; only a block can be fed by an arrow. See rule blocks-4 of the reference.',
    wrong: linesOf(netOf('output mask = image -> relu'), 'block Outer(x) { x -> Net }'),
    right: linesOf(
      'block Inner(x) { x -> relu }',
      '',
      netOf('output mask = image -> Inner'),
      'block Outer(x) { x -> Inner }',
    ),
  },
} satisfies Explanations;
