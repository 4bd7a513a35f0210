import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import type { Experiment } from '../../../src/runtime/experiments/experiment.js';
import { loadExperiment } from '../../../src/runtime/experiments/load-experiment.js';
import { differencesOf, scoringDifferencesOf } from '../../../src/runtime/runs/compare.js';

const least = 'model: {path: a.net}\ndata: {kind: synthetic-retina}\nsteps: 9\noutput: run\n';

function experiment(more: string): Experiment {
  const file = { path: 'x.yaml', text: least + more };
  return loadExperiment(file, [], new Diagnostics())!.experiment;
}

describe('two experiments', () => {
  it('differ by the keys that change what is trained, defaults among them', () => {
    const other = experiment('loss: dice\nparameters: {base: 8}\nbatch: 4\n');
    const keys = differencesOf(experiment(''), other).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['loss.kind', 'parameters.base', 'batch']));
    expect(differencesOf(experiment(''), experiment('batch: 4\n'))).toEqual([
      { key: 'batch', before: '8', after: '4' },
    ]);
  });

  it('differ by what is in a list', () => {
    const at = (step: number) => experiment(`schedule: {kind: step, at: [1, ${step}]}\n`);
    expect(differencesOf(at(2), at(3))).toEqual([
      { key: 'schedule.at', before: '[1,2]', after: '[1,3]' },
    ]);
  });

  it('are one training whatever is done to its masks before they are scored', () => {
    const other = experiment('evaluation: {postprocess: [keep-largest], threshold: 0.4}\n');
    expect(differencesOf(experiment(''), other)).toEqual([]);
    expect(scoringDifferencesOf(experiment(''), other).map(({ key }) => key)).toEqual([
      'evaluation.threshold',
      'evaluation.postprocess',
    ]);
  });

  it('are one training wherever it is computed and kept', () => {
    const elsewhere =
      'engine: {kind: portable}\ncheckpoint: {every: 7}\nlogs: {tensorboard: false}\nvalidation: {pictures: 0}\n';
    expect(differencesOf(experiment(''), experiment(elsewhere))).toEqual([]);
  });
});
