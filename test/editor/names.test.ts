import { describe, expect, test } from 'vitest';
import { positionAt, type Span } from '../../src/compiler/source/source.js';
import { definitionAt } from '../../src/editor/definition.js';
import { referencesAt } from '../../src/editor/references.js';
import { renamable, renameAt } from '../../src/editor/rename.js';
import { marked, unet, units } from './marked.js';

const files = (before: string, after: string) =>
  marked({ 'units.net': units, 'small.net': unet.replace(before, after) });

const shown = ({ file, start, end }: Span): string =>
  `${file.path}:${positionAt(file, start).line} ${file.text.slice(start, end)}`;

describe('definition', () => {
  const definition = (before: string, after: string): string | undefined => {
    const { workspace, path, offset } = files(before, after);
    const span = definitionAt(workspace, path, offset);
    return span && shown(span);
  };

  test.each([
    ['-> ConvUnit', '-> Conv‸Unit', 'units.net:2 ConvUnit'],
    ['{ ConvUnit', '{ ‸ConvUnit', 'units.net:2 ConvUnit'],
    ['"units.net"', '"units‸.net"', 'units.net:1 '],
    ['kernel: 5', 'ker‸nel: 5', 'units.net:2 kernel'],
    ['-> Unit', '-> Un‸it', 'small.net:3 Unit'],
    ['= DoubleConv', '= Double‸Conv', 'units.net:7 DoubleConv'],
    ['(here', '(here‸', 'small.net:5 here'],
    ['below ->', 'be‸low ->', 'small.net:6 below'],
    ['(base)', '(b‸ase)', 'small.net:3 base'],
  ])('of %s at %s', (before, after, expected) => {
    expect(definition(before, after)).toBe(expected);
  });

  test('there is none of what is built in', () => {
    expect(definition('maxPool', 'max‸Pool')).toBeUndefined();
  });

  test('a loop variable is the one of its own loop', () => {
    const { workspace, path, offset } = marked({
      'a.net': `block A (x) {
  let first = repeat 2 with state = x { state -> relu }
  repeat 3 with state = first { (st‸ate -> tanh) }
}`,
    });
    expect(shown(definitionAt(workspace, path, offset)!)).toBe('a.net:3 state');
  });

  test('an argument of a variant names a parameter of the model as its value', () => {
    const { workspace, path, offset } = marked({
      'units.net': units,
      'small.net': unet,
      'more.net': `import { Small } from "small.net"
model Wide = Small(base: 2 * 8)(Unit: Un‸it)`,
    });
    expect(shown(definitionAt(workspace, path, offset)!)).toBe('small.net:3 Unit');
  });

  test('a variant of a variant names the parameters of the model', () => {
    const { workspace, path, offset } = marked({
      'units.net': units,
      'small.net': unet,
      'more.net': `import { Small } from "small.net"
model Wide = Small(base: 16)
model Wider = Wide(ba‸se: 32)`,
    });
    expect(shown(definitionAt(workspace, path, offset)!)).toBe('small.net:3 base');
  });
});

describe('references', () => {
  const references = (before: string, after: string): readonly string[] => {
    const { workspace, path, offset } = files(before, after);
    return referencesAt(workspace, path, offset).map(({ use }) => shown(use.span));
  };

  test('of a block: its definition, imports and uses in every file', () => {
    expect(references('-> ConvUnit', '-> Conv‸Unit')).toEqual([
      'small.net:1 ConvUnit',
      'small.net:6 ConvUnit',
      'units.net:2 ConvUnit',
      'units.net:7 ConvUnit',
      'units.net:7 ConvUnit',
    ]);
  });

  test('of a parameter: the arguments that name it too', () => {
    expect(references('kernel: 5', 'kern‸el: 5')).toEqual([
      'small.net:6 kernel',
      'units.net:2 kernel',
      'units.net:3 kernel',
    ]);
  });

  test('of a size symbol: the inputs of its model', () => {
    const { workspace, path, offset } = marked({
      'a.net': `model A {
  input a: [N, H‸, W, 1]
  input b: [N, H, W, 1]
  output c = (a, b) -> add
}
model B { input a: [N, H, W, 1]
  output c = a -> relu }`,
    });
    const found = referencesAt(workspace, path, offset);
    expect(found.map(({ use }) => shown(use.span))).toEqual(['a.net:2 H', 'a.net:3 H']);
  });
});

describe('rename', () => {
  const rename = (before: string, after: string, to: string): readonly string[] => {
    const { workspace, path, offset } = files(before, after);
    return renameAt(workspace, path, offset, to).map(shown);
  };

  test('of a block goes through all files', () => {
    expect(rename('-> ConvUnit', '-> Conv‸Unit', 'Unit2')).toHaveLength(5);
  });

  test('of a value stays in its definition', () => {
    expect(rename('(here', '(h‸ere', 'top')).toEqual([
      'small.net:5 here',
      'small.net:6 here',
      'small.net:7 here',
    ]);
  });

  test('of a name that one file imports something by is that file’s alone', () => {
    const { workspace, path, offset } = marked({
      'units.net': units,
      'a.net': `import { ConvUnit as Unit } from "units.net"
block A (x) { x -> Un‸it(3) }`,
    });
    expect(renameAt(workspace, path, offset, 'U').map(shown)).toEqual([
      'a.net:1 Unit',
      'a.net:2 Unit',
    ]);
  });

  test('of a block leaves the other name that a file imports it by', () => {
    const { workspace, path, offset } = marked({
      'units.net': 'block Con‸vUnit (x) { x -> relu }',
      'a.net': `import { ConvUnit as Unit } from "units.net"
block A (x) { x -> Unit }`,
    });
    const renamed = renameAt(workspace, path, offset, 'U').map(shown);
    expect(renamed).toEqual(['units.net:1 ConvUnit', 'a.net:1 ConvUnit']);
  });

  test.each([
    ['(here', '(h‸ere', 'Top', 'here is no block: its name begins with a small letter'],
    ['(here', '(h‸ere', 'repeat', 'repeat is a keyword'],
    ['(here', '(h‸ere', 'relu', 'relu is built in'],
    ['(here', '(h‸ere', 'below', 'below is taken in small.net'],
    ['(here', '(h‸ere', 'base', 'base is taken in small.net'],
    ['(here', '(h‸ere', 'two words', 'two words is no name: letters, digits and _ after a letter'],
    ['-> ConvUnit', '-> Conv‸Unit', 'DoubleConv', 'DoubleConv is taken in small.net'],
    ['-> ConvUnit', '-> Conv‸Unit', 'Unit', 'Unit is taken in small.net'],
    ['maxPool', 'max‸Pool', 'pool', 'maxPool is built in'],
  ])('%s at %s to %s is refused', (before, after, to, reason) => {
    expect(() => rename(before, after, to)).toThrow(reason);
  });

  test('a name that another block has for itself is free', () => {
    expect(rename('(here', '(h‸ere', 'channels')).toHaveLength(3);
  });

  test('tells which text would be renamed', () => {
    const { workspace, path, offset } = files('(here', '(h‸ere');
    expect(shown(renamable(workspace, path, offset)!)).toBe('small.net:7 here');
  });

  test('is refused while a line cannot be read, which would keep the old name', () => {
    expect(() => rename('(here, below', '(h‸ere below', 'top')).toThrow('small.net has a line');
  });
});
