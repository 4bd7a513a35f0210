import type { CstNode } from 'chevrotain';
import type { Fold, ForExpression, IfExpression, Pattern, RepeatExpression } from '../ast.js';
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

export function buildChoice(build: Build, cst: CstNode): IfExpression {
  const [then, otherwise] = nodes(cst, 'body');
  return {
    kind: 'if',
    condition: build.expression(build, node(cst, 'expr')),
    // biome-ignore lint/suspicious/noThenProperty: a tree's field; trees are not awaited
    then: build.body(build, then!),
    else: otherwise ? build.body(build, otherwise) : buildChoice(build, node(cst, 'choice')),
    span: spanOf(build, cst),
  };
}

export function buildForLoop(build: Build, cst: CstNode): ForExpression {
  const fold = maybeNode(cst, 'start');
  return {
    kind: 'for',
    variable: nameOf(build, token(cst, 'Name')),
    list: build.expression(build, node(cst, 'expr')),
    fold: fold ? buildFold(build, fold) : null,
    body: build.body(build, node(cst, 'body')),
    span: spanOf(build, cst),
  };
}

export function buildRepeatLoop(build: Build, cst: CstNode): RepeatExpression {
  return {
    kind: 'repeat',
    count: build.expression(build, node(cst, 'expr')),
    fold: buildFold(build, node(cst, 'start')),
    body: build.body(build, node(cst, 'body')),
    span: spanOf(build, cst),
  };
}

function buildFold(build: Build, cst: CstNode): Fold {
  return {
    pattern: buildPattern(build, node(cst, 'pattern')),
    start: build.expression(build, node(cst, 'expr')),
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
