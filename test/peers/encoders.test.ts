import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/compile.js';
import { elementsOf } from '../../src/compiler/cost/cost.js';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import { openSession } from '../../src/runtime/engines/portable/session.js';
import { compileFile } from '../../src/runtime/networks/compile-file.js';
import { readWeightMap } from '../../src/runtime/weights/files.js';
import { hostTensor, tensorInDouble } from '../../src/runtime/weights/fit.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import type { StoredTensor } from '../../src/runtime/weights/safetensors/format.js';
import { translate } from '../../src/runtime/weights/translate.js';
import { apart, root } from './fixture.js';

// bench/peers/pytorch/encoders.py wrote the fixtures, and held its networks to torchvision's own.
const fixtures = `${root}test/fixtures/encoders`;
const isEncoders = (path: string): boolean => path.startsWith('encoder/');
const shapes: Record<string, Record<string, number[]>> = JSON.parse(
  readFileSync(`${fixtures}/torchvision.json`, 'utf8'),
);

describe.each([
  ['resnet18', 'ResNet18', 'torchvision-resnet'],
  ['resnet50', 'ResNet50', 'torchvision-resnet'],
  ['vgg16_bn', 'Vgg', 'torchvision-vgg16-bn'],
])('the encoder %s', (name, model, map) => {
  const { graph } = compileFile(`${root}test/peers/encoders.net`, model, {});

  it('gives the maps that the network of torchvision gives, of every size', async () => {
    const { tensors } = await readSafetensors(`${fixtures}/${name}.safetensors`);
    const state = [...tensors].flatMap(([key, tensor]): [string, StoredTensor][] =>
      key.startsWith('state/') ? [[key.slice('state/'.length), tensor]] : [],
    );
    const weightMap = readWeightMap(`${root}models/maps/${map}.yaml`);
    const { tensors: own, misfits } = translate(weightMap, name, new Map(state), graph.variables);
    expect(misfits).toEqual([]);
    const image = tensors.get('image')!;
    const program = buildProgram(graph);
    const { predict } = program.functions;
    const variables = Object.fromEntries([...own].map(([k, t]) => [k, tensorInDouble(t)]));
    const inputs = { image: tensorInDouble(image) };
    const { outputs } = interpret(predict!, { inputs, variables });
    const session = await openSession(program);
    session.write(Object.fromEntries([...own].map(([k, t]) => [k, hostTensor(t, 'float')])));
    const computed = session.run('predict', { image: hostTensor(image, 'float') });
    session.close();
    for (let i = 0; i < 5; i++) {
      const wanted = tensorInDouble(tensors.get(`map/${i}`)!);
      const { difference, greatest } = apart(outputs[`maps[${i}]`]!, wanted);
      expect(difference).toBeLessThan(1e-10 * greatest);
      const single = apart(computed[`maps[${i}]`]!, wanted);
      expect(single.difference).toBeLessThan(1e-5 * single.greatest);
    }
  });
});

/** The weights of each encoder, by the sum over its layers. */
const conv = (kernel: number, inputs: number, outputs: number): number =>
  kernel * kernel * inputs * outputs + 2 * outputs;
const basic = (inputs: number, width: number): number =>
  conv(3, inputs, width) + conv(3, width, width) + (inputs === width ? 0 : conv(1, inputs, width));
const bottleneck = (inputs: number, width: number): number =>
  conv(1, inputs, width) +
  conv(3, width, width) +
  conv(1, width, 4 * width) +
  (inputs === 4 * width ? 0 : conv(1, inputs, 4 * width));
function resNet(unit: typeof basic, counts: readonly number[], growth: number): number {
  let [sum, inputs] = [conv(7, 3, 64), 64];
  for (const [stage, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      sum += unit(inputs, 64 * 2 ** stage);
      inputs = growth * 64 * 2 ** stage;
    }
  }
  return sum;
}
const vggWidths = [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512];
const vgg = vggWidths
  .map((width, i) => conv(3, vggWidths[i - 1] ?? 3, width) + width)
  .reduce((a, b) => a + b);

describe.each([
  ['resnet18', 'torchvision-resnet', 'resnet18', 11_176_512, resNet(basic, [2, 2, 2, 2], 1)],
  ['resnet34', 'torchvision-resnet', 'resnet34', 21_284_672, resNet(basic, [3, 4, 6, 3], 1)],
  ['resnet50', 'torchvision-resnet', 'resnet50', 23_508_032, resNet(bottleneck, [3, 4, 6, 3], 4)],
  ['vgg16', 'torchvision-vgg16-bn', 'vgg16_bn', 14_723_136, vgg],
])('models/encoders/%s.net', (file, map, theirs, published, formula) => {
  const { graph } = compileFile(`${root}models/encoders/${file}.net`, undefined, {});
  const encoder = graph.variables.filter(({ path }) => isEncoders(path));

  it('has as many weights in its encoder as the network without its classifier', () => {
    const weights = encoder.filter(({ kind }) => kind === 'weight').map(elementsOf);
    expect(weights.reduce((a, b) => a + b)).toBe(published);
    expect(formula).toBe(published);
  });

  it('takes every tensor of torchvision by its map, each in its shape', () => {
    const state = Object.entries(shapes[theirs]!).map(([key, shape]): [string, StoredTensor] => [
      key,
      { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) },
    ]);
    const weightMap = readWeightMap(`${root}models/maps/${map}.yaml`);
    const { tensors, misfits } = translate(
      weightMap,
      theirs,
      new Map(state),
      graph.variables,
      isEncoders,
    );
    expect(misfits).toEqual([]);
    expect([...tensors.keys()].sort()).toEqual(encoder.map(({ path }) => path).sort());
  }, 60_000);
});
