import type { CstNode } from 'chevrotain';
import type { Body, Expression, Statement } from '../ast.js';
import { type Build, node, nodes, spanOf, takeGuesses, textOf, token } from './cst.js';
import { buildExpression, buildList } from './expressions.js';
import { buildPattern } from './loops.js';
import { camelName } from './names.js';

/** Whose braces these are; the bodies of `if` and loops are `inner`, in blocks and models alike. */
export type BodyKind = 'block' | 'model' | 'inner';

export function buildBody(build: Build, cst: CstNode, within: BodyKind): Body {
  const written = nodes(cst, 'statement').map((part) =>
    withoutGuesses(build, buildStatement(build, part, within)),
  );
  const span = spanOf(build, cst);
  const last = written.at(-1)!;
  const statements = written.map((statement) => {
    const result = statement === last && within !== 'model';
    return statement.kind !== 'result' || result ? statement : strayValue(build, statement, within);
  });
  if (within === 'model' || last.kind === 'result') return { statements, span };
  // A lost line may have been the result.
  if (last.kind !== 'let' || last.value.kind !== 'missing') withoutResult(build, last);
  const gap = { ...last.span, start: last.span.end };
  const result: Statement = { kind: 'result', value: { kind: 'missing', span: gap }, span: gap };
  return { statements: [...statements, result], span };
}

function buildStatement(build: Build, cst: CstNode, within: BodyKind): Statement {
  const rule = Object.keys(cst.children)[0]!;
  const part = node(cst, rule);
  const span = spanOf(build, cst);
  switch (rule) {
    case 'inputLine':
    case 'outputLine':
      return buildPort(build, part, within);
    case 'letLine': {
      const pattern = buildPattern(build, node(part, 'pattern'));
      return { kind: 'let', pattern, value: buildExpression(build, node(part, 'expr')), span };
    }
    case 'sharedLine': {
      const name = camelName(build, token(part, 'Name'), 'shared');
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
function buildPort(build: Build, cst: CstNode, within: BodyKind): Statement {
  const kind = cst.name === 'inputLine' ? 'input' : 'output';
  const span = spanOf(build, cst);
  const name = camelName(build, token(cst, 'Name'), kind);
  if (within === 'model') {
    if (kind === 'input') return { kind, name, shape: buildList(build, node(cst, 'list')), span };
    return { kind, name, value: buildExpression(build, node(cst, 'expr')), span };
  }
  build.report('NET0011', span, { port: kind });
  const pattern = { names: [name], bracketed: false, span: name.span };
  return { kind: 'let', pattern, value: { kind: 'missing', span }, span };
}

type Result = Extract<Statement, { kind: 'result' }>;

/** A value where none may stand (grammar-2) is refused and dropped; in a model it may have been the output. */
function strayValue(build: Build, { value, span }: Result, within: BodyKind): Statement {
  const missing = { kind: 'missing', span } as const;
  const pattern = { names: [{ text: '_', span }], bracketed: false, span };
  if (value.kind === 'missing') return { kind: 'let', pattern, value, span };
  const list = listOfMethod(value);
  if (list !== undefined) {
    build.report('NET0009', span, { kind: 'listMethod', list });
    return { kind: 'let', pattern, value: missing, span };
  }
  const inModel = within === 'model';
  build.report('NET0009', span, { kind: inModel ? 'model' : 'body' });
  return { kind: 'let', pattern, value: inModel ? missing : value, span };
}

/** The list of `maps.append(x)`, in a loop or beside one. */
function listOfMethod(value: Expression): string | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'attribute') return undefined;
  const { name, value: list } = value.callee;
  const grows = /^(append|extend|insert|push)$/.test(name.text);
  return grows && list.kind === 'name' ? list.text : undefined;
}

function withoutResult(build: Build, last: Statement): void {
  const names = last.kind === 'let' ? last.pattern.names.map((name) => name.text) : [];
  build.report('NET0010', last.span, { names });
}
