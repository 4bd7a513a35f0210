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
      'A command works on one model, and the file has none, or several of which none is chosen. --model chooses on the command line, name under model in an experiment.',
    wrong: experiment(),
    right: experiment('  name: Wide'),
    files: { 'net.net': linesOf(wide, 'model Wide = Net(width: 16)') },
  },
  NET0502: {
    meaning:
      'The file has no model of this name. Models are found in the file that is named, not in those it imports.',
    wrong: experiment('  name: Nett'),
    right: experiment('  name: Net'),
    files,
  },
  NET0503: {
    meaning:
      'A model without an output computes nothing: only what an output depends on is built, trained and counted. Losses and exports speak of outputs by their names.',
    wrong: netOf('let mask = image -> Conv(1) -> sigmoid'),
    right: netOf('output mask = image -> Conv(1) -> sigmoid'),
  },
  NET0504: {
    meaning:
      'A parameter is set, by --set or in an experiment, that the model does not have. The run would be one without the change that was asked for.',
    wrong: experiment('parameters:', '  widht: 16'),
    right: experiment('parameters:', '  width: 16'),
    files,
  },
  NET0505: {
    meaning:
      'model V = M(...) is the model M with other arguments. M has to be a model with a body, or a variant of one; a block is none, and two variants cannot be variants of each other.',
    wrong: linesOf('block Head(x) { x -> Conv(1) }', '', 'model Net = Head'),
    right: linesOf(wide, 'model Wide = Net(width: 16)'),
  },
  NET0506: {
    meaning:
      'A model stands where a block is wanted. A model has named inputs and outputs of its own and is compiled as a whole; only a block is fed by an arrow.',
    wrong: linesOf(netOf('output mask = image -> relu'), 'block Outer(x) { x -> Net }'),
    right: linesOf(
      'block Inner(x) { x -> relu }',
      '',
      netOf('output mask = image -> Inner'),
      'block Outer(x) { x -> Inner }',
    ),
  },
} satisfies Explanations;
