import type { CstNode } from 'chevrotain';
import type { Fold, ForExpression, IfExpression, Pattern, RepeatExpression } from '../ast.js';
import { buildBody } from './bodies.js';
import {
  type Build,
  maybeNode,
  maybeToken,
  nameOf,
  node,
  nodes,
  spanOf,
  token,
  tokens,
} from './cst.js';
import { buildExpression } from './expressions.js';

export function buildChoice(build: Build, cst: CstNode): IfExpression {
  const [then, otherwise] = nodes(cst, 'body');
  return {
    kind: 'if',
    condition: buildExpression(build, node(cst, 'expr')),
    // biome-ignore lint/suspicious/noThenProperty: a tree's field; trees are not awaited
    then: buildBody(build, then!, 'inner'),
    else: otherwise
      ? buildBody(build, otherwise, 'inner')
      : buildChoice(build, node(cst, 'choice')),
    span: spanOf(build, cst),
  };
}

export function buildForLoop(build: Build, cst: CstNode): ForExpression {
  const fold = maybeNode(cst, 'start');
  return {
    kind: 'for',
    variable: nameOf(build, token(cst, 'Name')),
    list: buildExpression(build, node(cst, 'expr')),
    fold: fold ? buildFold(build, fold) : null,
    body: buildBody(build, node(cst, 'body'), 'inner'),
    span: spanOf(build, cst),
  };
}

export function buildRepeatLoop(build: Build, cst: CstNode): RepeatExpression {
  return {
    kind: 'repeat',
    count: buildExpression(build, node(cst, 'expr')),
    fold: buildFold(build, node(cst, 'start')),
    body: buildBody(build, node(cst, 'body'), 'inner'),
    span: spanOf(build, cst),
  };
}

function buildFold(build: Build, cst: CstNode): Fold {
  return {
    pattern: buildPattern(build, node(cst, 'pattern')),
    start: buildExpression(build, node(cst, 'expr')),
    span: spanOf(build, cst),
  };
}

export function buildPattern(build: Build, cst: CstNode): Pattern {
  return {
    names: tokens(cst, 'Name').map((name) => nameOf(build, name)),
    bracketed: maybeToken(cst, 'RoundOpen') !== undefined,
    span: spanOf(build, cst),
  };
}
