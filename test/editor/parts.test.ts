import { describe, expect, test } from 'vitest';
import { codeActionsIn } from '../../src/editor/code-actions.js';
import { codeLensesOf } from '../../src/editor/code-lens.js';
import { foldsOf } from '../../src/editor/folding.js';
import { inlayHintsIn } from '../../src/editor/inlay-hints.js';
import { semanticTokensOf } from '../../src/editor/semantic-tokens.js';
import { symbolsOf } from '../../src/editor/symbols.js';
import { marked, unet, units } from './marked.js';

const small = (text = unet) => {
  const { workspace } = marked({ 'units.net': units, 'small.net': `${text}‸` });
  return { workspace, file: workspace.analysis('small.net')!.main.file };
};
const everywhere = { start: 0, end: 10_000 };

describe('inlay hints', () => {
  /** Each line with its hints where they stand. */
  const hinted = (text: string): string => {
    const { workspace } = small(text);
    return inlayHintsIn(workspace, 'small.net', everywhere).reduceRight(
      (line, { offset, label }) => `${line.slice(0, offset)} «${label}»${line.slice(offset)}`,
      text,
    );
  };

  test('the shape behind each stage', () => {
    expect(hinted(unet)).toContain(
      'here -> maxPool(2) «[N, H/2, W/2, 8]» -> ConvUnit(base * 2, kernel: 5) «[N, H/2, W/2, 16]»',
    );
  });

  test('in a block that is used with several shapes that of its first instance, marked', () => {
    const text = `model A {
  input image: [N, H, W, 3]
  output mask = image -> B(4) -> B(8)
}
block B(channels) (x) { x -> Conv(channels) }`;
    expect(hinted(text)).toContain('x -> Conv(channels) «[N, H, W, 4] ...»');
  });

  test('only in the part that is asked for', () => {
    const { workspace } = small();
    expect(inlayHintsIn(workspace, 'small.net', { start: 0, end: 40 })).toEqual([]);
  });
});

describe('code lens', () => {
  test('what each model costs', () => {
    const { workspace } = small(`${unet}\nmodel Wide = Small(base: 16)\n`);
    const titles = codeLensesOf(workspace, 'small.net').map(({ title }) => title);
    expect(titles).toEqual([
      '4,113 weights, 106 M multiply-adds at 256x256',
      '15,777 weights, 392 M multiply-adds at 256x256',
    ]);
  });

  test('a model that takes no 256x256 is counted at the nearest size', () => {
    const { workspace } = small(`model A {
  input image: [N, H, W, 3]
  output mask = (image -> maxPool(3) -> upsample(3)) -> Conv(1)
}`);
    const [lens] = codeLensesOf(workspace, 'small.net');
    expect(lens?.title).toContain('at 255x255');
  });
});

describe('code actions', () => {
  test.each([
    ['-> ConvUnit', '-> ConvUnt', 'did you mean ConvUnit?', 'ConvUnit'],
    ['kernel: 5', 'kernl: 5', 'did you mean kernel?', 'kernel'],
    ['{ ConvUnit,', '{ ConvUnt,', 'did you mean ConvUnit?', 'ConvUnit'],
    ['input image', 'input Image', 'write `image`', 'image'],
  ])('%s written %s', (before, after, title, fixed) => {
    const { workspace } = small(unet.replace(before, after));
    const action = codeActionsIn(workspace, 'small.net', everywhere).find((a) => a.title === title);
    expect(action?.edits.map(({ text }) => text)).toEqual([fixed]);
  });

  test('those of errors elsewhere in the file are not offered', () => {
    const { workspace } = small(unet.replace('-> ConvUnit', '-> ConvUnt'));
    expect(codeActionsIn(workspace, 'small.net', { start: 0, end: 5 })).toEqual([]);
  });
});

test('the outline has models and blocks with what their lines bind', () => {
  const outline = symbolsOf(small().file).map(({ name, kind, children }) => [
    `${kind} ${name}`,
    children.map((child) => `${child.kind} ${child.name}`),
  ]);
  expect(outline).toEqual([
    ['model Small', ['input image', 'let here', 'let below', 'output mask']],
  ]);
});

test('bodies, comments and imports fold', () => {
  const text = `// A file
// of blocks.
import { A } from "a.net"
import { B } from "b.net"

block C (x) {
  x -> Conv(
    3,
  )
}
`;
  const { file } = small(text);
  const folds = foldsOf(file.source, file.imports).map(({ from, to, kind }) => [kind, from, to]);
  expect(folds).toEqual([
    ['code', 6, 7],
    ['code', 5, 8],
    ['comment', 0, 1],
    ['imports', 2, 3],
  ]);
});

test('words are coloured by what they mean', () => {
  const { workspace } = small();
  const coloured = semanticTokensOf(workspace, 'small.net').map(({ start, end, type, modifiers }) =>
    [unet.slice(start, end), type, ...modifiers].join(' '),
  );
  for (const expected of [
    'import keyword',
    'ConvUnit class',
    '"units.net" string',
    'Small class declaration',
    'Unit parameter declaration',
    'Unit parameter',
    'H type declaration',
    'here variable declaration',
    'maxPool function defaultLibrary',
    '-> operator',
    '8 number',
  ]) {
    expect(coloured).toContain(expected);
  }
});
