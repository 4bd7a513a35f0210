import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { positionAt } from '../../../src/compiler/source/source.js';
import { DiagnosedError } from '../../../src/runtime/errors/errors.js';
import { openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import type { Network } from '../../../src/runtime/networks/network.js';
import { prepare } from '../../../src/runtime/preparation/prepare.js';

const folder = mkdtempSync(join(tmpdir(), 'netc-prepare-'));
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(
  join(folder, 'm.net'),
  `model M(classes = 1) {
  input image: [N, H, W, 3]
  let features = image -> Conv(2)
  output mask = features -> Conv(classes, kernel: 1) -> sigmoid
  output aux = features -> maxPool(2) -> Conv(1, kernel: 1) -> sigmoid
  output labels = features -> Conv(3, kernel: 1) -> softmax
}
`,
);

const least = `model: {path: m.net}
data: {kind: synthetic-retina, train: 1, test: 1, size: 64}
patch: 32
steps: 1
output: run
`;

/** The experiment of `lines`, checked against its model. */
function prepared(lines: string) {
  const path = join(folder, 'x.yaml');
  writeFileSync(path, `${least}${lines}\n`);
  return prepare(openExperiment(path, { set: [], flags: [] }));
}

async function diagnosticOf(lines: string) {
  const error = await prepared(lines).catch((caught: unknown) => caught);
  if (!(error instanceof DiagnosedError)) throw error;
  const { message, span, suggestion } = error.diagnostics[0]!;
  const { line, column } = positionAt(span.file, span.start);
  return { message, at: `${line}:${column}`, way: suggestion?.message };
}

/** The blocks whose kernels a step moves. */
const trainedBy = ({ program }: Network): string[] =>
  program.functions.train!.updates.flatMap(({ path }) =>
    path.startsWith('optimizer/') || !path.endsWith('/kernel') ? [] : [path.replace('/kernel', '')],
  );

describe('an experiment for a model of several outputs', () => {
  it('trains those that its loss names and scores the first', async () => {
    const { network } = await prepared('loss: {kind: bce, outputs: {mask: 1, aux: 0.4}}');
    expect(network.geometry).toMatchObject({ output: 'mask', classes: 1 });
    expect(network.program.functions.train!.inputs.map(({ name }) => name)).toContain('mask');
    expect(trainedBy(network)).toEqual(['Conv', 'Conv.2', 'Conv.3']);
  });

  it('scores the output that it says', async () => {
    const lines = 'loss: {kind: bce, outputs: {aux: 0.4, mask: 1}}\nevaluation: {output: mask}';
    expect((await prepared(lines)).network.geometry.output).toBe('mask');
  });

  it('trains the output that is scored where the loss names none', async () => {
    const { network } = await prepared('evaluation: {output: mask}');
    expect(trainedBy(network)).toEqual(['Conv', 'Conv.2']);
  });

  it.each([
    [
      'loss: {kind: bce, outputs: {mask: 1, aus: 0.4}}',
      'the model has no output aus; it has mask, aux, labels',
      '6:38',
      'did you mean aux?',
    ],
    [
      'evaluation: {output: mesk}',
      'M has no output mesk; it has mask, aux, labels',
      '6:22',
      'did you mean mask?',
    ],
    [
      'loss: bce',
      'the loss must name its output, one of mask, aux, labels',
      '6:7',
      'name it, or several with the factors of their losses: outputs: {mask: 1, aux: 1, labels: 1}',
    ],
    [
      'loss: {kind: cross-entropy, outputs: {mask: 1}}',
      'cross-entropy wants an output that ends in softmax; mask ends in sigmoid',
      '6:14',
      'for sigmoid there are bce, dice, bce+dice, focal, tversky; else end the output in softmax, as in `-> Conv(classes) -> softmax`',
    ],
    [
      'loss: {kind: bce, outputs: {mask: 1}, classWeights: [1, 2, 3]}',
      'mask wants 2 class weights, not 3',
      '6:53',
      'give 2 numbers: background and foreground',
    ],
    [
      'loss: {kind: dice, outputs: {mask: 1, labels: 1}}',
      "one target can't serve labels and mask: [N, H, W, 3] and [N, H, W, 1]",
      '6:39',
      'an output of the loss has the classes of the one that is scored, and its size or a half, a third, ...',
    ],
    [
      'loss: {kind: cross-entropy, outputs: {labels: 1}}',
      'labels of M has 3 channels; the images have the background and vessel',
      '2:7',
      'give the model an output of 1 channel, or 2',
    ],
  ])('has its error shown where it stands: %s', async (lines, message, at, way) => {
    expect(await diagnosticOf(lines)).toEqual({ message, at, way });
  });
});
