import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { pixelClassifier, recurrent } from './networks.js';

const sgd = { kind: 'sgd', momentum: 0.9 } as const;

describe('buildProgram', () => {
  it('predicts only, unless it is to be trained', () => {
    expect(Object.keys(buildProgram(recurrent()).functions)).toEqual(['predict']);
  });

  it('has a function for moments where some are stored', () => {
    const options = { loss: { kind: 'cross-entropy' }, optimiser: sgd } as const;
    const { functions } = buildProgram(recurrent(), options);
    expect(Object.keys(functions)).toEqual(['predict', 'train', 'moments']);
    const bare = buildProgram(pixelClassifier(), { loss: { kind: 'bce' }, optimiser: sgd });
    expect(Object.keys(bare.functions)).toEqual(['predict', 'train']);
  });

  it("lists every function's variables once, the model's first", () => {
    const program = buildProgram(pixelClassifier(), { loss: { kind: 'bce' }, optimiser: sgd });
    expect(program.variables.map(({ path }) => path)).toEqual([
      'Conv/kernel',
      'Conv/bias',
      'optimizer/step',
      'optimizer/Conv/kernel/velocity',
      'optimizer/Conv/bias/velocity',
    ]);
  });
});
