import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import { printSource } from '../../../src/compiler/emit/source/source.js';
import { print } from '../../../src/compiler/ir/print.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import { compileText, readerOf } from '../expand/texts.js';

type Settings = Readonly<Record<string, string>>;

/** The one text of a model, once its graph was held to the model's. */
function resolved(path: string, reader: SourceReader, overrides: Settings = {}): string {
  const { chosen, graph, diagnostics } = compileModel(path, reader, { overrides });
  expect(diagnostics).toEqual([]);
  const text = printSource(chosen!, overrides);
  const alone = compileText(text);
  expect(alone.diagnostics).toEqual([]);
  expect(print(alone.graph!)).toBe(print(graph!));
  return text;
}

const models = readdirSync('models').filter((name) => name.endsWith('.net'));

describe('the resolved text of a model compiles to the same graph, with the same paths', () => {
  test.each(models)('%s', (file) => {
    expect(resolved(`models/${file}`, diskReader())).not.toContain('import');
  });

  test.each<[string, Settings]>([
    ['r2au.net', { Unit: 'R2CL(steps: 3, Layer: RecurrentConvStepNorm)', base: '8' }],
    ['r2au.net', { Skip: 'concat', Unit: 'R2CLTwoKernels', depth: '3' }],
    ['bcdunet.net', { Skip: 'BiConvLstmSkip(hidden: 8)', blocks: '1 + 1', base: '16' }],
    ['segnet.net', { stages: '[[4, 4], [for _ in range(2) { 8 }][0]]', classes: '2' }],
  ])('%s with %o', (file, overrides) => {
    resolved(`models/${file}`, diskReader(), overrides);
  });
});

describe('the resolved text', () => {
  const library = `/// Twice as wide.
block Unit(channels) (x) {
  // A remark stays.
  x -> Conv(channels * 2)
}
block Twice(Part) (x) { x -> Part -> Part }
`;
  const base = `import { Unit as Wide, Twice } from "library.net"
block Unused(x) { x }
/// What all of them are.
model Base(Unit = Wide(4), Last = sigmoid, rate = 0.5) {
  input image: [N, H, W, 3]
  output mask = image -> Twice(Unit) -> dropout(rate) -> Conv(1) -> Last
}
`;

  it('is what is needed, with its comments, and what is in force', () => {
    const main = `import { Base } from "base.net"
import { Unit } from "library.net"
/// A variant.
model Net = Base(rate: 0.1)(Unit: Unit(8))
`;
    const reader = readerOf({ 'library.net': library, 'base.net': base, 'main.net': main });
    const text = resolved('main.net', reader, { rate: '0.25' });
    expect(text).toBe(`// Net of main.net, with all that it is made of and every argument in place.

/// Twice as wide.
block Unit2(channels) (x) {
  // A remark stays.
  x -> Conv(channels * 2)
}

block Twice(Part) (x) { x -> Part -> Part }

/// A variant.
model Net(Unit = Unit2(8), Last = sigmoid, rate = 0.25) {
  input image: [N, H, W, 3]
  output mask = image -> Twice(Unit) -> dropout(rate) -> Conv(1) -> Last
}
`);
  });

  it('tells blocks of one name in two files apart, with the same weights', () => {
    const main = `import { Both } from "both.net"
block Unit(x) { x -> BatchNorm }
model Net {
  input image: [N, H, W, 3]
  output mask = image -> Unit -> Both -> Conv(1) -> sigmoid
}
`;
    const both = 'import { Unit } from "library.net"\nblock Both(x) { x -> Unit(2) }\n';
    const reader = readerOf({ 'library.net': library, 'both.net': both, 'main.net': main });
    const { chosen, graph } = compileModel('main.net', reader);
    const text = printSource(chosen!, {});
    expect(text).toContain('image -> Unit2 -> Both');
    const alone = compileText(text);
    expect(alone.diagnostics).toEqual([]);
    const renamed = print(alone.graph!).replaceAll('Unit2/', 'Unit/');
    expect(renamed).toBe(print(graph!));
  });
});
