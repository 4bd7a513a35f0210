import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/compiler/diagnostics/cells.js';
import type { Diagnostic } from '../../../src/compiler/diagnostics/diagnostic.js';
import { originChain, renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import type { Origin } from '../../../src/compiler/source/origin.js';
import type { SourceFile, Span } from '../../../src/compiler/source/source.js';

const file = (text: string, path = 'a.net'): SourceFile => ({ path, text });

function spanOf(source: SourceFile, word: string): Span {
  const start = source.text.indexOf(word);
  return { file: source, start, end: start + word.length };
}

type Parts = Partial<Diagnostic> & Pick<Diagnostic, 'message' | 'span'>;

const unknownName = (parts: Parts): Diagnostic => ({
  code: 'NET0101',
  severity: 'error',
  origin: null,
  facts: {},
  related: [],
  ...parts,
});

const render = (parts: Parts, width = 80): string[] =>
  renderDiagnostics([unknownName(parts)], { colour: false, width }).split('\n');

describe('a diagnostic', () => {
  const source = file('block B(x) {\n  x -> Konv(3)\n}\n');

  test('shows its code, its place, its line and the suggestion', () => {
    const parts = {
      message: 'nothing is called `Konv`',
      span: spanOf(source, 'Konv'),
      label: 'here',
      suggestion: { message: 'did you mean `Conv`?' },
    };
    expect(render(parts)).toEqual([
      'error NET0101: Unknown name',
      '  nothing is called `Konv`',
      ' --> a.net:2:8',
      '   |',
      ' 2 |   x -> Konv(3)',
      '   |        ^^^^ here',
      '   = help: did you mean `Conv`?',
    ]);
  });

  test('shows what belongs to it in other files, in one margin', () => {
    const other = file(`${'\n'.repeat(11)}block Conv2(x) { x }`, 'lib.net');
    const related = [{ span: spanOf(other, 'Conv2'), message: 'this one is near' }];
    expect(render({ message: 'm', span: spanOf(source, 'Konv'), related }).slice(2)).toEqual([
      '  --> a.net:2:8',
      '    |',
      '  2 |   x -> Konv(3)',
      '    |        ^^^^',
      '  ::: lib.net:12:7',
      '    |',
      ' 12 | block Conv2(x) { x }',
      '    |       ----- this one is near',
    ]);
  });

  test('underlines the first line of a place of several', () => {
    const span = { file: source, start: source.text.indexOf('{'), end: source.text.length - 1 };
    expect(render({ message: 'm', span })[5]).toBe('   |            ^');
  });

  test('points at the gap where something is missing', () => {
    const end = source.text.indexOf('\n', 20);
    expect(render({ message: 'm', span: { file: source, start: end, end } })[5]).toBe(
      '   |               ^',
    );
  });

  test('keeps to the width: words wrap and a long line is cut around its place', () => {
    const long = file(`${'a, '.repeat(60)}wrong${', b'.repeat(60)}`);
    const message = 'one of these many names is not known, and it is in the middle of the line';
    const lines = render({ message, span: spanOf(long, 'wrong'), label: 'this one' }, 50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
    const excerpt = lines.findIndex((line) => line.includes('wrong'));
    expect(lines[excerpt + 1]!.indexOf('^^^^^')).toBe(lines[excerpt]!.indexOf('wrong'));
  });

  test('takes a tab for one column', () => {
    const tabbed = file('\t\tlet a = b');
    const lines = render({ message: 'm', span: spanOf(tabbed, 'b') });
    expect(lines.slice(4)).toEqual([' 1 |   let a = b', '   |           ^']);
  });

  describe('stands under what it means', () => {
    const under = (text: string, word: string, width = 80): string => {
      const lines = render({ message: 'm', span: spanOf(file(text), word) }, width);
      const row = lines.findIndex((line) => line.includes('^'));
      const [shown, marks] = [lines[row - 1]!, lines[row]!];
      return [...cellsOf(shown)].reduce(
        ({ at, found }, { text, width }) => ({
          at: at + width,
          found: found + (marks[at] === '^' ? text : ''),
        }),
        { at: 0, found: '' },
      ).found;
    };

    test.each([
      ['wide signs', 'let a = "血管" + wrong'],
      ['combining marks', 'let a = "re\u0301seau" + wrong // n\u0303'],
      ['pictures', 'let a = "👩‍👩‍👧 ❤️" + wrong'],
      ['half-width signs', 'let a = "ｶﾅ" + wrong'],
      ['tabs', '\t\tlet a\t= wrong'],
      ['signs that are not shown', 'let a\u200b = wrong'],
      ['a carriage return', 'let a = wrong\r\nlet b = 1\r\n'],
    ])('after %s', (_, text) => {
      for (const width of [60, 80, 100, 140, Number.POSITIVE_INFINITY]) {
        expect(under(text, 'wrong', width)).toBe('wrong');
      }
    });

    test('in a long line of wide signs, which keeps to the width', () => {
      const text = `let a = "${'血管'.repeat(60)}" + wrong + "${'血管'.repeat(60)}"`;
      for (const width of [60, 80, 100, 140]) {
        expect(under(text, 'wrong', width)).toBe('wrong');
        const lines = render({ message: 'm', span: spanOf(file(text), 'wrong') }, width);
        for (const line of lines) {
          expect(cellsOf(line).reduce((sum, cell) => sum + cell.width, 0)).toBeLessThanOrEqual(
            width,
          );
        }
      }
    });

    test('where it is wide itself', () => {
      expect(under('let 血管 = a', '血管')).toBe('血管');
    });
  });

  test('has colours only where they are wanted', () => {
    const items = [unknownName({ message: 'm', span: spanOf(source, 'Konv') })];
    const colour = '\u001b[';
    expect(renderDiagnostics(items, { colour: true, width: 80 })).toContain(colour);
    expect(renderDiagnostics(items, { colour: false, width: 80 })).not.toContain(colour);
  });
});

describe('the chain of origins', () => {
  const units = file('\n\nblock R2CL', 'units.net');
  const shapes = file('block UShape', 'shapes.net');
  const made = (
    block: string,
    source: SourceFile,
    depth: number,
    parent: Origin | null,
  ): Origin => ({
    block,
    path: block,
    site: { file: source, start: source.text.length, end: source.text.length },
    depth,
    parent,
  });
  const nested = (count: number): Origin => {
    let origin = made('UShape', file('', 'unet.net'), 0, null);
    for (let depth = 1; depth < count; depth++) origin = made('UShape', shapes, depth, origin);
    return origin;
  };

  test('goes from the inside out', () => {
    const origin = made('RecurrentConv', units, 0, made('R2CL', shapes, 0, nested(3)));
    expect(originChain(origin)).toBe(
      'RecurrentConv, from R2CL at units.net:3, from UShape at shapes.net:1, depth 2, ' +
        'from UShape at shapes.net:1, depth 1, from UShape at shapes.net:1, from unet.net:1',
    );
  });

  test('loses its middle where it is long', () => {
    const chain = originChain(nested(40));
    expect(chain).toContain('... 35 more ...');
    expect(chain).toMatch(/from unet\.net:1$/);
  });

  test('stands below the excerpts', () => {
    const source = file('x -> Conv(3)');
    const parts = {
      message: 'm',
      span: spanOf(source, 'Conv'),
      origin: made('Conv', source, 0, null),
    };
    expect(render(parts).at(-1)).toBe('   = in Conv, from a.net:1');
  });
});
