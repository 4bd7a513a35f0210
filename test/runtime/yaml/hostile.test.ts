import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/compiler/diagnostics/diagnostic.js';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { loadExperiment } from '../../../src/runtime/experiments/load-experiment.js';
import { parseOverride } from '../../../src/runtime/experiments/overrides.js';
import { validate } from '../../../src/runtime/experiments/validate.js';
import { parseYaml, plainValue, spanOfKey } from '../../../src/runtime/yaml/source.js';

// YAML that was made to hang, to fill the memory or to end the program. The messages themselves are held by the files of
// test/errors/experiments.

function load(text: string, ...set: readonly string[]) {
  const diagnostics = new Diagnostics();
  const overrides = set.flatMap((setting) => parseOverride(setting, diagnostics) ?? []);
  const loaded = loadExperiment({ path: 'x.yaml', text }, overrides, diagnostics);
  return { loaded, errors: diagnostics.all() };
}

const errorsOf = (text: string): readonly Diagnostic[] => load(text).errors;

const experiment = `model: {path: m.net}
data: {kind: synthetic-retina}
steps: 1
output: runs/x
`;

const kindOf = ([error]: readonly Diagnostic[]): unknown => error?.facts.kind;

describe('aliases', () => {
  it.each([
    ['a list in itself', 'a: &a [*a]'],
    ['a section in itself', 'a: &a {b: {c: *a}}'],
    ['a key in its section', 'a: &a\n  ? [*a]\n  : 1'],
    ['the document in itself', '&a\nb: *a'],
  ])('of %s have no end, and are refused', (_, text) => {
    expect(kindOf(errorsOf(text))).toBe('circle');
  });

  it('are refused where each repeats the one before twice, at the first that is too much', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const errors = errorsOf(['a0: &a0 [1]', ...lines].join('\n'));
    expect(errors).toHaveLength(1);
    expect(errors[0]!.facts).toEqual({ kind: 'repeated', most: 10_000 });
    expect(errors[0]!.span.file.path).toBe('x.yaml');
    expect(errors[0]!.span.file.text.slice(errors[0]!.span.start, errors[0]!.span.end)).toMatch(
      /^\*a1\d$/,
    );
  });

  it('are refused where each is one level deeper', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`);
    expect(kindOf(errorsOf(['a0: &a0 [1]', ...lines].join('\n')))).toBe('deep');
  });

  it('mean the last value of that mark before them', () => {
    const text = 'a: &x 1\nb: *x\nc: &x 2\nd: [*x, *x]\n';
    const source = parseYaml({ path: 'x', text }, new Diagnostics())!;
    expect(plainValue(source)).toEqual({ a: 1, b: 1, c: 2, d: [2, 2] });
  });

  it('are copies: what the command line sets in one place stays as it is in the other', () => {
    const text = `${experiment}augment: &a {brightness: 0.1}\nparameters: *a\n`;
    const { loaded } = load(text, 'augment.brightness=0.2');
    expect(loaded!.experiment.augment.brightness).toBe(0.2);
    expect(loaded!.experiment.parameters).toEqual({ brightness: 0.1 });
  });
});

describe('depth', () => {
  it.each([
    ['brackets', 'a: ', '[', ''],
    ['closed brackets', 'a: ', '[', ']'],
    ['sections', 'a: ', '{a: ', '}'],
    ['items', '', '- ', ''],
    ['questions', '', '? ', ''],
  ])(
    'of %s, 20,000 of them, is an error and not the end of the program',
    (_, head, open, close) => {
      const errors = errorsOf(head + open.repeat(20_000) + close.repeat(20_000));
      expect(errors).toHaveLength(1);
      expect(errors[0]!.code).toBe('NET0601');
    },
  );

  it('is what a value has, not where it stands', () => {
    const nested = (levels: number): string => `a: ${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(kindOf(errorsOf(nested(98)))).not.toBe('deep');
    expect(kindOf(errorsOf(nested(100)))).toBe('deep');
  });
});

describe('keys', () => {
  it('50,000 unknown ones are found, each at its place', () => {
    const keys = Array.from({ length: 50_000 }, (_, i) => `key${i}: ${i}`).join('\n');
    const text = `${experiment}${keys}\n`;
    const source = parseYaml({ path: 'x.yaml', text }, new Diagnostics())!;
    const unknown = validate(plainValue(source)).filter(({ code }) => code === 'NET0602');
    const found = unknown.map(({ path }) => spanOfKey(source, path));
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(
      Array.from({ length: 50_000 }, (_, i) => `key${i}`),
    );
  });

  it('are the same where they become the same text', () => {
    expect(errorsOf('1: a\n"1": b\n')[0]!.facts).toEqual({ kind: 'twice', key: '1' });
  });

  it('named as what every object has are unknown keys like others', () => {
    const errors = errorsOf(`${experiment}__proto__: {steps: 5}\nconstructor: 1\n`);
    expect(errors.map(({ facts }) => facts.key)).toEqual(['__proto__', 'constructor']);
  });
});

describe('long texts', () => {
  it.each([
    ['blanks', `a:${' '.repeat(300_000)}{id} x: [`],
    ['an open quote', `a: "${"x' ".repeat(100_000)}`],
    ['comments', `${'# c\n'.repeat(200_000)}a: [`],
    ['one key', `${'k'.repeat(2_000_000)}: 1`],
    ['marks', `a: [${'&a 1, '.repeat(50_000)}]`],
    ['tabs', '\t'.repeat(200_000)],
    ['documents', '---\n'.repeat(100_000)],
  ])('of %s give an error', (_, text) => {
    expect(errorsOf(text).length).toBeGreaterThan(0);
  });
});
