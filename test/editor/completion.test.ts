import { describe, expect, test } from 'vitest';
import { completionsAt } from '../../src/editor/completion.js';
import { marked, unet, units } from './marked.js';

/** What is offered at the mark, where `before` in `small.net` becomes `after`. */
function offered(before: string, after: string): readonly string[] {
  return labels({ 'units.net': units, 'small.net': unet.replace(before, after) });
}

function labels(files: Readonly<Record<string, string>>): readonly string[] {
  const { workspace, path, offset } = marked(files);
  return completionsAt(workspace, path, offset).items.map(({ label }) => label);
}

describe('behind an arrow', () => {
  const stages = offered('-> ConvUnit(base * 2, kernel: 5)', '-> Co‸');

  test('blocks of the file and its imports, parameters that may be blocks, built-in blocks and operations', () => {
    for (const name of ['ConvUnit', 'DoubleConv', 'Unit', 'Conv', 'relu']) {
      expect(stages).toContain(name);
    }
  });

  test('no tensors, functions and keywords', () => {
    for (const name of ['here', 'floor', 'let', 'if']) expect(stages).not.toContain(name);
  });

  test('shared instances', () => {
    const text = 'block A (x) {\n  shared f = Conv(3)\n  x -> f -> ‸\n}';
    expect(labels({ 'a.net': text })).toContain('f');
  });
});

describe('in brackets behind a name', () => {
  test('its parameters that are not given, first', () => {
    const names = offered('ConvUnit(base * 2, kernel: 5)', 'ConvUnit(ke‸)');
    expect(names.slice(0, 2)).toEqual(['channels', 'kernel']);
    expect(offered('kernel: 5)', 'kernel: 5, ‸)').slice(0, 1)).toEqual(['channels']);
  });

  test('those of a built-in block with their defaults', () => {
    const { workspace, path, offset } = marked({ 'a.net': 'block A (x) { x -> Conv(3, ‸) }' });
    const kernel = completionsAt(workspace, path, offset).items.find((i) => i.label === 'kernel');
    expect(kernel).toMatchObject({ detail: 'kernel = 3', insert: 'kernel: ' });
  });

  test('those of the default of a parameter that is a block', () => {
    expect(offered('Unit(base)', 'Unit(‸)')[0]).toBe('channels');
  });

  test('the texts that a parameter may be', () => {
    const names = labels({ 'a.net': 'block A (x) { x -> Conv(3, padding: ‸) }' });
    expect(names.slice(0, 3)).toEqual(['"same"', '"valid"', '"torch"']);
  });

  test('values in scope', () => {
    expect(offered('(base)', '(‸)')).toContain('base');
  });
});

describe('values', () => {
  test('names hold from their line on', () => {
    const names = offered('image -> Unit(base)', '‸');
    expect(names).toContain('image');
    expect(names).not.toContain('here');
    expect(names).not.toContain('below');
  });

  test('the state of a loop is offered in the loop alone', () => {
    const text = 'block A (x) {\n  let y = repeat 2 with state = x { @ }\n  @\n}';
    const inside = text.replace('@', '‸').replace('@', 'y');
    const outside = text.replace('@', 'state').replace('@', '‸');
    expect(labels({ 'a.net': inside })).toContain('state');
    expect(labels({ 'a.net': outside })).not.toContain('state');
  });

  test('attributes behind a dot', () => {
    expect(labels({ 'a.net': 'block A (x) { x -> Conv(x.‸) }' })).toEqual([
      ...['length', 'first', 'last', 'rest', 'reversed', 'channels'],
    ]);
  });

  test('a line of a body may begin with a keyword', () => {
    expect(offered('  output', '  ‸\n  output').slice(0, 2)).toEqual(['let', 'shared']);
  });
});

describe('outside of bodies', () => {
  test('definitions begin with a keyword', () => {
    expect(labels({ 'a.net': '‸' })).toEqual(['import', 'block', 'model']);
  });

  test('models behind `model V =`', () => {
    const text = `${unet}\nmodel Wide = ‸\n`;
    expect(labels({ 'units.net': units, 'small.net': text })).toEqual(['Small']);
  });

  test('paths of the workspace’s files in an import', () => {
    const files = { 'lib/units.net': units, 'nets/a.net': 'import { ConvUnit } from "‸"' };
    expect(labels(files)).toEqual(['../lib/units.net']);
  });

  test('a path takes the place of what is in the quotes', () => {
    const text = 'import { ConvUnit } from "un‸its.net"';
    const { workspace, path, offset } = marked({ 'units.net': units, 'a.net': text });
    const { start, end } = completionsAt(workspace, path, offset);
    expect(text.replace('‸', '').slice(start, end)).toBe('units.net');
  });

  test('names of the file that is imported', () => {
    const text = 'import { ‸ } from "units.net"';
    expect(labels({ 'units.net': units, 'a.net': text })).toEqual(['ConvUnit', 'DoubleConv']);
  });
});

test.each([
  ['a new name', 'let here', 'let he‸re'],
  ['a comment', 'model', '// a co‸mment\nmodel'],
  ['a number', '= 8', '= 8‸'],
  ['the name of an instance', 'maxPool(2)', 'maxPool(2) as po‸ol'],
  ['a parameter’s name', 'base = 8', 'ba‸se = 8'],
])('nothing is offered for %s', (_, before, after) => {
  expect(offered(before, after)).toEqual([]);
});
