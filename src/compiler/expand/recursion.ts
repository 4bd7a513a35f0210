import type { Body, Expression, IfExpression } from '../syntax/ast.js';
import { partsOf } from '../syntax/parts.js';
import type { UserBlock } from '../values/callable.js';
import type { Levels } from './expansion.js';

/**
 * What a block that applies itself has to end it: a parameter that likely counts, and an `if`. `levels` are the last
 * applications of it.
 */
export function endOf({ definition, name }: UserBlock, levels: Levels) {
  const names = (definition.parameters ?? []).map((parameter) => parameter.name.text);
  return {
    name,
    counter: names.find((text) => /depth|level|step|stage|count|^n$/i.test(text)),
    condition: choiceOf(definition.body)?.condition.span,
    isSame: levels.length > 1 && new Set(levels.map(({ text }) => text)).size === 1,
    levels,
  };
}

/** The first choice of a body; those inside loops are left out. */
function choiceOf({ statements }: Body): IfExpression | undefined {
  const inside = (e: Expression): IfExpression | undefined =>
    e.kind === 'if' ? e : firstOf(partsOf(e), inside);
  return firstOf(statements, (line) =>
    line.kind === 'let' || line.kind === 'result' ? inside(line.value) : undefined,
  );
}

function firstOf<A, B>(all: readonly A[], find: (each: A) => B | undefined): B | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
