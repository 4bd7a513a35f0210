import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseNet } from '../compiler/syntax/sketch.js';

const folder = 'editors/vscode';
const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const manifest = read('package.json');

test('every file that the manifest names exists, and is packed', () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const paths = [
    languages[0].configuration,
    ...[...grammars, ...snippets].map(({ path }: { path: string }) => path),
  ];
  for (const path of paths) {
    expect([path, existsSync(join(folder, path))]).toEqual([path, true]);
    const packed = manifest.files.some((entry: string) => path.startsWith(`./${entry}`));
    expect([path, packed]).toEqual([path, true]);
  }
});

test('a grammar goes by the name that its own file gives', () => {
  for (const { path, scopeName } of manifest.contributes.grammars) {
    expect(read(path).scopeName).toBe(scopeName);
  }
});

describe('snippets', () => {
  const snippets: Record<string, { body: string | string[] }> = read('snippets/netc.json');
  const defined = ['Block', 'Model', 'Variant', 'Import'];

  test.each(Object.keys(snippets))('%s is right as it is filled in', (name) => {
    const body = [snippets[name]!.body].flat().join('\n');
    const nested = body.replace(/\$\{\d+:([^${}]*)\}/g, '$1').replace(/\$\{\d+:([^${}]*)\}/g, '$1');
    const text = nested.replace('-> $0\n', '-> relu\n').replace('$0\n', 'x\n').replaceAll('$0', '');
    const line = name === 'Shared instance' || name === 'Requirement' ? `${text}\nx` : text;
    const file = defined.includes(name) ? text : `block B(x) {\n${line}\n}`;
    expect([file, parseNet(file).messages]).toEqual([file, []]);
  });
});

describe('indentation', () => {
  const { indentationRules, onEnterRules } = read('language-configuration.json');
  const opens = new RegExp(indentationRules.increaseIndentPattern);
  const goesOn = new RegExp(onEnterRules[1].beforeText);

  test.each([
    ['block A(x) {', true],
    ['  if depth == 0 { here } else { // the rest', true],
    ['  let a = x -> Conv(', true],
    ['block A(x) { x }', false],
    ['  // a list [', false],
  ])('%s opens: %s', (line, expected) => expect(opens.test(line)).toBe(expected));

  test.each([
    ['  let a = x ->', true],
    ['  output mask =', true],
    ['  let a = x -> relu', false],
  ])('%s goes on: %s', (line, expected) => expect(goesOn.test(line)).toBe(expected));
});
