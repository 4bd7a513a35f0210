import { expect, test } from 'vitest';
import { NetParser } from '../../../src/compiler/syntax/grammar.js';
import { createLexer } from '../../../src/compiler/syntax/tokens.js';

// At work both are built without these checks, which cost more than the parsing of a file.

test('the grammar is LL(2) and without ambiguity', () => {
  expect(new NetParser({ validate: true }).getGAstProductions()).toHaveProperty('top');
});

test('no token hides another', () => {
  expect(createLexer({ validate: true }).lexerDefinitionErrors).toEqual([]);
});
