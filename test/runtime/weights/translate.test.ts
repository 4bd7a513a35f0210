import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import type { Variable } from '../../../src/compiler/ir/graph.js';
import { constant } from '../../../src/compiler/ir/initializer.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed } from '../../../src/compiler/sizes/size.js';
import { positionAt } from '../../../src/compiler/source/source.js';
import { compileFile } from '../../../src/runtime/networks/compile-file.js';
import { readWeightMap } from '../../../src/runtime/weights/files.js';
import { misfits } from '../../../src/runtime/weights/fit.js';
import { loadWeightMap, type WeightMap } from '../../../src/runtime/weights/map.js';
import type { StoredTensor } from '../../../src/runtime/weights/safetensors/format.js';
import { exportTensors } from '../../../src/runtime/weights/translate.js';
import { root, translated } from '../../peers/fixture.js';

const text = `levels:
  level: {1: U, 2: U/below}
layers:
  conv: {weight: {to: kernel, axes: OIHW -> HWIO}, bias: bias}
  up: {weight: {to: kernel, axes: IOHW -> HWOI}}
ignore: ['*.num_batches_tracked', 'aux.*']
tensors:
  conv:
    down<level>.(conv|c).0: <level>/Conv
  up:
    up: Up
`;

function load(yaml: string) {
  const diagnostics = new Diagnostics();
  const map = loadWeightMap({ path: 'map.yaml', text: yaml }, diagnostics);
  const errors = diagnostics.all().map(({ message, span, suggestion }) => {
    const { line, column } = positionAt(span.file, span.start);
    return `${line}:${column} ${message}${suggestion ? `; ${suggestion.message}` : ''}`;
  });
  return { map: map as WeightMap, errors };
}

const variable = (path: string, ...shape: number[]): Variable => ({
  path,
  kind: 'weight',
  initial: constant(0),
  value: { id: 0, type: floatOf(shape.map(fixed)) },
});
const counted = (...shape: number[]): StoredTensor => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});
const network = [variable('U/Conv/kernel', 2, 3, 5, 4), variable('U/Conv/bias', 4)];
const theirs = () =>
  new Map([
    ['down1.conv.0.weight', counted(4, 5, 2, 3)],
    ['down1.conv.0.bias', counted(4)],
    ['down1.conv.1.num_batches_tracked', counted()],
  ]);

describe('foreign weights', () => {
  const { map } = load(text);
  const imported = (tensors: Map<string, StoredTensor>, variables = network) =>
    translated(map, 'their.safetensors', tensors, variables);

  it('have their axes put in our order', () => {
    const kernel = imported(theirs()).get('U/Conv/kernel') as StoredTensor;
    expect(kernel.shape).toEqual([2, 3, 5, 4]);
    // Ours at [h, w, i, o] is theirs at [o, i, h, w].
    const at = ([a, b, c, d]: number[], [, B, C, D]: number[]) =>
      ((a! * B! + b!) * C! + c!) * D! + d!;
    const value = kernel.data[at([1, 2, 3, 0], [2, 3, 5, 4])];
    expect(value).toBe(at([0, 3, 1, 2], [4, 5, 2, 3]));
  });

  it('of a transposed convolution keep which axis is the input', () => {
    const up = new Map([['up.weight', counted(7, 6, 2, 3)]]);
    expect(imported(up, [variable('Up/kernel', 2, 3, 6, 7)]).get('Up/kernel')?.shape).toEqual([
      2, 3, 6, 7,
    ]);
  });

  it('may be spelt in several ways, and leave under the first', () => {
    const short = new Map([...theirs()].map(([name, t]) => [name.replace('.conv.', '.c.'), t]));
    const ours = imported(short);
    const left = exportTensors(map, ours);
    expect([...left.keys()]).toEqual(['down1.conv.0.weight', 'down1.conv.0.bias']);
    expect(left.get('down1.conv.0.weight')).toEqual(counted(4, 5, 2, 3));
  });

  it('that do not fit are listed, all of them', () => {
    const tensors = theirs()
      .set('down1.conv.0.weight', counted(4, 5, 3, 2))
      .set('down1.c.0.bias', counted(4))
      .set('down2.conv.0.bias', counted(4))
      .set('head.weight', counted(1));
    const all = [...network, variable('Up/kernel', 1, 1, 2, 3), variable('Last/bias', 1)];
    let message = '';
    try {
      imported(tensors, all);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual([
      'their.safetensors has down1.conv.0.weight as [4, 5, 3, 2]; [4, 5, 2, 3] would fit U/Conv/kernel',
      'their.safetensors has both down1.conv.0.bias and down1.c.0.bias for U/Conv/bias',
      'their.safetensors has down2.conv.0.bias, but the network has no U/below/Conv/bias',
      'their.safetensors has no up.weight, [3, 2, 1, 1], for Up/kernel',
      'their.safetensors has head.weight, which the map does not name',
      'the map names nothing for Last/bias',
    ]);
  });
});

describe('a map', () => {
  const line = 'down<level>.(conv|c).0: <level>/Conv';
  it.each([
    ['  up:\n', '  upp:\n', '10:3 upp is not a kind of layer; did you mean up?'],
    ['HWOI', 'HWO', '5:35 IOHW -> HWO must name each axis once on both sides'],
    ['<level>/', '<levl>/', '9:29 <levl> stands on the right only; did you mean level?'],
    [line, 'down<levl>: Conv', '9:5 there is no level levl; did you mean level?'],
    ['up: Up', 'up: Up\n    down1.c.0: Other', '12:5 down1.c.0.weight is named a second time'],
    ['layers:', 'layer:', '3:1 the map has no key layer; did you mean layers?'],
  ])('with %j as %j says where it is wrong', (right, wrong, error) => {
    expect(text).toContain(right);
    const at = text.lastIndexOf(right);
    const { errors } = load(text.slice(0, at) + wrong + text.slice(at + right.length));
    expect(errors).toContain(error);
  });
});

describe.each([
  ['unet', 'pytorch-unet'],
  ['r2unet', 'pytorch-r2unet'],
  ['attention-unet', 'pytorch-attention-unet'],
  ['r2au', 'pytorch-r2attunet'],
])('the map for %s', (model, name) => {
  it('names every tensor of the PyTorch network at depth 4, and gives each its shape', () => {
    const all = JSON.parse(
      readFileSync(`${root}test/fixtures/pytorch/state-dicts.json`, 'utf8'),
    ) as Record<string, Record<string, number[]>>;
    const state = Object.entries(all[name]!).map(
      ([key, shape]) => [key, counted(...shape)] as const,
    );
    const { graph } = compileFile(`${root}models/${model}.net`, undefined, { base: '4' });
    const map = readWeightMap(`${root}models/maps/${name}.yaml`);
    const ours = translated(map, name, new Map(state), graph.variables);
    expect(misfits(name, graph.variables, ours)).toEqual([]);
    const left = translated(map, name, exportTensors(map, ours), graph.variables);
    expect(left).toEqual(ours);
  });
});
