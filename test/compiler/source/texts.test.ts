import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compiler/index.js';
import { readerOfTexts } from '../../../src/compiler/source/texts.js';

const { read, resolve } = readerOfTexts({ 'a.net': 'text' });

describe('texts by path', () => {
  it.each([
    ['net.net', 'lib/units.net', 'lib/units.net'],
    ['lib/shapes.net', 'units.net', 'lib/units.net'],
    ['lib/shapes.net', './units.net', 'lib/units.net'],
    ['lib/deep/shapes.net', '../units.net', 'lib/units.net'],
    ['lib/shapes.net', '../../units.net', '../units.net'],
    ['../net.net', '../units.net', '../../units.net'],
    ['/models/net.net', 'lib/units.net', '/models/lib/units.net'],
    ['/models/net.net', '/lib/units.net', '/lib/units.net'],
  ])('from %s, %s is %s', (from, specifier, path) => expect(resolve(from, specifier)).toBe(path));

  it('are what is given, and nothing an object has by itself', () => {
    expect(read('a.net')).toEqual({ path: 'a.net', text: 'text' });
    expect(read('toString')).toBeUndefined();
  });
});

describe('compile', () => {
  const text = (channels: string) =>
    `model M(c = ${channels}) {\n  input x: [N, H, W, 1]\n  output y = x -> Conv(c) -> sigmoid\n}`;

  it('gives a model, with parameters set', () => {
    const { model } = compile({ 'm.net': text('1') }, 'm.net', { set: { c: '3' } });
    expect(model?.graph.outputs[0]?.value.type.shape).toHaveLength(4);
    expect(model?.graph.variables.map(({ path }) => path)).toEqual(['Conv/kernel', 'Conv/bias']);
  });

  it('gives diagnostics and no model where there is an error', () => {
    const { model, diagnostics } = compile({ 'm.net': text('1.5') }, 'm.net');
    expect(model).toBeUndefined();
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  });

  it('refuses a path without a text', () => {
    expect(() => compile({}, 'm.net')).toThrow('there is no text at m.net');
  });
});
