import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import type { Node } from '../../../src/compiler/ir/graph.js';
import { graphOf } from '../expand/texts.js';
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

  it('knows of each node what it is for and from which line it comes', () => {
    const text = `model Net {
  input image: [N, H, W, 2]
  output mask = image -> Conv(3) as first -> BatchNorm -> dropout(0.5) -> Conv(1) as last -> sigmoid
}`;
    const options = { loss: { kind: 'dice' }, clip: 1, optimiser: sgd } as const;
    const { train } = buildProgram(graphOf(text), options).functions;
    const placesOf = (op: string, phase?: Node['phase']) =>
      train!.nodes
        .filter((node) => node.op.name === op && (!phase || node.phase === phase))
        .map(({ phase, origin }) => `${phase} ${origin?.path ?? null}`);
    expect(placesOf('conv')).toEqual(['forward first', 'forward last']);
    expect(placesOf('convKernelGradient')).toEqual(['backward last', 'backward first']);
    expect(placesOf('convTranspose')).toEqual(['backward last']);
    expect(placesOf('batchNormGradient')).toEqual(['backward BatchNorm']);
    expect(placesOf('dropoutMask')).toEqual(['forward ', 'backward ']);
    expect(new Set(placesOf('lerp'))).toEqual(new Set(['forward BatchNorm']));
    expect(new Set(placesOf('momentum'))).toEqual(new Set(['optimiser null']));
    // The norm of the gradients, by which they are clipped.
    expect(new Set(placesOf('sqrt'))).toEqual(new Set(['optimiser null']));
    expect(placesOf('div', 'loss')).toEqual(expect.arrayContaining(['loss null']));
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
