import { describe, expect, test } from 'vitest';
import { codeActionsIn } from '../../src/editor/code-actions.js';
import { diagnosticsIn } from '../../src/editor/diagnostics.js';
import { experimentCompletionsAt } from '../../src/editor/experiment-completion.js';
import { kinds } from '../../src/runtime/experiments/schema/index.js';
import { marked, unet, units } from './marked.js';

const experiment = `model:
  path: ../small.net
parameters:
  base: 4
data:
  kind: drive
  root: images
steps: 10
output: runs/a
`;

const opened = (text: string) =>
  marked({ 'units.net': units, 'small.net': unet, 'experiments/a.yaml': text });

describe('errors', () => {
  /** Each with the text it is shown at. */
  const errors = (before: string, after: string): readonly string[] => {
    const { workspace, path } = opened(`${experiment.replace(before, after)}‸`);
    return diagnosticsIn(workspace, path).map(
      ({ span, message }) => `${span.file.text.slice(span.start, span.end)}: ${message}`,
    );
  };

  test('a right experiment has none', () => {
    expect(errors('', '')).toEqual([]);
  });

  test.each([
    ['steps: 10', 'step: 10', 'step: the experiment has no key step\nhelp: did you mean steps?'],
    [
      'root: images',
      'roots: images',
      'data: data needs root: the folder of the dataset, relative to the working directory\nhelp: add `root: ...` under data',
    ],
    [
      'kind: drive',
      'kind: drove',
      'drove: data.kind must be drive or isic or lung or hrf or stare or chase or folder or synthetic-retina or synthetic-lesion or synthetic-lung, not "drove"\nhelp: did you mean drive?',
    ],
    [
      '../small',
      '../smal',
      '../smal.net: smal.net is missing\nhelp: name a .net file, from the folder of the experiment',
    ],
    [
      'base: 4',
      'base: 4.5',
      '../small.net: units.net:3: a whole number is wanted, not 4.5\nin ConvUnit, from DoubleConv at units.net:7, from small.net:5\nhelp: 4 and 5 are whole; `floor` and `ceil` round',
    ],
    [
      'base: 4',
      'bas: 4',
      'bas: Small has no parameter bas, only Unit, base\nhelp: did you mean base?',
    ],
    [
      'path: ../small.net',
      'path: ../small.net\n  name: Smal',
      'Smal: small.net defines no model Smal, only Small\nhelp: did you mean Small?',
    ],
    [
      'steps: 10',
      'steps: 10\npatch: 33',
      '33: Small takes no patch of 33x33; the next larger is 34x34\nhelp: write `patch: 34`, or `patch: 32` where images are smaller',
    ],
    [
      'steps: 10',
      'steps: 10\npreprocess:\n  - gray: green',
      'gray: green: Small takes 3 channels, and the step gray leaves 1\nhelp: leave the step out, or give the input of the model 1 channel',
    ],
  ])('%s written %s', (before, after, expected) => {
    expect(errors(before, after)).toContain(expected);
  });

  test('an error of the model is shown at its path, with its place', () => {
    const { workspace, path } = opened(`${experiment}‸`);
    workspace.update('small.net', unet.replace('concat', 'add'));
    const [error] = diagnosticsIn(workspace, path);
    expect(error?.message).toContain('small.net:7: ');
    expect(error?.related[0]?.span.file.path).toBe('small.net');
  });

  test('another YAML file is left alone', () => {
    expect(errors(experiment, 'name: build\non: push\n')).toEqual([]);
  });

  test('a key that is nearly right can be mended', () => {
    const { workspace, path } = opened(`${experiment.replace('steps', 'step')}‸`);
    const [action] = codeActionsIn(workspace, path, { start: 0, end: 500 });
    expect(action?.edits.map(({ span, text }) => [span.file.path, text])).toEqual([
      ['experiments/a.yaml', 'steps'],
    ]);
  });
});

describe('completion', () => {
  const offered = (before: string, after: string): readonly string[] => {
    const { workspace, path, offset } = opened(experiment.replace(before, after));
    return experimentCompletionsAt(workspace, path, offset).items.map(({ label }) => label);
  };

  test('keys that are not there yet', () => {
    const keys = offered('steps: 10', '‸');
    expect(keys).toEqual(expect.arrayContaining(['steps', 'batch', 'optimiser']));
    expect(keys).not.toContain('output');
  });

  test('keys of a section, and of its kind', () => {
    expect(offered('steps: 10', 'engine:\n  ‸')).toEqual(['kind', 'gpu', 'threads', 'devices']);
    expect(offered('steps: 10', 'optimiser:\n  kind: sgd\n  m‸')).toEqual([
      'momentum',
      'nesterov',
      'weightDecay',
    ]);
  });

  test.each([
    ['kind: drive', 'kind: ‸', [...Object.keys(kinds.data!)]],
    ['steps: 10', 'engine:\n  gpu: r‸', ['auto', 'require', 'never']],
    ['steps: 10', 'evaluation:\n  baselines: ‸', ['true', 'false']],
    ['path: ../small.net', 'path: ‸', ['../units.net', '../small.net']],
    ['path: ../small.net', 'path: ../small.net\n  name: ‸', ['Small']],
    ['base: 4', '‸', ['Unit', 'base']],
  ])('%s written %s', (before, after, expected) => {
    expect(offered(before, after)).toEqual(expected);
  });

  test('a path takes the place of the whole word', () => {
    const text = experiment.replace('../small.net', '../sm‸all.net');
    const { workspace, path, offset } = opened(text);
    const { start, end } = experimentCompletionsAt(workspace, path, offset);
    expect(text.replace('‸', '').slice(start, end)).toBe('../small.net');
  });
});
