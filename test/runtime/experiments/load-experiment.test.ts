import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { positionAt } from '../../../src/compiler/source/source.js';
import { stepsOf } from '../../../src/runtime/experiments/experiment.js';
import {
  loadExperiment,
  printExperiment,
} from '../../../src/runtime/experiments/load-experiment.js';
import { type Override, parseOverride } from '../../../src/runtime/experiments/overrides.js';

const least = `model:
  path: ../models/unet.net
data:
  kind: synthetic-retina
steps: 10
output: runs/x
`;

function load(text: string, ...settings: string[]) {
  const diagnostics = new Diagnostics();
  const overrides = settings
    .map((setting) => parseOverride(setting, diagnostics))
    .filter((override): override is Override => override !== undefined);
  const file = { path: 'experiments/x.yaml', text };
  const loaded = loadExperiment(file, overrides, diagnostics);
  const errors = diagnostics.all().map(({ code, message, span, suggestion }) => {
    const { line, column } = positionAt(span.file, span.start);
    return { code, message, at: `${span.file.path}:${line}:${column}`, way: suggestion?.message };
  });
  return { loaded, experiment: loaded?.experiment, errors };
}

describe('an experiment', () => {
  it('is refused in words of netc alone: the reader of YAML prints no warnings', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const { errors } = load(`${least}{a: 1}: 2\n`);
    expect(errors).toMatchObject([{ code: 'NET0602' }]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('has every default filled in, those of its kinds too', () => {
    const { experiment, errors } = load(least);
    expect(errors).toEqual([]);
    expect(experiment).toMatchObject({
      model: { path: 'models/unet.net', name: null },
      data: { kind: 'synthetic-retina', train: 12, size: 256 },
      optimiser: { kind: 'adam', beta2: 0.999 },
      schedule: { kind: 'constant', warmup: 0 },
      evaluation: { threshold: 0.5, window: null },
      batch: 8,
    });
  });

  it('may name its loss by the kind alone, whose other keys can be set', () => {
    expect(load(least).experiment?.loss).toEqual({
      kind: 'bce',
      outputs: null,
      classWeights: null,
    });
    const dice = { kind: 'dice', outputs: null, classWeights: null, smooth: 1, background: false };
    expect(load(`${least}loss: dice\n`).experiment?.loss).toEqual(dice);
    expect(load(`${least}loss: {kind: dice}\n`).experiment?.loss).toEqual(dice);
    expect(load(least, '.loss=dice', 'loss.smooth=2').experiment?.loss).toEqual({
      ...dice,
      smooth: 2,
    });
    expect(load(`${least}loss: focal\n`, 'loss.gamma=3').experiment?.loss).toMatchObject({
      kind: 'focal',
      gamma: 3,
      alpha: 0.25,
    });
  });

  it('keeps the gradients, batches and weights as they are where it says nothing else', () => {
    expect(load(least).experiment).toMatchObject({
      clip: null,
      accumulate: 1,
      ema: null,
      memory: 'normal',
    });
    const text = `${least}clip: 1\naccumulate: 4\nema: 0.999\noptimiser: {kind: adamw}\n`;
    expect(load(text).experiment).toMatchObject({
      clip: 1,
      accumulate: 4,
      ema: 0.999,
      optimiser: { kind: 'adamw', weightDecay: 0.01 },
    });
  });

  it('loads again from what it is printed as', () => {
    const { experiment } = load(least, 'Unit=R2CL(steps: 3)');
    const again = load(printExperiment(experiment as NonNullable<typeof experiment>));
    expect(again.experiment).toEqual({
      ...experiment,
      model: { path: 'experiments/models/unet.net', name: null },
    });
  });

  it('has the defaults of its split, and its files from the working directory', () => {
    const folder = least.replace('kind: synthetic-retina', 'kind: folder\n  root: x');
    expect(load(folder).experiment?.data).toEqual({
      kind: 'folder',
      root: resolve('x'),
      cache: null,
      images: 'images/{id}.*',
      masks: 'masks/{id}.*',
      fov: null,
      labels: null,
      ignore: null,
      patient: null,
      split: null,
    });
    expect(load(folder, 'data.split.kind=folds').experiment?.data).toMatchObject({
      split: { kind: 'folds', folds: 5, fold: 1, validation: 0, seed: 1 },
    });
    const listed = load(folder, 'data.split={kind: list, test: held-out.txt}').experiment?.data;
    expect(listed).toMatchObject({ split: { train: null, test: resolve('held-out.txt') } });
  });

  it('counts the steps of its epochs', () => {
    const { experiment } = load(`${least.replace('steps: 10', 'epochs: 2.5')}patchesPerEpoch: 100`);
    expect(stepsOf(experiment as NonNullable<typeof experiment>)).toBe(32);
    expect(stepsOf({ ...(experiment as NonNullable<typeof experiment>), accumulate: 4 })).toBe(8);
  });
});

describe('an error in an experiment', () => {
  it('is an unknown key, shown at the key, with the one it may have meant', () => {
    expect(load(`${least}augment:\n  flip: false\n`).errors).toEqual([
      {
        code: 'NET0602',
        message: 'augment has no key flip',
        at: 'experiments/x.yaml:8:3',
        way: 'did you mean flips?',
      },
    ]);
  });

  it('is one of several, all of them told, in the order of the text', () => {
    const text = `${least.replace('steps: 10', 'steps: many')}batch: 0\noptimizer: {kind: adam}\n`;
    expect(load(text).errors.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'NET0604 experiments/x.yaml:5:8',
      'NET0604 experiments/x.yaml:7:8',
      'NET0602 experiments/x.yaml:8:1',
    ]);
  });

  it('names the value and what it should be', () => {
    expect(load(`${least}engine: {gpu: yes, kind: tensorflow}\n`).errors[0]?.message).toBe(
      'engine.gpu must be auto or require or never, not "yes"',
    );
  });

  it.each([
    ['loss: dise', 'loss.kind must be bce or', '7:7'],
    ['loss: {kind: dice, gamma: 2}', 'loss has no key gamma', '7:20'],
    [
      'loss: {kind: bce, outputs: {mask: 0}}',
      'loss.outputs.mask must be more than 0, not 0',
      '7:35',
    ],
    [
      'loss: {kind: bce, classWeights: [1]}',
      'loss.classWeights must be a list of 2 or more, not [1]',
      '7:33',
    ],
    ['loss: {kind: bce, outputs: {}}', 'loss.outputs must not be empty, not {}', '7:28'],
    ['clip: 0', 'clip must be more than 0, not 0', '7:7'],
    ['ema: 1', 'ema must be less than 1, not 1', '7:6'],
  ])('is one of a loss or of what follows gradients: %s', (line, message, at) => {
    const [error] = load(`${least}${line}\n`).errors;
    expect(error?.message).toContain(message);
    expect(error?.at).toBe(`experiments/x.yaml:${at}`);
  });

  it('is judged by the kind of its section', () => {
    const text = least.replace('kind: synthetic-retina', 'kind: drive\n  size: 64');
    expect(load(text).errors.map(({ message }) => message)).toEqual([
      'data needs root: the folder of the dataset, relative to the working directory',
      'data has no key size',
    ]);
  });

  it('is judged by the kind of a section inside another', () => {
    const folder = (more: string) =>
      least.replace('kind: synthetic-retina', `kind: folder\n  root: x\n  ${more}`);
    expect(load(folder('split: {kind: seed, tests: 3}')).errors).toEqual([
      {
        code: 'NET0602',
        message: 'data.split has no key tests',
        at: 'experiments/x.yaml:6:23',
        way: 'did you mean test?',
      },
    ]);
    expect(load(folder('split: {kind: list}')).errors[0]?.message).toMatch(
      /^data\.split needs test: a file that lists the images to test on/,
    );
    expect(load(folder('split: {kind: fold}')).errors[0]?.message).toBe(
      'data.split.kind must be given or external or seed or list or folds, not "fold"',
    );
    expect(load(folder('labels: {left: "#ff0000", right: [2, 3]}')).errors).toEqual([]);
  });

  it('is a value that says what it should be where no type does', () => {
    const messages = (setting: string) =>
      load(least, '.data={kind: folder, root: x}', setting).errors.map(({ message }) => message);
    expect(messages('data.labels={left: red}')).toEqual([
      'data.labels.left must be a grey value or a colour as "#rrggbb", not "red"',
    ]);
    expect(messages('data.labels={}')).toEqual(['data.labels must not be empty, not {}']);
    expect(messages('data.images=images/*.png')).toEqual([
      'data.images must be a pattern of paths with {id}, not "images/*.png"',
    ]);
    expect(messages('data.patient=(')).toEqual([
      'data.patient must be a regular expression, not "("',
    ]);
    expect(messages('data.split={kind: seed, test: all}')).toEqual([
      'data.split.test must be a number or given, not "all"',
    ]);
  });

  it('is a split where images are drawn', () => {
    expect(load(`${least}`, 'data.split.kind=seed').errors[0]?.message).toBe(
      'data has no key split',
    );
  });

  it('is an experiment without an end, or with two', () => {
    expect(load(least.replace('steps: 10\n', '')).errors[0]?.message).toMatch(/how long/);
    expect(load(`${least}epochs: 3\n`).errors[0]).toMatchObject({
      code: 'NET0605',
      at: 'experiments/x.yaml:7:1',
    });
  });

  it('is text that is not YAML', () => {
    const [error] = load('model: {path: x\nsteps: 3').errors;
    expect(error?.code).toBe('NET0601');
    expect(error?.at).toBe('experiments/x.yaml:1:8');
    expect(load('model:\n  path: x\n - y').errors).toHaveLength(1);
  });

  it.each(['', '[1]', 'UNet'])('is no experiment at all: %j', (text) => {
    const [error, ...others] = load(text).errors;
    expect(error?.message).toMatch(/^the experiment must be keys with their values, not /);
    expect(others).toEqual([]);
  });
});

describe('variants-4: --set beside an experiment', () => {
  it('with a dot sets a path of the experiment', () => {
    const { experiment } = load(least, 'schedule.kind=cosine', 'evaluation.window=96', '.batch=3');
    expect(experiment?.batch).toBe(3);
    expect(experiment?.schedule).toEqual({ kind: 'cosine', warmup: 0, floor: 0 });
    expect(experiment?.evaluation.window).toBe(96);
  });

  it('without a dot sets a parameter of the model, as an expression', () => {
    const { experiment } = load(least, 'base=16', 'Unit=R2CL(steps: 3)', 'name="x"');
    expect(experiment?.parameters).toEqual({ base: '16', Unit: 'R2CL(steps: 3)', name: '"x"' });
  });

  it("without a dot sets the experiment's own key where the model has no parameter of that name", () => {
    const { experiment, errors } = load(least, 'steps=240', 'batch=4', 'loss=dice', 'base=8');
    expect(errors).toEqual([]);
    expect(experiment).toMatchObject({ steps: 240, batch: 4, loss: { kind: 'dice' } });
    expect(experiment?.parameters).toEqual({ base: '8' });
  });

  it('without a dot finds a key in the only section that has it', () => {
    const { experiment } = load(least, 'threads=2', 'weightDecay=0.1', 'warmup=5');
    expect(experiment).toMatchObject({
      engine: { threads: 2 },
      optimiser: { weightDecay: 0.1 },
      schedule: { warmup: 5 },
    });
  });

  it('asks which is meant where several sections have the key', () => {
    expect(load(least, 'threshold=0.4').errors).toEqual([
      {
        code: 'NET0602',
        message:
          'the model has no parameter threshold, and the experiment has validation.threshold and evaluation.threshold',
        at: '--set threshold:1:1',
        way: 'say which, as in --set validation.threshold=...',
      },
    ]);
  });

  it("without a dot is the model's where the model has a parameter of that name, whatever the experiment has", () => {
    const recurrent = least.replace('models/unet.net', 'test/fixtures/with-steps.net');
    expect(load(recurrent, 'steps=3').experiment).toMatchObject({
      steps: 10,
      parameters: { steps: '3' },
    });
    expect(load(recurrent, '.steps=3').experiment).toMatchObject({ steps: 3, parameters: {} });
  });

  it('goes by the model that the settings choose', () => {
    const chosen = 'model.path=../test/fixtures/with-steps.net';
    expect(load(least, 'steps=3', chosen).experiment).toMatchObject({ steps: 10 });
  });

  it('takes a length in steps for one in epochs, and the other way round', () => {
    const epochs = least.replace('steps: 10', 'epochs: 2');
    expect(load(epochs, 'steps=240').experiment).toMatchObject({ steps: 240, epochs: null });
    expect(load(least, 'epochs=3').experiment).toMatchObject({ steps: null, epochs: 3 });
    expect(load(least, 'epochs=3', 'steps=4').errors).toHaveLength(1);
  });

  it.each([
    ['lr=0.01', 'netc calls it learningRate: --set learningRate=0.01'],
    ['learning_rate=0.01', 'did you mean learningRate?'],
    ['batch_size=4', 'netc calls it batch: --set batch=4'],
    ['max_epochs=4', 'netc calls it epochs: --set epochs=4'],
    ['weight_decay=0.1', 'netc calls it optimiser.weightDecay: --set optimiser.weightDecay=0.1'],
    ['optimizer=sgd', 'netc calls it optimiser.kind: --set optimiser.kind=sgd'],
    ['optimiser=sgd', 'name its kind: --set optimiser.kind=sgd'],
    ['optimiser.lr=0.1', 'netc calls it learningRate: --set learningRate=0.1'],
    ['engine=cuda', 'name its kind: --set engine.kind=tensorflow'],
    ['epoch=4', 'netc calls it epochs: --set epochs=4'],
    ['setps=4', 'did you mean steps?'],
    ['augmentation=true', "netc calls it augment: --set augment='{flips: true}'"],
  ])('answers %s with what netc calls it', (setting, way) => {
    expect(load(least, setting).errors.map((error) => error.way)).toEqual([way]);
  });

  it('is where its own error is shown', () => {
    expect(load(least, 'evaluation.window=wide').errors).toMatchObject([
      { code: 'NET0604', at: '--set evaluation.window:1:1' },
    ]);
    expect(load(least, 'evaluation.windows=3').errors[0]).toMatchObject({
      code: 'NET0602',
      at: '--set evaluation.windows:1:1',
      way: 'did you mean window?',
    });
  });

  it('wants a value', () => {
    expect(() => load(least, 'base')).toThrow('--set base: write --set key=value');
  });
});

describe('preprocess', () => {
  const steps = (list: string) => load(`${least}preprocess:\n${list}`);
  const told = (list: string) =>
    steps(list).errors.map(({ message, at, way }) => [at.split('x.yaml:')[1], message, way]);

  it('is standardised by image where it is left out, and has the defaults of its steps', () => {
    expect(load(least).experiment?.preprocess).toEqual([{ standardise: 'image' }]);
    const { experiment, errors } = steps('  - resize: 128\n  - clahe: {}\n');
    expect(errors).toEqual([]);
    expect(experiment?.preprocess).toEqual([{ resize: 128 }, { clahe: { clip: 2, tiles: 8 } }]);
  });

  it('has its steps checked one by one, each error at its place', () => {
    const list = '  - clahee: {}\n  - clahe: {tile: 8}\n  - gray: blue\n  - window: {low: 0}\n';
    expect(told(list)).toEqual([
      ['8:5', 'preprocess.0 has no key clahee', 'did you mean clahe?'],
      ['9:13', 'preprocess.1.clahe has no key tile', 'did you mean tiles?'],
      [
        '10:11',
        'preprocess.2.gray must be luminance, green or the three weights of red, green and blue, not "blue"',
        'write one, as in `gray: luminance`',
      ],
      [
        '11:5',
        'preprocess.3.window needs high: the value that becomes 255',
        'add `high: 400` under preprocess.3.window',
      ],
    ]);
  });

  it('says what a step is where there is none, or two', () => {
    const [one, two] = told('  - clahe\n  - {gamma: 2, resize: 64}\n');
    expect(one!.slice(1)).toEqual([
      'preprocess.0 must be one step, not "clahe"',
      'write one, as in `- {gamma: 1.2}`',
    ]);
    expect(two![1]).toMatch(/^preprocess\.1 must be one step, not /);
    const [old] = load(`${least}preprocess: {channels: rgb}\n`).errors;
    expect(old?.message).toMatch(/^preprocess must be a list of steps, not /);
    expect(old?.way).toBe('write one, as in `preprocess: [{standardise: image}]`');
  });

  it('ends with standardise, and a window has an inside', () => {
    const list = '  - standardise: image\n  - window: {low: 10, high: 10}\n';
    expect(told(list)).toEqual([
      ['8:5', 'standardise is the last step', 'move it to the end of the list'],
      ['9:13', 'a window from 10 to 10 is empty', 'give a `low` that lies below `high`'],
    ]);
  });

  it('is set from the command line as a whole', () => {
    const { experiment } = load(least, '.preprocess=[{gray: green}]');
    expect(experiment?.preprocess).toEqual([{ gray: 'green' }]);
  });
});

describe('augment', () => {
  it('bends when it is told how far and how smoothly', () => {
    const text = `${least}augment:\n  elastic: {amplitude: 2}\n`;
    expect(load(text).errors[0]?.message).toMatch(/^augment\.elastic needs smoothness/);
    expect(load(least).experiment?.augment).toMatchObject({
      flips: true,
      rotate: 0,
      elastic: null,
    });
  });
});
