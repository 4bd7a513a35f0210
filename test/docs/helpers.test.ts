import { describe, expect, it } from 'vitest';
import { headOf, sessionOf, unknownIn, wordsOf } from './commands.js';
import { diagnosticsOf, diagnosticsOfFragment } from './compiled.js';
import { codeSpansOf, fencesOf, filesOf } from './fences.js';
import { strangeToShipped, strangeToSource } from './samples.js';

const fence = (text: string, label = 'net') => ({ page: 'a page', line: 1, label, text });

describe('a page', () => {
  it('falls into its blocks, with their labels and lines', () => {
    const page = 'Words.\n\n```net error NET0101\nx -> f\n```\n\n```text\nwrong\n```\n';
    expect(fencesOf('a page', page)).toEqual([
      { page: 'a page', line: 3, label: 'net error NET0101', text: 'x -> f\n' },
      { page: 'a page', line: 7, label: 'text', text: 'wrong\n' },
    ]);
  });

  it('is refused where a block has no end', () => {
    expect(() => fencesOf('a page', '```net\nblock')).toThrow('a page:1: the block has no end');
  });

  it('names commands and files outside its blocks', () => {
    expect(codeSpansOf('See `a.ts`.\n```net\n`b`\n```\nAnd `c`.')).toEqual(['a.ts', 'c']);
  });
});

describe('the files of a block', () => {
  it('begin at the lines that name them', () => {
    const text = '// a.net\nblock A(x) { x }\n\n// lib/b.net: a remark\nblock B(x) { x }\n';
    expect(filesOf(fence(text))).toEqual([
      { path: 'a.net', text: '// a.net\nblock A(x) { x }\n' },
      { path: 'lib/b.net', text: '// lib/b.net: a remark\nblock B(x) { x }\n' },
    ]);
    expect(filesOf(fence('block A(x) { x }\n'))[0]).toMatchObject({ path: 'my.net' });
  });

  it('import each other, and warnings count', () => {
    const files = new Map([
      ['units.net', 'block Unit(x) { x -> Conv(4) }'],
      [
        'net.net',
        'import { Unit } from "units.net"\nmodel M {\n  input x: [N, H, W, 1]\n' +
          '  let unused = x -> Conv(2)\n  output y = x -> Unit\n}',
      ],
    ]);
    expect(diagnosticsOf('net.net', files).map(({ code }) => code)).toEqual(['NET0901']);
  });

  it('are held to what is shipped, up to blanks', () => {
    const shown = (skip: string) =>
      fence(
        `// models/r2au.net\nmodel R2AUNet = UNet(Unit: R2CL(Norm: Norm),\n    Skip: ${skip})\n`,
      );
    expect(strangeToShipped(shown('AttentionGate(Norm: Norm)'))).toEqual([]);
    expect(strangeToShipped(shown('concat'))).toHaveLength(1);
  });

  it('are held to the source that they name', () => {
    const path = 'src/compiler/ops/elementwise/add.ts';
    expect(strangeToSource(fence(`// ${path}\n  summary: 'The sum.',\n`, 'ts'))).toEqual([]);
    expect(strangeToSource(fence(`// ${path}\n  summary: 'A sum.',\n`, 'ts'))).toHaveLength(1);
    const client = '# examples/serving/onnx_runtime.py\nmodel, image, mask';
    expect(strangeToSource(fence(`${client}, *fov = arguments(__doc__, 3)\n`, 'python'))).toEqual(
      [],
    );
    expect(strangeToSource(fence(`${client} = arguments(__doc__)\n`, 'python'))).toHaveLength(1);
  });
});

describe('a fragment', () => {
  it.each([
    'let a = x -> relu',
    'x -> Conv(3)',
    'R2CL(steps: 3)',
    'output y = x',
    'block A(x) { x }',
  ])('%s reads as a part of a file', (text) => expect(diagnosticsOfFragment(text)).toBe(''));

  it('does not read with an error in it', () => {
    expect(diagnosticsOfFragment('let = x -> relu')).toContain('error NET00');
  });
});

describe('a command', () => {
  it('falls into words as in a shell, without prompt, remark and head', () => {
    const words = ['netc', 'count', 'a.net', '--set', 'Unit=R2CL(steps: 3)'];
    expect(wordsOf("$ netc count a.net --set 'Unit=R2CL(steps: 3)' | head -3")).toEqual(words);
    expect(wordsOf('npm test   # all of it')).toEqual(['npm', 'test']);
    expect(headOf('netc graph a.net | head -3')).toBe(3);
  });

  it('stands above its output', () => {
    expect(sessionOf('$ netc a\none\ntwo\n\n$ netc b\nthree\n')).toEqual([
      { command: 'netc a', output: 'one\ntwo' },
      { command: 'netc b', output: 'three' },
    ]);
  });

  it('is one that netc has, with options that it has', () => {
    expect(unknownIn(['count', 'a.net', '--by', 'block'])).toEqual([]);
    expect(unknownIn(['weights', 'inspect|import|export'])).toEqual([]);
    expect(unknownIn(['chek', 'a.net'])).toEqual(['chek']);
    expect(unknownIn(['weights', 'inspct'])).toEqual(['weights', 'inspct']);
    expect(unknownIn(['count', 'a.net', '--sise', '8x8'])).toEqual(['--sise']);
  });
});
