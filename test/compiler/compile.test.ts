import { expect, test } from 'vitest';
import {
  type After,
  buildProgram,
  checkFile,
  compileModel,
  type Look,
  stages,
} from '../../src/compiler/compile.js';
import type { TrainingOptions } from '../../src/compiler/gradient/training-step.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { verify } from '../../src/compiler/ir/verify.js';
import { compileText, modelOf, readerOf } from './expand/texts.js';

const trained = modelOf('image -> Conv(4) -> BatchNorm -> relu -> dropout -> Conv(1) -> sigmoid');

/** Compiles and builds, and gives what each stage leaves by its name. */
function looked(text: string, training?: TrainingOptions): ReadonlyMap<string, Look> {
  const seen = new Map<string, Look>();
  const after: After = ({ name, look }, made) => seen.set(name, look(made));
  const { graph } = compileText(text, { after });
  if (graph) buildProgram(graph, training, after);
  return seen;
}

test('every stage can be looked at, in order, and leaves a well-formed graph', () => {
  const seen = looked(trained, {
    loss: { kind: 'bce' },
    optimiser: { kind: 'sgd', momentum: 0.9 },
    accumulate: 2,
    validate: true,
    clip: 1,
  });
  expect([...seen.keys()]).toEqual(stages.map(({ name }) => name));
  for (const [name, left] of seen) {
    expect([name, left]).not.toEqual([name, undefined]);
    if (left && 'nodes' in left) expect([name, verify(left)]).toEqual([name, []]);
  }
  const outputs = (name: string) => (seen.get(name) as Graph).outputs.map((output) => output.name);
  expect(outputs('validate/loss')).toEqual(['mask', 'loss']);
  expect(outputs('train/loss')).toEqual(['loss']);
  expect(outputs('train/gradient')).toEqual([
    'loss',
    'grad/Conv/kernel',
    'grad/Conv/bias',
    'grad/BatchNorm/scale',
    'grad/BatchNorm/shift',
    'grad/Conv.2/kernel',
    'grad/Conv.2/bias',
  ]);
});

test('of what is not trained there is nothing but predict to look at', () => {
  const seen = [...looked(trained)].filter(([, left]) => left !== undefined);
  expect(seen.map(([name]) => name).filter((name) => name.includes('/'))).toEqual([
    'predict/inference',
    'predict/fold-constants',
    'predict/rewrite',
    'predict/bias-before-norm',
    'predict/common-subexpressions',
  ]);
});

test('with an error there is no graph, with a warning there is', () => {
  expect(compileText(modelOf('image -> Missing')).graph).toBeUndefined();
  const warned = compileText(modelOf('image -> Conv(1)', 'let lost = image -> relu'));
  expect(warned.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  expect(warned.graph).toBeDefined();
});

test.each([compileModel, checkFile])(
  'a file that is not there is an error as others are',
  (run) => {
    const { diagnostics } = run('nowhere.net', readerOf({}));
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'NET0104: there is no file nowhere.net',
    ]);
  },
);

test('an error in the text keeps the rest of the file in sight', () => {
  const text = `block Broken(x) { x -> -> relu }
block Other(x) { x -> Cnv(3) }
${modelOf('image -> Broken -> Other')}`;
  expect(compileText(text).diagnostics.map(({ code }) => code)).toEqual(['NET0002', 'NET0101']);
});
