import type { Span } from '../../source/source.js';
import type { Body, Expression, Fold, IfExpression } from '../../syntax/ast.js';
import { partsOf } from '../../syntax/parts.js';

/** What a body calls the values at its applications, each known by its place in the text. */
export interface Hints {
  /** The name that a `let` or a loop gives to what comes out; `let` is false for a loop's state. */
  readonly results: ReadonlyMap<string, { readonly name: string; readonly isLet: boolean }>;
  /** The names that go in, null for what has none. */
  readonly operands: ReadonlyMap<string, readonly (string | null)[]>;
}

export const placeKey = ({ file, start, end }: Span): string => `${file.path}:${start}:${end}`;

/** Walks `body`, with branches and loops: places differ, so that names cannot be confused. */
export function hintsOf(body: Body): Hints {
  const results = new Map<string, { name: string; isLet: boolean }>();
  const operands = new Map<string, readonly (string | null)[]>();

  function result(e: Expression, names: readonly string[], isLet: boolean): void {
    if (e.kind === 'several') {
      e.values.forEach((value, i) => {
        result(value, names.slice(i, i + 1), isLet);
      });
    } else if (e.kind === 'bracket') result(e.value, names, isLet);
    else if (e.kind === 'if') branches(e, names, isLet);
    else if (e.kind === 'arrow' || e.kind === 'binary' || e.kind === 'unary') {
      const [name, ...others] = names;
      const { span } = e.kind === 'arrow' ? e.stage : e;
      if (name && others.length === 0 && name !== '_') results.set(placeKey(span), { name, isLet });
    }
  }

  function branches(e: IfExpression, names: readonly string[], isLet: boolean): void {
    const last = e.then.statements.at(-1);
    if (last?.kind === 'result') result(last.value, names, isLet);
    if ('statements' in e.else) {
      const other = e.else.statements.at(-1);
      if (other?.kind === 'result') result(other.value, names, isLet);
    } else branches(e.else, names, isLet);
  }

  function loop({ pattern, start }: Fold, steps: Body): void {
    const names = pattern.names.map(({ text }) => text);
    result(start, names, false);
    const last = steps.statements.at(-1);
    if (last?.kind === 'result') result(last.value, names, false);
  }

  const nameOf = (e: Expression): string | null =>
    e.kind === 'name' ? e.text : e.kind === 'bracket' ? nameOf(e.value) : null;

  function expression(e: Expression): void {
    for (const part of partsOf(e)) expression(part);
    if (e.kind === 'arrow') {
      const from = e.from.kind === 'several' ? e.from.values : [e.from];
      operands.set(placeKey(e.stage.span), from.map(nameOf));
    } else if (e.kind === 'binary') operands.set(placeKey(e.span), [e.left, e.right].map(nameOf));
    else if (e.kind === 'unary') operands.set(placeKey(e.span), [nameOf(e.operand)]);
    else if (e.kind === 'if') {
      statements(e.then);
      if ('statements' in e.else) statements(e.else);
      else expression(e.else);
    } else if (e.kind === 'repeat' || e.kind === 'for') {
      if (e.fold) loop(e.fold, e.body);
      statements(e.body);
    }
  }

  function statements({ statements: lines }: Body): void {
    for (const line of lines) {
      if (line.kind === 'input' || line.kind === 'require') continue;
      expression(line.value);
      if (line.kind === 'let') {
        result(
          line.value,
          line.pattern.names.map(({ text }) => text),
          true,
        );
      }
    }
  }

  statements(body);
  return { results, operands };
}
