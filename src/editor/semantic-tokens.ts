import type { IToken } from 'chevrotain';
import type { Target, Use } from '../compiler/names/binding.js';
import { tokenMatcher } from '../compiler/syntax/chevrotain.js';
import { scan } from '../compiler/syntax/scan.js';
import * as T from '../compiler/syntax/tokens.js';
import type { Workspace } from './workspace.js';

/** The protocol's names, in the order of their numbers. */
export const tokenTypes = [
  'keyword',
  'number',
  'string',
  'operator',
  'class',
  'function',
  'parameter',
  'variable',
  'property',
  'type',
] as const;
export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/** What the words of a file are, in order: names by what they mean, the rest by their tokens. */
export function semanticTokensOf(workspace: Workspace, path: string): readonly SemanticToken[] {
  const analysis = workspace.analysis(path);
  if (!analysis) return [];
  const names = new Map([...analysis.bound.uses.values()].map((use) => [use.span.start, use]));
  return scan(analysis.main.file.source).tokens.flatMap((token) => {
    const { startOffset: start } = token;
    const use = names.get(start);
    const type = use && use.target.kind !== 'file' ? typeOf(use.target) : plainType(token);
    const modifiers = use ? modifiersOf(use) : [];
    return type ? [{ start, end: T.endOf(token), type, modifiers }] : [];
  });
}

function plainType(token: IToken): SemanticToken['type'] | undefined {
  if (tokenMatcher(token, T.Keyword)) return 'keyword';
  if (token.tokenType === T.NumberToken) return 'number';
  if (token.tokenType === T.Text) return 'string';
  const isOperator = tokenMatcher(token, T.Operator) || token.tokenType === T.Arrow;
  return isOperator ? 'operator' : undefined;
}

function typeOf(target: Target): SemanticToken['type'] {
  switch (target.kind) {
    case 'definition':
      return 'class';
    case 'builtin':
      return target.builtin.kind === 'block' ? 'class' : 'function';
    case 'function':
      return 'function';
    case 'local':
      return target.role === 'parameter' ? 'parameter' : 'variable';
    case 'builtin parameter':
      return 'parameter';
    case 'attribute':
    case 'instance':
      return 'property';
    case 'symbol':
    case 'file':
      return 'type';
  }
}

function modifiersOf({ target, binds }: Use): SemanticToken['modifiers'] {
  const builtIn = ['builtin', 'builtin parameter', 'function', 'attribute'].includes(target.kind);
  return [
    ...(binds ? (['declaration'] as const) : []),
    ...(builtIn ? (['defaultLibrary'] as const) : []),
  ];
}
