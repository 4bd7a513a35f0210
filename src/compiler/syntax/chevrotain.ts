import type * as Chevrotain from 'chevrotain';

// The package's entry loads six hundred small lodash files, which takes longer than all the rest of
// `netc check`. The bundle beside it holds the same code in one file, but is not among its exports.
const bundle = new URL('../chevrotain.min.mjs', import.meta.resolve('chevrotain'));
const library: typeof Chevrotain = await import(bundle.href);

export const { createToken, createTokenInstance, CstParser, EOF, Lexer, tokenLabel, tokenMatcher } =
  library;
