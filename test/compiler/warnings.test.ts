import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { checkFile, compileModel } from '../../src/compiler/compile.js';
import type { Code } from '../../src/compiler/diagnostics/codes.js';
import type { Diagnostic, Suggestion } from '../../src/compiler/diagnostics/diagnostic.js';
import type { Explanation } from '../../src/compiler/diagnostics/explain/explanation.js';
import { warningExplanations } from '../../src/compiler/diagnostics/explain/warnings.js';
import { print } from '../../src/compiler/ir/print.js';
import type { SourceReader } from '../../src/compiler/source/source.js';
import { diskReader } from '../../src/runtime/files/source-reader.js';

const readerOf = (files: Readonly<Record<string, string>>): SourceReader => ({
  read: (path) => (path in files ? { path, text: files[path]! } : undefined),
  resolve: (_, specifier) => specifier,
});

const compile = (text: string, files: Readonly<Record<string, string>> = {}) =>
  compileModel('net.net', readerOf({ ...files, 'net.net': text }));

const codesOf = (diagnostics: readonly Diagnostic[]): readonly Code[] =>
  diagnostics.map(({ code }) => code);

/** `text` with the edits made, the last in the text first. */
function edited(text: string, { edits }: Suggestion): string {
  const later = [...edits!].sort((a, b) => b.span.start - a.span.start);
  return later.reduce(
    (now, { span, text }) => now.slice(0, span.start) + text + now.slice(span.end),
    text,
  );
}

const explained = Object.entries(warningExplanations) as [Code, Explanation][];

describe('models-4, text-2: the page of each warning', () => {
  test.each(explained)('%s', (code, { wrong, right, files }) => {
    // One that counts others stands behind a hundred of them.
    const codes = codesOf(compile(wrong, files).diagnostics);
    expect(code === 'NET0911' ? codes.slice(-1) : codes).toEqual([code]);
    expect(compile(right, files).diagnostics).toEqual([]);
  });
});

describe('the suggestion of each warning', () => {
  // What a gate should be fed, and whose argument a parameter lost, no edit can know; how many more there are is no fault.
  const without: readonly Code[] = ['NET0904', 'NET0909', 'NET0911'];
  const withEdits = explained.filter(([code]) => !without.includes(code));

  test.each(withEdits)('%s is gone once its edits are made', (_, { wrong, files }) => {
    const [warning] = compile(wrong, files).diagnostics;
    const text = edited(wrong, warning!.suggestion!);
    expect(text).not.toBe(wrong);
    expect(compile(text, files).diagnostics).toEqual([]);
  });

  it.each([
    ['block Unit(channels) (x) { x -> Conv(8) }', 'block Unit(_channels) (x) { x -> Conv(8) }'],
    ['block Unit(_) (x, y) { y }', 'block Unit(_) (_, y) { y }'],
    ['block Unit(Wide, Kind = relu) (x) { x -> Wide }', 'block Unit(Wide) (x) { x -> Wide }'],
    ['block Unit(Kind, Wide) (x) { x -> Wide }', 'block Unit(Wide) (x) { x -> Wide }'],
  ])('takes a parameter or an input out of %s', (wrong, right) => {
    const check = (text: string) => checkFile('net.net', readerOf({ 'net.net': text })).diagnostics;
    const [warning] = check(wrong);
    expect(warning!.code).toBe('NET0904');
    expect(edited(wrong, warning!.suggestion!)).toBe(right);
    expect(check(right)).toEqual([]);
  });

  it('keeps the weights of a `shared` that is written in its one place where they were', () => {
    const { wrong } = warningExplanations.NET0907!;
    const { graph, diagnostics } = compile(wrong);
    const alone = compile(edited(wrong, diagnostics[0]!.suggestion!));
    expect(print(alone.graph!)).toBe(print(graph!));
  });

  it('keeps the network where an import or one of its names is dropped', () => {
    const files = {
      'units.net': 'block A(x) { x -> Conv(1) }\nblock B(x) { x }\nblock C(x) { x }\n',
    };
    for (const names of ['A, B', 'B, A', 'B, A, C', 'A, B as D']) {
      const text = `import { ${names} } from "units.net"
model Net {
  input image: [N, H, W, 1]
  output mask = image -> A -> sigmoid
}
`;
      const { diagnostics } = compile(text, files);
      expect(new Set(codesOf(diagnostics))).toEqual(new Set(['NET0905']));
      const left = compile(edited(text, diagnostics[0]!.suggestion!), files);
      expect(left.diagnostics).toHaveLength(diagnostics.length - 1);
    }
  });
});

describe('no warning', () => {
  const files = ['models', 'models/encoders', 'models/lib'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.net'))
      .map((name) => `${folder}/${name}`),
  );

  test.each(files)('of %s', (file) => {
    const isModel = !file.includes('/lib/');
    const { diagnostics } = isModel
      ? compileModel(file, diskReader())
      : checkFile(file, diskReader());
    expect(diagnostics).toEqual([]);
  });

  it('beside an error, which may be why a name is not read', () => {
    const { diagnostics } = compile(`block Unused(x) { x }
model Net(base = 4) {
  input image: [N, H, W, 3]
  let features = image -> Conv(8)
  output mask = feautres -> Conv(1) -> sigmoid
}
`);
    expect(codesOf(diagnostics)).toEqual(['NET0101']);
  });

  it('of a block that a --set names, nor of an import for one', () => {
    const text = `block Wide(x) { x -> Conv(16) }
model Net(Unit = relu) {
  input image: [N, H, W, 3]
  output mask = image -> Unit -> Conv(1) -> sigmoid
}
`;
    const reader = readerOf({ 'net.net': text });
    expect(codesOf(compileModel('net.net', reader).diagnostics)).toEqual(['NET0903']);
    const overrides = { Unit: 'Wide' };
    expect(compileModel('net.net', reader, { overrides }).diagnostics).toEqual([]);
  });
});

describe('a tensor of which only the size is read is no loss', () => {
  const model = (lines: string, result: string) => `model Net {
  input image: [N, H, W, 3]
  ${lines}
  output mask = ${result} -> Conv(1) -> sigmoid
}
`;

  it.each([
    ['resizeLike', 'let small = image -> maxPool(2)', '(image, small) -> resizeLike'],
    ['cropLike', 'let small = image -> Conv(4, padding: "valid")', '(image, small) -> cropLike'],
    [
      'zeros',
      'let small = image -> maxPool(2)',
      '(image -> maxPool(2), small -> zeros(2)) -> concat',
    ],
    [
      'Learned',
      'let small = image -> Conv(4) -> relu',
      '(image + (small -> Learned(channels: 3)))',
    ],
    ['.channels', 'let wide = image -> Conv(4) -> relu', 'image -> Conv(wide.channels)'],
  ])('%s', (_, lines, result) => {
    const text = model(lines, result);
    expect(compile(text).diagnostics).toEqual([]);
  });

  it('an input that only tells a size', () => {
    const text = model('input like: [N, P, Q, 1]', '(image, like) -> resizeLike');
    expect(compile(text).diagnostics).toEqual([]);
  });

  it('what is lost behind it is warned of, and only that', () => {
    const lines = 'let small = image -> maxPool(2)\n  let lost = (image, small) -> resizeLike';
    const { diagnostics } = compile(model(lines, 'image'));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'no output depends on this resizeLike: it is left out',
    ]);
  });
});
