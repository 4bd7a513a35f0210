/** What a text can go on with: a sign or a word of the language, or something of a kind. */
export type Expected =
  | { readonly kind: 'sign'; readonly sign: string; readonly orComma: boolean }
  | { readonly kind: keyof typeof kinds };

/** What each is called, and what to do where it is missing. */
const kinds = {
  name: ['a name', 'write a name: letters, digits and `_`, such as `skip`'],
  value: ['a value', 'write a value here: a number, a name, or something in brackets'],
  text: [
    'a text in double quotes',
    'say in words what is required, such as "depth counts the halvings"',
  ],
  statement: ['a statement', 'write what the braces hold; the last line of a body is its result'],
  definition: [
    '`import`, `block` or `model`',
    'a file holds imports, blocks and models, and each begins with its word',
  ],
  model: [
    '`=`, `(` or `{`',
    'write `model V = M(...)` for a variant, `model M(...) { ... }` for a network',
  ],
  branch: ['`{` or `if`', 'write `else { ... }`, or `else if condition { ... } else { ... }`'],
  lineEnd: [
    'the end of the line',
    'join the two by `->` or an operator, or begin a new line between them',
  ],
  textEnd: ['the end of the text', 'one expression is wanted here: leave out what follows it'],
} as const;

export const isKind = (kind: string): kind is keyof typeof kinds => Object.hasOwn(kinds, kind);

export function expectedWords(expected: Expected): string {
  if (expected.kind !== 'sign') return kinds[expected.kind][0];
  return `${expected.orComma ? '`,` or ' : ''}\`${expected.sign}\``;
}

export const expectedAdvice = (expected: Expected): string =>
  expected.kind === 'sign'
    ? `write ${expectedWords(expected)} here, or remove what stands in its place`
    : kinds[expected.kind][1];
