import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairBrackets } from '../../../src/compiler/syntax/brackets.js';
import { scan } from '../../../src/compiler/syntax/scan.js';
import { parse, sketchDefinition } from './sketch.js';

const program = `import { Conv2 as Unit } from "lib/units.net"

block Gate(inner = skip.channels / 2, Norm = BatchNorm) (skip, up) {
  require inner >= 1, "at least one"
  shared mlp = Unit(inner, bias: false)
  let (a, b) = (skip -> mlp -> Norm, up -> mlp)
  let rows = for row in [a, ...b.rest] { row -> relu }
  let depth = if inner == 1 {
    rows[0]
  } else {
    repeat 2 with state = a { (state + b) -> mlp as again }
  }
  (skip * depth, up) -> concat
}

model Net(base = 64) {
  input image: [N, H, W, 3]
  output mask = image -> Gate(base) -> sigmoid
}

model Small = Net(base: 8)
`;

describe('grammar-5: one error is one report', () => {
  const { tokens } = scan({ path: 'test.net', text: program });
  const words = tokens.filter((token) => token.image.trim());

  const cut = (start: number, end: number, put = ''): string =>
    program.slice(0, start) + put + program.slice(end);

  test('the program itself has none', () => expect(parse(program).messages).toEqual([]));

  test('where any one word is left out', () => {
    for (const { startOffset, image } of words) {
      const { messages } = parse(cut(startOffset, startOffset + image.length));
      expect(messages.length, `without ${image} at ${startOffset}: ${messages}`).toBeLessThan(2);
    }
  });

  test('where a foreign word is put before any one', () => {
    for (const { startOffset, image } of words) {
      const { messages } = parse(cut(startOffset, startOffset, ' ; '));
      expect(messages.length, `before ${image} at ${startOffset}: ${messages}`).toBe(1);
    }
  });
});

describe('what was read is kept', () => {
  const definitions = (text: string): string[] =>
    parse(text).file.definitions.map(sketchDefinition);

  test('the name of a broken statement, and the statements around it', () => {
    expect(definitions('block B(x) {\n let a = x\n let b = a -> -> c\n b\n}')).toEqual([
      'block B(x) {let a = x; let b = ?; b}',
    ]);
    expect(definitions('block B(x) {\n let (a, b := x\n shared f : 3\n a -> f\n}')).toEqual([
      'block B(x) {let <a, b> = ?; let <f> = ?; (a -> f)}',
    ]);
  });

  test('the names of a binding whose word or sign is lost', () => {
    expect(definitions('block B(x) {\n a = x\n lett b = a\n let c a -> relu\n c\n}')).toEqual([
      'block B(x) {let <a> = ?; let <lett, b> = ?; let <c> = ?; c}',
    ]);
  });

  test('a broken result counts as a result', () => {
    const { codes, file } = parse('block B(x) { x -> }');
    expect(codes).toEqual(['NET0002']);
    expect(file.definitions.map(sketchDefinition)).toEqual(['block B(x) {?}']);
  });

  test('the statements of the branch that is right', () => {
    expect(definitions('block B(x) { if x { x -> 3 } else { x -> relu } }')).toEqual([
      'block B(x) {(if x {?} else {(x -> relu)})}',
    ]);
  });

  test('the name of a definition without a readable head, and the definitions around it', () => {
    expect(
      definitions('block A(x) { x }\nblock B(x y) { x }\nmodel C = A(,)\nblock D(x) { x }'),
    ).toEqual(['block A(x) {x}', 'missing B', 'missing C', 'block D(x) {x}']);
  });

  test('what stands before a line that is no definition, which is reported with its own lines', () => {
    const { file, messages } = parse('block A(x) { x }\ndef B(x)\n{ x }\nblock C(x) { x }');
    expect(messages).toEqual(['expected `import`, `block` or `model`, found `def`']);
    expect(file.definitions.map(sketchDefinition)).toEqual([
      'block A(x) {x}',
      'missing B',
      'block C(x) {x}',
    ]);
  });

  test('the names in a value that goes nowhere', () => {
    expect(definitions('block B(x) { x -> A\n x }')).toEqual(['block B(x) {let _ = (x -> A); x}']);
  });

  test('the names of a broken import', () => {
    expect(definitions('import { A B as C } from "a.net"')).toEqual([
      'missing A',
      'missing B',
      'missing C',
    ]);
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    ...'block model import input output let shared require if else for in repeat with as'.split(
      ' ',
    ),
    ...'from not and -> = == : , . ... + - < ( ) [ ] { } A b 3 "t" "'.split(' '),
    '\n',
    '\n',
    '$',
  );
  const texts = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' '));

  test('gives a tree, and errors that lie in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { file, messages } = parse(text);
        expect(file.source.text).toBe(text);
        expect(messages.every((message) => message.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('has its brackets paired before it is parsed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = { path: 'test.net', text };
        const open: string[] = [];
        const partner: Record<string, string> = {
          RoundClose: 'RoundOpen',
          SquareClose: 'SquareOpen',
          CurlyClose: 'CurlyOpen',
        };
        for (const { tokenType } of pairBrackets(source, scan(source).tokens).tokens) {
          if (tokenType.name.endsWith('Open')) open.push(tokenType.name);
          if (tokenType.name in partner) expect(open.pop()).toBe(partner[tokenType.name]);
        }
        expect(open).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
