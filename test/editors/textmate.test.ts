import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { IToken } from 'chevrotain';
import { beforeAll, describe, expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { tokenMatcher } from '../../src/compiler/syntax/chevrotain.js';
import { scan } from '../../src/compiler/syntax/scan.js';
import * as T from '../../src/compiler/syntax/tokens.js';

// The colours of editors/vscode, on the shipped networks: what the scanner takes for a word must look like one.

const files: Readonly<Record<string, string>> = {
  'source.netc': 'editors/vscode/syntaxes/netc.tmLanguage.json',
  'markdown.netc.codeblock': 'editors/vscode/syntaxes/netc.markdown.tmLanguage.json',
};
/** As much of a markdown grammar as an injection needs. */
const markdown = JSON.stringify({ scopeName: 'text.html.markdown', patterns: [] });

const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
  loadGrammar: async (scope) => {
    if (scope === 'text.html.markdown') return textmate.parseRawGrammar(markdown, 'markdown.json');
    const path = files[scope];
    return path ? textmate.parseRawGrammar(readFileSync(path, 'utf8'), path) : null;
  },
  getInjections: (scope) => (scope === 'text.html.markdown' ? ['markdown.netc.codeblock'] : []),
});

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await loadWASM(readFileSync(wasm));
});

/** The scopes at each offset of a text. */
async function scopesIn(text: string, root = 'source.netc'): Promise<(offset: number) => string[]> {
  const grammar = (await registry.loadGrammar(root))!;
  const spans: { from: number; to: number; scopes: string[] }[] = [];
  let state = textmate.INITIAL;
  let start = 0;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of tokens) {
      spans.push({ from: start + startIndex, to: start + endIndex, scopes });
    }
    state = ruleStack;
    start += line.length + 1;
  }
  return (offset) => spans.find(({ from, to }) => from <= offset && offset < to)?.scopes ?? [];
}

/** What begins the scope that a token is to have. */
function wanted(token: IToken): RegExp {
  const is = (type: IToken['tokenType']): boolean => tokenMatcher(token, type);
  if (is(T.True) || is(T.False)) return /^constant\.language\./;
  if (is(T.Keyword)) return /^keyword\./;
  if (is(T.Upper)) return /^entity\.name\.type\./;
  if (is(T.Lower)) return /^(support\.function|variable)\./;
  if (is(T.NumberToken)) return /^constant\.numeric\./;
  if (is(T.Text)) return /^string\./;
  if (is(T.Operator) || is(T.Arrow) || is(T.Binds) || is(T.Spread)) return /^keyword\.operator\./;
  return /^punctuation\./;
}

const models = readdirSync('models', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.net'))
  .map((name) => `models/${name}`);

test.each([...models, 'test/errors/syntax/several.net'])('%s', async (path) => {
  const text = readFileSync(path, 'utf8');
  const scopes = await scopesIn(text);
  const tokens = scan({ path, text }).tokens.filter(({ tokenType }) => tokenType !== T.LineEnd);
  for (const token of tokens) {
    for (const at of [token.startOffset, token.endOffset!]) {
      const found = scopes(at);
      const fits = found.some((scope) => wanted(token).test(scope));
      expect([token.image, found, fits]).toEqual([token.image, found, true]);
    }
  }
  for (const { index, 0: comment } of text.matchAll(/\/\/.*/g)) {
    const kind = comment.startsWith('///') ? 'documentation' : 'double-slash';
    expect(scopes(index)).toContain(`comment.line.${kind}.netc`);
  }
});

describe('finer', () => {
  test.each([
    ['x -> Conv(3)', 'Conv', 'entity.name.type.builtin.netc'],
    ['x -> ConvUnit(3)', 'ConvUnit', 'entity.name.type.netc'],
    ['x -> relu', 'relu', 'support.function.netc'],
    ['x -> relu6', 'relu6', 'variable.other.netc'],
    ['let lets = 3', 'lets', 'variable.other.netc'],
    ['Conv(3, kernel: 1)', 'kernel', 'variable.parameter.netc'],
    ['x.channels / 2', 'channels', 'variable.other.property.netc'],
    ['[...a]', '...', 'keyword.operator.netc'],
    ['"a \\" b" -> x', 'b', 'string.quoted.double.netc'],
    ['"open\nx -> relu', 'relu', 'support.function.netc'],
  ])('%s: %s is %s', async (text, part, scope) => {
    const scopes = await scopesIn(text);
    expect(scopes(text.lastIndexOf(part))).toContain(scope);
  });

  test('a fence of net in markdown, and the text after it', async () => {
    const text = 'A\n\n```net fragment\nx -> relu\n```\nlet it be\n';
    const scopes = await scopesIn(text, 'text.html.markdown');
    expect(scopes(text.indexOf('relu'))).toContain('support.function.netc');
    expect(scopes(text.indexOf('let it'))).toEqual(['text.html.markdown']);
  });
});
