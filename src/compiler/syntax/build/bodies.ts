import type { CstNode } from 'chevrotain';
import type { Suggestion } from '../../diagnostics/diagnostic.js';
import { positionAt, type Span } from '../../source/source.js';
import type { Body, Expression, Statement } from '../ast.js';
import { type Build, node, nodes, spanOf, takeGuesses, textOf, token } from './cst.js';
import { buildExpression, buildList } from './expressions.js';
import { buildPattern } from './loops.js';
import { camelName } from './names.js';

/** Whose braces these are; the bodies of `if` and loops are `inner`, in blocks and models alike. */
export type Place = 'block' | 'model' | 'inner';

export function buildBody(build: Build, cst: CstNode, place: Place): Body {
  const written = nodes(cst, 'statement').map((part) =>
    withoutGuesses(build, buildStatement(build, part, place)),
  );
  const span = spanOf(build, cst);
  const last = written.at(-1)!;
  const statements = written.map((statement) => {
    const result = statement === last && place !== 'model';
    return statement.kind !== 'result' || result ? statement : strayValue(build, statement, place);
  });
  if (place === 'model' || last.kind === 'result') return { statements, span };
  // A lost line may have been the result.
  if (last.kind !== 'let' || last.value.kind !== 'missing') withoutResult(build, last);
  const gap = { ...last.span, start: last.span.end };
  const result: Statement = { kind: 'result', value: { kind: 'missing', span: gap }, span: gap };
  return { statements: [...statements, result], span };
}

function buildStatement(build: Build, cst: CstNode, place: Place): Statement {
  const rule = Object.keys(cst.children)[0]!;
  const part = node(cst, rule);
  const span = spanOf(build, cst);
  switch (rule) {
    case 'inputLine':
    case 'outputLine':
      return buildPort(build, part, place);
    case 'letLine': {
      const pattern = buildPattern(build, node(part, 'pattern'));
      return { kind: 'let', pattern, value: buildExpression(build, node(part, 'expr')), span };
    }
    case 'sharedLine': {
      const name = camelName(build, token(part, 'Name'), 'a shared instance');
      return { kind: 'shared', name, value: buildExpression(build, node(part, 'expr')), span };
    }
    case 'requireLine': {
      const condition = buildExpression(build, node(part, 'expr'));
      return { kind: 'require', condition, message: textOf(token(part, 'Text')), span };
    }
    default:
      return { kind: 'result', value: buildExpression(build, part), span };
  }
}

/** A statement read by a guess binds its names, and nothing is said of its value. */
function withoutGuesses(build: Build, statement: Statement): Statement {
  const { kind, span } = statement;
  if (!takeGuesses(build, span)) return statement;
  const value = { kind: 'missing', span } as const;
  if (kind === 'result') return { kind, value, span };
  if (kind === 'require') return { ...statement, condition: value };
  if (kind === 'let') return { ...statement, value };
  const pattern = { names: [statement.name], bracketed: false, span: statement.name.span };
  return { kind: 'let', pattern, value, span };
}

/** An input or output; outside a model it is refused (grammar-3) and only binds its name. */
function buildPort(build: Build, cst: CstNode, place: Place): Statement {
  const kind = cst.name === 'inputLine' ? 'input' : 'output';
  const span = spanOf(build, cst);
  const name = camelName(build, token(cst, 'Name'), `an ${kind}`);
  if (place === 'model') {
    if (kind === 'input') return { kind, name, shape: buildList(build, node(cst, 'list')), span };
    return { kind, name, value: buildExpression(build, node(cst, 'expr')), span };
  }
  const instead =
    kind === 'input'
      ? 'a block names its inputs in the last list before its braces'
      : 'the last line of a body is its result';
  build.report('NET0011', {
    message: `an \`${kind}\` belongs directly into a model's braces`,
    span,
    suggestion: { message: instead },
  });
  const pattern = { names: [name], bracketed: false, span: name.span };
  return { kind: 'let', pattern, value: { kind: 'missing', span }, span };
}

type Result = Extract<Statement, { kind: 'result' }>;

/** A value where none may stand (grammar-2) is refused and dropped; in a model it may have been the output. */
function strayValue(build: Build, { value, span }: Result, place: Place): Statement {
  const missing = { kind: 'missing', span } as const;
  const pattern = { names: [{ text: '_', span }], bracketed: false, span };
  if (value.kind === 'missing') return { kind: 'let', pattern, value, span };
  const grown = grownList(value);
  if (grown) {
    const message = 'a list is never changed: this value goes nowhere';
    build.report('NET0009', { message, span, suggestion: grown });
    return { kind: 'let', pattern, value: missing, span };
  }
  if (place === 'model') {
    build.report('NET0009', {
      message: 'a model has outputs and no result: this value goes nowhere',
      span,
      suggestion: {
        message: 'name it as an output, such as `output mask = ...`',
        edits: [{ span: { ...span, end: span.start }, text: 'output mask = ' }],
      },
    });
    return { kind: 'let', pattern, value: missing, span };
  }
  build.report('NET0009', {
    message: 'only the last line of a body is its result: this value goes nowhere',
    span,
    suggestion: { message: 'bind it, `let name = ...`, or join it with the next line by `->`' },
  });
  return { kind: 'let', pattern, value, span };
}

/** `maps.append(x)`, in a loop or beside one. */
function grownList(value: Expression): Suggestion | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return undefined;
  const { name, value: list } = value.callee;
  if (!/^(append|extend|insert|push)$/.test(name.text) || list.kind !== 'name') return undefined;
  const { text } = list;
  return {
    message: `a fold grows one: \`for v in list with ${text} = [] { [...${text}, v -> F] }\``,
  };
}

function withoutResult(build: Build, last: Statement): void {
  build.report('NET0010', {
    message: 'a body ends with its result, and this one ends with something else',
    span: last.span,
    label: 'the last line of the body',
    suggestion: missingResult(last),
  });
}

function missingResult({ span, ...last }: Statement): Suggestion {
  const text = span.file.text.slice(span.start, span.end);
  if (/\n[ \t]*-/.test(text))
    return { message: 'a line that begins with `-` continues the line before: put `(-x)` there' };
  const names = last.kind === 'let' ? last.pattern.names.map((name) => name.text) : [];
  if (names.length === 0) return { message: 'add a last line: the value that the body gives' };
  const result = names.length > 1 ? `(${names.join(', ')})` : names[0]!;
  const { column } = positionAt(span.file, span.start);
  const indent = startsLine(span) ? ' '.repeat(column - 1) : '';
  return {
    message: `add a last line, such as \`${result}\``,
    edits: [{ span: { ...span, start: span.end }, text: `\n${indent}${result}` }],
  };
}

const startsLine = ({ file, start }: Span): boolean =>
  file.text.slice(file.text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
