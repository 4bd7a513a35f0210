import type { Span } from '../compiler/source/source.js';
import type { Body, Definition, File, Name, Statement } from '../compiler/syntax/ast.js';

/** A part of a file's outline. */
export interface OutlineSymbol {
  readonly name: string;
  readonly kind: 'block' | 'model' | 'input' | 'output' | 'let' | 'shared';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

/** Blocks and models, and what their lines bind. */
export const symbolsOf = ({ definitions }: File): readonly OutlineSymbol[] =>
  definitions.flatMap(symbolOf);

function symbolOf(definition: Definition): OutlineSymbol[] {
  const { kind, name, span } = definition;
  if (kind === 'missing') return [];
  const children = kind === 'variant' ? [] : childrenOf(definition.body);
  return [symbol(name, kind === 'block' ? 'block' : 'model', span, children)];
}

const symbol = (
  { text, span: nameSpan }: Name,
  kind: OutlineSymbol['kind'],
  span: Span,
  children: readonly OutlineSymbol[] = [],
): OutlineSymbol => ({ name: text, kind, span, nameSpan, children });

const childrenOf = ({ statements }: Body): readonly OutlineSymbol[] => statements.flatMap(boundBy);

function boundBy(statement: Statement): OutlineSymbol[] {
  switch (statement.kind) {
    case 'input':
    case 'output':
    case 'shared':
      return [symbol(statement.name, statement.kind, statement.span)];
    case 'let':
      return statement.pattern.names
        .filter(({ text }) => text !== '_')
        .map((name) => symbol(name, 'let', statement.span));
    default:
      return [];
  }
}
