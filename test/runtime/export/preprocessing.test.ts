import { afterAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { emitFrozenModel } from '../../../src/compiler/emit/tensorflow/frozen.js';
import { permuted } from '../../../src/compiler/emit/weights.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Graph, Program } from '../../../src/compiler/ir/graph.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { applySteps } from '../../../src/runtime/data/preprocess/steps.js';
import {
  fitPreprocessing,
  type Preprocessing,
  preprocess,
} from '../../../src/runtime/data/preprocess.js';
import type { Frame } from '../../../src/runtime/data/sample.js';
import type { Tensors } from '../../../src/runtime/engines/engine.js';
import { initialState } from '../../../src/runtime/engines/initial-state.js';
import { openReference } from '../../../src/runtime/engines/reference.js';
import { plan } from '../../../src/runtime/engines/tensorflow/load.js';
import { openSession } from '../../../src/runtime/engines/tensorflow/session.js';
import type { PreprocessOptions } from '../../../src/runtime/experiments/options/preprocess.js';
import { withPreprocessing } from '../../../src/runtime/export/with-preprocessing.js';
import { compileFile } from '../../../src/runtime/networks/compile-file.js';
import { geometryOf } from '../../../src/runtime/networks/geometry.js';
import { predictSample } from '../../../src/runtime/prediction/predict.js';
import { openOnnx } from '../../compiler/emit/onnx/runtime.js';
import { withTensorFlow } from '../../compiler/emit/tensorflow/engine.js';
import { openTfjs } from '../../compiler/emit/tfjs/runtime.js';
import { uniforms } from '../../compiler/ops/cases/case.js';
import { distance, referenceOf } from '../engines/tensors.js';

interface Kind {
  readonly name: string;
  readonly steps: PreprocessOptions;
  /** Channels of the files, and of what the network takes. */
  readonly channels: readonly [number, number];
  readonly fov?: boolean;
  /** Values as the files have them; bytes where nothing is said. */
  readonly from?: readonly [number, number];
}

const kinds: readonly Kind[] = [
  { name: 'nothing but bytes to 0 to 1', steps: [], channels: [3, 3] },
  { name: 'each image by itself', steps: [{ standardise: 'image' }], channels: [3, 3] },
  { name: 'the dataset', steps: [{ standardise: 'dataset' }], channels: [3, 3] },
  {
    name: 'the luminance, darkened',
    steps: [{ gray: 'luminance' }, { gamma: 1.7 }, { standardise: 'image' }],
    channels: [3, 1],
  },
  {
    name: 'the green channel, lightened',
    steps: [{ gray: 'green' }, { gamma: 0.4 }, { standardise: 'dataset' }],
    channels: [3, 1],
  },
  {
    name: 'weights of channels',
    steps: [{ gray: [0.2, 0.7, -0.4] }, { standardise: 'none' }],
    channels: [3, 1],
  },
  {
    name: 'grey files and a step gray',
    steps: [{ gray: 'luminance' }, { standardise: 'image' }],
    channels: [1, 1],
  },
  {
    name: 'a window of Hounsfield units',
    steps: [{ window: { low: -1000, high: 400 } }, { gamma: 1.2 }],
    channels: [1, 1],
    from: [-3024, 3071],
  },
  {
    name: 'made smaller',
    steps: [{ resize: 16 }, { standardise: 'image' }],
    channels: [3, 3],
  },
  {
    name: 'made smaller one way and larger the other, between other steps',
    steps: [{ gamma: 2 }, { resize: { height: 48, width: 8 } }, { gray: 'green' }],
    channels: [3, 1],
  },
  {
    name: 'made larger than the files',
    steps: [{ resize: 64 }, { standardise: 'dataset' }],
    channels: [3, 3],
  },
  {
    name: 'inside the field of view, each image by itself',
    steps: [{ standardise: 'image' }],
    channels: [3, 3],
    fov: true,
  },
  {
    name: 'inside the field of view, the dataset',
    steps: [{ gray: 'green' }, { standardise: 'dataset' }],
    channels: [3, 1],
    fov: true,
  },
  {
    name: 'inside the field of view, resized',
    steps: [{ resize: { height: 16, width: 48 } }, { standardise: 'image' }],
    channels: [3, 3],
    fov: true,
  },
];

/** 26 by 38 where the network resizes, which it takes no multiple of; else a size it takes. */
const sizeFor = (steps: PreprocessOptions) =>
  steps.some((step) => 'resize' in step) ? { height: 26, width: 38 } : { height: 24, width: 40 };

/** A frame as files give it; of a round field of view that is not in the middle. */
function frameOf({ steps, channels: [channels], fov, from = [0, 255] }: Kind, seed: number): Frame {
  const { height, width } = sizeFor(steps);
  const [low, high] = from;
  const data = Float32Array.from(uniforms(seed, height * width * channels), (u) =>
    Math.round(low + (high - low) * u * u),
  );
  const inside = Uint8Array.from({ length: height * width }, (_, i) =>
    Math.hypot((i % width) - 17, Math.floor(i / width) - 11) < 11 ? 1 : 0,
  );
  const image = { height, width, channels, data };
  return { id: `${seed}`, image, fov: fov ? { height, width, data: inside } : null };
}

interface Exported {
  readonly kind: Kind;
  readonly preprocessing: Preprocessing;
  readonly program: Program;
  readonly graph: Graph;
  readonly weights: Tensors;
  /** The graph with the preprocessing before it. */
  readonly whole: Graph;
}

async function exportOf(kind: Kind): Promise<Exported> {
  const [channels, taken] = kind.channels;
  const parameters = { base: '2', depth: '1', inputs: String(taken) };
  const { graph } = compileFile('models/unet.net', undefined, parameters);
  const program = buildProgram(graph);
  const training = [90, 91].map((seed) => applySteps(kind.steps, frameOf(kind, seed)));
  const preprocessing = await fitPreprocessing(kind.steps, taken, () => training);
  const raw = { channels, fov: kind.fov ?? false };
  const whole = withPreprocessing(program.functions.predict!, preprocessing, raw);
  return { kind, preprocessing, program, graph, weights: initialState(program, 4), whole };
}

/** What `netc predict` computes of a frame that is one tile, by the float64 reference. */
async function predicted({ preprocessing, program, graph, weights }: Exported, frame: Frame) {
  const engine = await openReference(program);
  await engine.write(weights);
  const sliding = { stride: null, batch: 1, blend: 'uniform', flips: false } as const;
  const seen = preprocess(preprocessing, frame);
  const data = await predictSample(engine, geometryOf(graph), seen, 64, sliding);
  const { height, width } = seen.image;
  return { shape: [1, height, width, 1], data: Float64Array.from(data) };
}

/** The frame as the exported graph is fed it. */
const feeds = ({ image: { height, width, channels, data }, fov }: Frame): Tensors => ({
  image: { shape: [1, height, width, channels], data },
  ...(fov && {
    fov: { shape: [1, height, width, 1], data: Float32Array.from(fov.data, (x) => 255 * x) },
  }),
});

const exported = await Promise.all(kinds.map(exportOf));
const named = exported.map((one) => [one.kind.name, one] as const);

describe.each(named)('a graph with its preprocessing: %s', (_, one) => {
  const frame = frameOf(one.kind, 1);

  it('means what preprocessing and prediction do', async () => {
    expect(verify(one.whole)).toEqual([]);
    const { outputs } = interpret(one.whole, {
      inputs: referenceOf(feeds(frame)),
      variables: referenceOf(one.weights),
    });
    const expected = await predicted(one, frame);
    expect(outputs.mask!.shape).toEqual(expected.shape);
    // The steps in netc keep float32 numbers between them.
    expect(distance(asFloats(outputs.mask!), expected)).toBeLessThan(1e-6);
  });

  it('gives in ONNX Runtime what netc predict gives', async () => {
    const { mask } = await (await openOnnx(one.whole, one.weights)).run(feeds(frame));
    const expected = await predicted(one, frame);
    expect(mask!.shape).toEqual(expected.shape);
    expect(distance(mask!, expected)).toBeLessThanOrEqual(1e-5);
  });

  it('gives in tfjs what netc predict gives', async () => {
    const { mask } = (await openTfjs(one.whole, one.weights)).run(feeds(frame));
    expect(distance(mask!, await predicted(one, frame))).toBeLessThanOrEqual(1e-5);
  });
});

const asFloats = ({ shape, data }: Tensor) => ({ shape, data: Float32Array.from(data) });

withTensorFlow('a SavedModel with its preprocessing', () => {
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  it.each(named)('gives what netc predict gives: %s', async (_, one) => {
    const frame = frameOf(one.kind, 1);
    const file = emitFrozenModel(one.whole, one.weights);
    const session = await openSession(file, await plan({ gpu: 'never' }));
    closing.push(() => session.close());
    const { mask } = session.run('serving_default', feeds(frame));
    expect(distance(mask!, await predicted(one, frame))).toBeLessThanOrEqual(1e-5);
  });
});

describe('a graph that standardises each image', () => {
  const one = exported[kinds.findIndex(({ name }) => name === 'each image by itself')]!;
  const inside =
    exported[
      kinds.findIndex(({ name }) => name === 'inside the field of view, each image by itself')
    ]!;

  it('takes several at once, each by itself', async () => {
    const frames = [1, 2, 3].map((seed) => frameOf(one.kind, seed));
    const { image: first } = frames[0]!;
    const data = Float32Array.from(frames.flatMap(({ image }) => [...image.data]));
    const shape = [3, first.height, first.width, first.channels];
    const { mask } = await (await openOnnx(one.whole, one.weights)).run({ image: { shape, data } });
    const each = await Promise.all(frames.map((frame) => predicted(one, frame)));
    const expected = {
      shape: mask!.shape,
      data: Float64Array.from(each.flatMap((x) => [...x.data])),
    };
    expect(distance(mask!, expected)).toBeLessThanOrEqual(1e-5);
  });

  it.each([
    ['a large even image', one],
    ['a large image that is even in its field of view', inside],
  ])('makes 0 of %s, as netc does', async (_, { kind, whole, weights }) => {
    const [height, width] = [400, 600];
    const image = { height, width, channels: 3, data: new Float32Array(height * width * 3) };
    image.data.fill(77.3);
    const { fov } = frameOf(kind, 1);
    const large = fov && { height, width, data: new Uint8Array(height * width).fill(1, 5000) };
    if (large) image.data.fill(3, 0, 3 * 5000);
    const frame: Frame = { id: 'even', image, fov: large };
    const { mask } = await (await openOnnx(whole, weights)).run(feeds(frame));
    const zero = await (await openOnnx(exported[0]!.whole, exported[0]!.weights)).run({
      image: { shape: [1, height, width, 3], data: new Float32Array(image.data.length) },
    });
    expect(
      distance(mask!, { shape: mask!.shape, data: Float64Array.from(zero.mask!.data) }),
    ).toBeLessThanOrEqual(1e-5);
  });
});

it('an ONNX file of NCHW takes image and field of view in that order', async () => {
  const one =
    exported[kinds.findIndex(({ name }) => name === 'inside the field of view, resized')]!;
  const frame = frameOf(one.kind, 5);
  const moved = Object.entries(feeds(frame)).map(([name, x]) => [name, permuted(x, [0, 3, 1, 2])]);
  const session = await openOnnx(one.whole, one.weights, { layout: 'nchw' });
  const { mask } = await session.run(Object.fromEntries(moved));
  expect(mask!.shape).toEqual([1, 1, 16, 48]);
  // One channel: the same numbers in the same order.
  expect(distance(mask!, await predicted(one, frame))).toBeLessThanOrEqual(1e-5);
});

describe('what an exported graph cannot do', () => {
  const { program } = exported[0]!;
  const raw = { channels: 3, fov: false };
  const refused =
    (steps: PreprocessOptions, channels = 3) =>
    () =>
      withPreprocessing(program.functions.predict!, { steps, channels, statistics: null }, raw);

  it('is named, with the way on', () => {
    expect(refused([{ clahe: { clip: 2, tiles: 8 } }])).toThrow(
      'the step clahe of preprocess cannot be exported: no operation counts histograms. Export without --with-preprocessing',
    );
  });

  it('is a field of view beside an image that is called so', () => {
    const { value } = program.functions.predict!.inputs[0]!;
    const predict = { ...program.functions.predict!, inputs: [{ name: 'fov', value }] };
    const preprocessing = { steps: [], channels: 3, statistics: null };
    expect(() => withPreprocessing(predict, preprocessing, { channels: 3, fov: true })).toThrow(
      'the model has an input or output fov',
    );
  });

  it('is a size the network does not take', () => {
    expect(refused([{ resize: 33 }])).toThrow(/H is 33, .*preprocess resizes to 33x33/s);
  });

  it('is another number of channels', () => {
    expect(refused([{ gray: 'green' }])).toThrow('give 1 channels, and the network takes 3');
  });
});
