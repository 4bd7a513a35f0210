import { describe, expect, it } from 'vitest';
import { emitPyTorch } from '../../src/compiler/emit/pytorch/module.js';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import { compileFile } from '../../src/runtime/networks/compile-file.js';
import { tensorInDouble } from '../../src/runtime/weights/fit.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { expectGolden } from '../compiler/golden.js';
import { apart, root } from './fixture.js';

// bench/peers/export/check.py ran the goldens in PyTorch and wrote the fixtures: the same text, so the same outputs.
describe.each(['aspp', 'pyramid_pooling', 'sizes'])('the module of %s', (name) => {
  const read = async () => {
    const { tensors, metadata } = await readSafetensors(
      `${root}test/fixtures/exports/${name}.safetensors`,
    );
    const parameters: Record<string, string> = JSON.parse(metadata.parameters!);
    return { tensors, compiled: compileFile(`${root}${metadata.model}`, undefined, parameters) };
  };

  it('reads as it did when PyTorch ran it', async () => {
    const { graph, tree } = (await read()).compiled;
    expectGolden(`exports/${name}.py`, emitPyTorch(graph, tree).source);
  });

  it('gives in PyTorch what the model gives, in double', async () => {
    const { tensors, compiled } = await read();
    const weights = [...tensors].filter(([key]) => key.startsWith('weight/'));
    const variables = Object.fromEntries(
      weights.map(([key, tensor]) => [key.slice('weight/'.length), tensorInDouble(tensor)]),
    );
    const inputs = { image: tensorInDouble(tensors.get('0/input')!) };
    const { outputs } = interpret(compiled.graph, { inputs, variables });
    for (const { name: output } of compiled.graph.outputs) {
      const theirs = tensorInDouble(tensors.get(`0/output/${output}`)!);
      const { difference, greatest } = apart(outputs[output]!, theirs);
      expect(difference).toBeLessThan(1e-10 * greatest);
    }
  });
});
