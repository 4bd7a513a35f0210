import type { CstNode, IToken } from 'chevrotain';
import { foreignName } from '../../diagnostics/messages/foreign.js';
import { joinSpans, type Span } from '../../source/source.js';
import type { Argument, Expression, ListExpression, Stage } from '../ast.js';
import { chainBesideOperator, operatorLeftOfArrow } from './arrows.js';
import {
  type Build,
  maybeNode,
  maybeToken,
  nameOf,
  node,
  nodes,
  spanOf,
  textOf,
  token,
  tokens,
} from './cst.js';
import { buildChoice, buildForLoop, buildRepeatLoop } from './loops.js';
import { camelName } from './names.js';
import { comparisons, leftToRight } from './operators.js';

export function buildExpression(build: Build, cst: CstNode): Expression {
  const operators = tokens(cst, 'Operator');
  const chains = nodes(cst, 'chain');
  if (operators.length === 0) return buildChain(build, chains[0]!, true);
  chainBesideOperator(build, chains, operators);
  const values = chains.map((chain) => buildChain(build, chain, false));
  return leftToRight(build, values, operators);
}

function buildChain(build: Build, cst: CstNode, checked: boolean): Expression {
  const first = buildDisjunction(build, node(cst, 'disjunction'));
  const stages = nodes(cst, 'stage');
  if (checked && stages.length > 0) operatorLeftOfArrow(build, first, spanOf(build, cst));
  return stages.reduce((from: Expression, part) => {
    const stage = buildStage(build, part);
    return { kind: 'arrow', from, stage, span: joinSpans(from.span, stage.span) };
  }, first);
}

function buildStage(build: Build, cst: CstNode): Stage {
  const [name, as] = tokens(cst, 'Name');
  const args = maybeNode(cst, 'args');
  return {
    name: nameOf(build, name!),
    args: args ? buildArguments(build, args) : null,
    as: as ? camelName(build, as, 'instance') : null,
    span: spanOf(build, cst),
  };
}

function buildDisjunction(build: Build, cst: CstNode): Expression {
  const operands = nodes(cst, 'conjunction').map((part) => buildConjunction(build, part));
  return leftToRight(build, operands, tokens(cst, 'Or'));
}

function buildConjunction(build: Build, cst: CstNode): Expression {
  const operands = nodes(cst, 'negation').map((part) => buildNegation(build, part));
  return leftToRight(build, operands, tokens(cst, 'And'));
}

function buildNegation(build: Build, cst: CstNode): Expression {
  const comparison = maybeNode(cst, 'comparison');
  if (comparison) {
    const operands = nodes(comparison, 'sum').map((part) => buildSum(build, part));
    return comparisons(build, operands, tokens(comparison, 'Comparison'));
  }
  const operand = buildNegation(build, node(cst, 'negation'));
  return { kind: 'unary', operator: 'not', operand, span: spanOf(build, cst) };
}

function buildSum(build: Build, cst: CstNode): Expression {
  const operands = nodes(cst, 'product').map((part) => buildProduct(build, part));
  return leftToRight(build, operands, tokens(cst, 'Additive'));
}

function buildProduct(build: Build, cst: CstNode): Expression {
  const operands = nodes(cst, 'unary').map((part) => buildUnary(build, part));
  return leftToRight(build, operands, tokens(cst, 'Multiplicative'));
}

function buildUnary(build: Build, cst: CstNode): Expression {
  const postfix = maybeNode(cst, 'postfix');
  if (postfix) return buildPostfix(build, postfix);
  const operand = buildUnary(build, node(cst, 'unary'));
  return { kind: 'unary', operator: '-', operand, span: spanOf(build, cst) };
}

function buildPostfix(build: Build, cst: CstNode): Expression {
  const primary = buildPrimary(build, node(cst, 'primary'));
  return nodes(cst, 'suffix').reduce((value: Expression, suffix): Expression => {
    const span = joinSpans(value.span, spanOf(build, suffix));
    const args = maybeNode(suffix, 'args');
    if (args) return { kind: 'call', callee: value, args: buildArguments(build, args), span };
    const index = maybeNode(suffix, 'expr');
    if (index) return { kind: 'entry', list: value, index: buildExpression(build, index), span };
    // Before `nn.ReLU` it is `nn` that there is none of.
    const foreign = value.kind === 'name' && foreignName(value.text) !== undefined;
    const written = token(suffix, 'Name');
    const name = foreign ? nameOf(build, written) : camelName(build, written, 'attribute');
    return { kind: 'attribute', value, name, span };
  }, primary);
}

function buildPrimary(build: Build, cst: CstNode): Expression {
  const rule = Object.keys(cst.children)[0]!;
  const span = spanOf(build, cst);
  switch (rule) {
    case 'Number':
      return buildNumber(build, token(cst, rule), span);
    case 'Text':
      return { kind: 'string', value: textOf(token(cst, rule)), span };
    case 'True':
    case 'False':
      return { kind: 'boolean', value: rule === 'True', span };
    case 'Name':
      return { kind: 'name', text: token(cst, rule).image, span };
    case 'brackets':
      return buildBrackets(build, node(cst, rule));
    case 'list':
      return buildList(build, node(cst, rule));
    case 'choice':
      return buildChoice(build, node(cst, rule));
    case 'forLoop':
      return buildForLoop(build, node(cst, rule));
    case 'repeatLoop':
      return buildRepeatLoop(build, node(cst, rule));
    default:
      return { kind: 'missing', span };
  }
}

function buildNumber(build: Build, { image }: IToken, span: Span): Expression {
  const value = Number(image);
  if (Number.isFinite(value)) return { kind: 'number', value, span };
  build.report('NET0214', span, { kind: 'literal', text: image });
  return { kind: 'missing', span };
}

function buildBrackets(build: Build, cst: CstNode): Expression {
  const values = nodes(cst, 'expr').map((part) => buildExpression(build, part));
  const span = spanOf(build, cst);
  if (values.length === 1) return { kind: 'bracket', value: values[0]!, span };
  return { kind: 'several', values, span };
}

export function buildList(build: Build, cst: CstNode): ListExpression {
  const items = nodes(cst, 'item').map((item) => ({
    spread: maybeToken(item, 'Spread') !== undefined,
    value: buildExpression(build, node(item, 'expr')),
  }));
  return { kind: 'list', items, span: spanOf(build, cst) };
}

function buildArguments(build: Build, cst: CstNode): Argument[] {
  return nodes(cst, 'arg').map((arg) => {
    const name = maybeToken(arg, 'Name');
    return {
      name: name ? nameOf(build, name) : null,
      value: buildExpression(build, node(arg, 'expr')),
      span: spanOf(build, arg),
    };
  });
}
