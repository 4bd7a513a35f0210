import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { loadModules } from '../../../src/compiler/load/modules.js';
import { boundOf } from '../../../src/compiler/names/bind.js';
import type { Target } from '../../../src/compiler/names/binding.js';
import { printShape } from '../../../src/compiler/sizes/size.js';
import { type SourceReader, type Span, textOf } from '../../../src/compiler/source/source.js';
import type { File } from '../../../src/compiler/syntax/ast.js';
import type { Module } from '../../../src/compiler/syntax/module.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import { compileText, diagnosticsOf, graphOf, modelOf, readerOf } from '../expand/texts.js';

// What the walk over a file says of its names: the checks, the expansion and the editor have no other source.

const shipped = ['models', 'examples'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.net'))
    .map((name) => join(folder, name)),
);

const moduleOf = (path: string, reader: SourceReader = diskReader()): Module =>
  loadModules(path, reader, new Diagnostics())!.main;

interface Named {
  readonly text: string;
  readonly span: Span;
}

/** Every node of a tree that stands for a name: found by its form, so that no kind of node can be forgotten. */
function namesIn(file: File): readonly Named[] {
  const found: Named[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || 'path' in node) return;
    if ('text' in node && 'span' in node) found.push(node as Named);
    for (const [key, part] of Object.entries(node)) if (key !== 'span') visit(part);
  };
  visit(file.imports);
  visit(file.definitions);
  return found;
}

describe.each(shipped)('%s', (path) => {
  const module = moduleOf(path);
  const bound = boundOf(module);

  test('every name means something, and nothing is wrong with it', () => {
    const names = namesIn(module.file);
    expect(names.length).toBeGreaterThan(3);
    // Which block a parameter is, and so what its arguments are for, no text says.
    const open = new Set(
      bound.inOrder().flatMap(({ target }) => (isBlockParameter(target) ? [target] : [])),
    );
    const without = names.filter((name) => !bound.uses.has(name));
    const argumentsOnly = without.filter(({ span }) => !/^\s*:/.test(after(span)));
    expect(argumentsOnly.map(({ text }) => text)).toEqual([]);
    expect(without.length === 0 || open.size > 0).toBe(true);
    expect(bound.diagnostics.all()).toEqual([]);
  });

  test('a local name is bound above its uses, by its own text', () => {
    for (const { span, target, binds } of bound.uses.values()) {
      if (target.kind !== 'local') continue;
      expect(textOf(target.name.span)).toBe(textOf(span));
      const isNear = target.name.span.file === span.file;
      // The names of arguments and the inputs of a block stand where they like.
      const isFree = target.role === 'input' || target.role === 'parameter';
      if (isNear && !isFree && !binds) expect(target.name.span.start).toBeLessThan(span.start);
    }
  });

  test('is bound once, whoever asks', () => {
    expect(boundOf(module) === bound).toBe(true);
    expect(boundOf(moduleOf(path)) === bound).toBe(false);
  });
});

const after = ({ file, end }: Span): string => file.text.slice(end, end + 3);

const isBlockParameter = (target: Target): boolean =>
  target.kind === 'local' && target.role === 'parameter' && /^[A-Z]/.test(target.name.text);

describe('what a name means', () => {
  /** The line and the role of what each use of `name` means, in the order of the text. */
  const meanings = (name: string, text: string, others: Readonly<Record<string, string>> = {}) =>
    boundOf(moduleOf('main.net', readerOf({ ...others, 'main.net': text })))
      .inOrder()
      .filter(({ span }) => textOf(span) === name)
      .map(({ target }) => {
        if (target.kind !== 'local') return target.kind;
        const { file, start } = target.name.span;
        const line = file.text.slice(0, start).split('\n').length;
        return `${target.role} of ${file.path}:${line}`;
      });

  test('in a loop, the state hides the name outside, which holds again behind it', () => {
    const text = `block B (x) {
  let a = repeat 2 with x = x -> relu {
    x -> tanh
  }
  (a, x) -> concat
}`;
    const [outer, inner] = ['input of main.net:1', 'state of main.net:2'];
    expect(meanings('x', text)).toEqual([outer, inner, outer, inner, outer]);
  });

  test('of two loops in a row, each has its own variable', () => {
    const text = `block B (x) {
  let a = for n in [1, 2] { x -> Conv(n) }
  let b = for n in [3, 4] { x -> Conv(n) }
  [...a, ...b] -> concat
}`;
    const [first, second] = ['variable of main.net:2', 'variable of main.net:3'];
    expect(meanings('n', text)).toEqual([first, first, second, second]);
  });

  test('two branches bind one name each for itself', () => {
    const text = `block B(deep) (x) {
  if deep {
    let y = x -> relu
    y -> tanh
  } else {
    let y = x -> tanh
    y -> relu
  }
}`;
    const [then, other] = ['let of main.net:3', 'let of main.net:6'];
    expect(meanings('y', text)).toEqual([then, then, other, other]);
  });

  test('a default sees the parameters before it and the inputs', () => {
    const text = `block B(a, b = a * 2, c = x.channels + b) (x) { x -> Conv(c) }`;
    expect(meanings('a', text)).toEqual(Array(2).fill('parameter of main.net:1'));
    expect(meanings('b', text)).toEqual(Array(2).fill('parameter of main.net:1'));
    expect(meanings('x', text)).toEqual(Array(3).fill('input of main.net:1'));
  });

  test('an argument of a variant sees the parameters of its model before its own', () => {
    const text = `import { M } from "m.net"
model V = M(width: base * 2)`;
    const m = `model M(base = 4, width = base) {
  input image: [N, H, W, 3]
  output mask = image -> Conv(width)
}`;
    expect(meanings('base', text, { 'm.net': m })).toEqual(['parameter of m.net:1']);
    expect(meanings('width', text, { 'm.net': m })).toEqual(['parameter of m.net:1']);
    expect(meanings('width', text.replace('width: base', 'base: width'), { 'm.net': m })).toEqual(
      [],
    );
  });

  test('built-in names, functions, attributes, sizes and instances are told apart', () => {
    const text = `model M {
  input image: [N, H, W, 3]
  let n = max(1, image.channels)
  output mask = image -> Conv(n, kernel: 1) as head -> relu
}`;
    const kinds = ['N', 'max', 'channels', 'Conv', 'kernel', 'head', 'relu'];
    expect(kinds.map((name) => meanings(name, text))).toEqual([
      ['symbol'],
      ['function'],
      ['attribute'],
      ['builtin'],
      ['builtin parameter'],
      ['instance'],
      ['builtin'],
    ]);
  });
});

describe('what is called', () => {
  const matchesIn = (text: string) =>
    [...boundOf(moduleOf('main.net', readerOf({ 'main.net': text }))).matches.values()].map(
      (each) =>
        each.map(({ parameter, argument }) => `${parameter} = ${textOf(argument.value.span)}`),
    );

  test('takes its arguments by position and by name, in two brackets too, and by another name', () => {
    const text = `block A(n, step = 1) (x) { x -> Conv(n, stride: step) }
block B (x) {
  let C = A(4)
  x -> C(step: 2)
}`;
    expect(matchesIn(text)).toEqual([['channels = n', 'stride = step'], ['n = 4'], ['step = 2']]);
  });

  test('is not known of a parameter, nor of what a condition or a loop decides', () => {
    const text = `block B(Unit, deep) (x) {
  let Two = if deep { Conv } else { BatchNorm }
  let last = repeat 2 with U = Unit { U }
  x -> Unit(1) -> Two(2)
}`;
    expect(matchesIn(text)).toEqual([]);
  });
});

test('a state that is a block takes the arguments of the step at hand', () => {
  const blocks = `block A(c) (x) { x -> Conv(c) }
block B(k, c = 5) (x) { x -> Conv(c, kernel: k) }
`;
  const last = 'let Last = for n in [0, 1] with U = A { if n == 0 { B } else { U(k: 3) } }';
  const graph = graphOf(blocks + modelOf('image -> Last', last));
  expect(graph.variables.map(({ value }) => printShape(value.type.shape))).toContain(
    '[3, 3, 3, 5]',
  );
});

test('a misspelled model of a variant is put right without its arguments', () => {
  const text = `${modelOf('image -> Conv(1)').replace('Net', 'Small(n = 1)')}
model Large = Smal(n: 2)`;
  const [first] = compileText(text, { model: 'Small' }).diagnostics;
  expect(first?.suggestion?.edits?.map(({ span, text }) => [textOf(span), text])).toEqual([
    ['Smal', 'Small'],
  ]);
});

test('the shape of an input is checked in a model that is not compiled', () => {
  const text = `${modelOf('image -> Conv(1)')}
model Other {
  input image: [N, 3]
  output mask = image -> Conv(1)
}`;
  expect(diagnosticsOf(text, { model: 'Net' })).toEqual([
    'NET0405: the shape of an input is [batch, height, width, channels]',
  ]);
});

test('path segments are numbered in each body and each loop by itself', () => {
  const text = `block B (x) {
  shared s = Conv(1)
  let a = x -> Conv(1) -> Conv(1) -> Conv(1) as head
  let b = repeat 2 with t = a { t -> Conv(1) -> Conv(1) }
  repeat 3 with t = b { t -> s }
}`;
  const { segments } = boundOf(moduleOf('main.net', readerOf({ 'main.net': text })));
  const expected = ['Conv', 'Conv.2', 'head', 't', 'Conv', 'Conv.2', 't.2', 's'];
  expect([...segments.values()]).toEqual(expected);
});
