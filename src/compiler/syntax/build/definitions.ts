import type { CstNode } from 'chevrotain';
import type { SourceFile } from '../../source/source.js';
import type { BlockDefinition, Definition, Import, Parameter } from '../ast.js';
import { buildBody } from './bodies.js';
import {
  type Build,
  maybeNode,
  nameOf,
  node,
  nodes,
  spanOf,
  textOf,
  token,
  tokens,
} from './cst.js';
import { buildExpression } from './expressions.js';
import { camelName, pascalName } from './names.js';

export function buildImport(build: Build, cst: CstNode): Import {
  const from = token(cst, 'Text');
  const names = nodes(cst, 'imported').map((part) => {
    const [name, as] = tokens(part, 'Name');
    return {
      name: pascalName(build, name!, 'import'),
      as: as ? pascalName(build, as, 'import') : null,
    };
  });
  const text = { text: textOf(from), span: spanOf(build, from) };
  return { names, from: text, span: spanOf(build, cst) };
}

export function buildDefinition(build: Build, cst: CstNode): Definition {
  return cst.name === 'block' ? buildBlock(build, cst) : buildModel(build, cst);
}

function buildBlock(build: Build, cst: CstNode): BlockDefinition {
  const lists = nodes(cst, 'params');
  const span = spanOf(build, cst);
  const name = pascalName(build, token(cst, 'Name'), 'block');
  return {
    kind: 'block',
    doc: docAbove(build.source, span.start),
    name,
    parameters: lists.length === 2 ? buildParameters(build, lists[0]!) : null,
    inputs: buildInputs(build, lists.at(-1)!, lists.length === 1),
    body: buildBody(build, node(cst, 'body'), 'block'),
    span,
  };
}

function buildModel(build: Build, cst: CstNode): Definition {
  const span = spanOf(build, cst);
  const name = pascalName(build, token(cst, 'Name'), 'model');
  const named = { name, doc: docAbove(build.source, span.start), span };
  const value = maybeNode(cst, 'expr');
  if (value) return { kind: 'variant', ...named, value: buildExpression(build, value) };
  const params = maybeNode(cst, 'params');
  const parameters = params ? buildParameters(build, params) : [];
  return {
    kind: 'model',
    ...named,
    parameters,
    body: buildBody(build, node(cst, 'body'), 'model'),
  };
}

function buildParameters(build: Build, cst: CstNode): Parameter[] {
  return nodes(cst, 'param').map((param) => {
    const fallback = maybeNode(param, 'expr');
    return {
      name: nameOf(build, token(param, 'Name')),
      fallback: fallback ? buildExpression(build, fallback) : null,
      span: spanOf(build, param),
    };
  });
}

/** The last list: lowerCase names without defaults, since tensors come only along arrows. */
function buildInputs(build: Build, cst: CstNode, isOnlyList: boolean): Parameter[] {
  const inputs = buildParameters(build, cst);
  const withDefault = inputs.find((input) => input.fallback);
  for (const param of nodes(cst, 'param')) {
    if (!withDefault) camelName(build, token(param, 'Name'), 'input');
  }
  if (withDefault) {
    const { name, span } = withDefault;
    build.report('NET0013', span, { name: name.span, isOnlyList });
  }
  return inputs.map((input) => ({ ...input, fallback: null }));
}

/** The `///` lines right above the line on which a definition begins (text-1). */
function docAbove({ text }: SourceFile, start: number): string | null {
  const lines: string[] = [];
  let end = text.lastIndexOf('\n', start - 1);
  while (end >= 0) {
    const begin = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(begin, end).trim();
    if (!line.startsWith('///')) break;
    lines.push(line.replace(/^\/\/\/ ?/, ''));
    end = begin - 1;
  }
  return lines.length > 0 ? lines.reverse().join('\n') : null;
}
