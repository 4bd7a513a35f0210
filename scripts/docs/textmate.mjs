const letter = '[A-Za-z0-9_]';
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** One of these, longer ones first. */
const anyOf = (texts) =>
  [...texts]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escaped)
    .join('|');
const words = (texts) => `(?:${anyOf(texts)})(?!${letter})`;

/** The words that begin a line of their own or a definition. */
const declaring = new Set(['block', 'model', 'input', 'output', 'let', 'shared']);

/** Colours for a `.net` file: the scanner's words and marks, and the built-ins by name. */
export function textMateGrammar({ vocabulary, builtins, functions }) {
  const token = (name) => vocabulary.find((type) => type.name === name);
  const source = (name) => token(name).PATTERN.source;
  const isA = (type, category) => type.CATEGORIES?.includes(token(category)) ?? false;
  const fixed = vocabulary.filter(({ PATTERN }) => typeof PATTERN === 'string');
  const textsOf = (types) => types.map(({ PATTERN }) => PATTERN);
  const keywords = textsOf(fixed.filter((type) => isA(type, 'Keyword')));
  const marks = fixed.filter((type) => !isA(type, 'Keyword'));
  const logical = new Set(['not', ...textsOf(fixed.filter((type) => isA(type, 'Operator')))]);
  const truths = new Set(['true', 'false']);
  const operators = new Set([
    ...['->', '...', '='],
    ...textsOf(marks.filter((type) => isA(type, 'Operator'))),
  ]);
  const kind = (of) => [...builtins.values()].filter((b) => b.kind === of).map((b) => b.name);
  const controlling = keywords.filter(
    (w) => !declaring.has(w) && !logical.has(w) && !truths.has(w),
  );
  const rule = (name, match) => ({ name: `${name}.netc`, match });
  return {
    name: 'netc',
    scopeName: 'source.netc',
    fileTypes: ['net'],
    patterns: [
      rule('comment.line.documentation', '///.*$'),
      rule('comment.line.double-slash', '//.*$'),
      {
        name: 'string.quoted.double.netc',
        begin: '"',
        end: '"|$',
        patterns: [rule('constant.character.escape', '\\\\.')],
      },
      rule('constant.numeric', source('Number')),
      rule('keyword.declaration', words(declaring)),
      rule('keyword.control', words(controlling)),
      rule('keyword.operator.word', words(keywords.filter((word) => logical.has(word)))),
      rule('constant.language.boolean', words(truths)),
      rule('entity.name.type.builtin', words(kind('block'))),
      rule('entity.name.type', source('Upper')),
      {
        match: `(\\.)(?!\\.)\\s*(${source('Lower')})`,
        captures: {
          1: { name: 'punctuation.accessor.netc' },
          2: { name: 'variable.other.property.netc' },
        },
      },
      rule('variable.parameter', `${source('Lower')}(?=\\s*:)`),
      rule('support.function', words([...kind('operation'), ...functions.keys()])),
      rule('variable.other', source('Lower')),
      rule('keyword.operator', anyOf(operators)),
      rule('punctuation', anyOf(textsOf(marks).filter((text) => !operators.has(text)))),
    ],
  };
}

/** Colours for fences of `net` in markdown. */
export const fenceGrammar = {
  scopeName: 'markdown.netc.codeblock',
  injectionSelector: 'L:text.html.markdown',
  patterns: [
    {
      name: 'markup.fenced_code.block.markdown',
      begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(net)(?:\\s[^`]*)?$',
      end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
      beginCaptures: {
        3: { name: 'punctuation.definition.markdown' },
        4: { name: 'fenced_code.block.language' },
      },
      endCaptures: { 3: { name: 'punctuation.definition.markdown' } },
      patterns: [
        {
          begin: '(^|\\G)(\\s*)(.*)',
          while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)',
          contentName: 'meta.embedded.block.netc',
          patterns: [{ include: 'source.netc' }],
        },
      ],
    },
  ],
};
