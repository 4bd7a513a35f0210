import type { Expression, PythonClass, PythonFunction, Statement } from './tree.js';

/** Expressions and all inside them, in the order of the text. */
export const inside = (expressions: readonly Expression[]): readonly Expression[] =>
  expressions.flatMap((e) => [e, ...inside(e.parts)]);

export const expressionsIn = (statements: readonly Statement[]): readonly Expression[] =>
  statements.flatMap((statement) =>
    statement.kind === 'for' ? expressionsIn(statement.body) : inside(statement.values),
  );

/** Whether anything in `statements` reads `variable`. */
export const reads = (statements: readonly Statement[], variable: string): boolean =>
  expressionsIn(statements).some(({ kind, text }) => kind === 'name' && text === variable);

export const statementsOf = (definition: PythonFunction | PythonClass): readonly Statement[] =>
  definition.kind === 'class' ? definition.body.flatMap(statementsOf) : definition.body;

type Change = (e: Expression) => Expression;

/** `e` with `change` made to each leaf, in the order of the text. */
export const changed = (e: Expression, change: Change): Expression =>
  e.parts.length === 0 ? change(e) : { ...e, parts: e.parts.map((part) => changed(part, change)) };

export const changedAll = (
  statements: readonly Statement[],
  change: Change,
): readonly Statement[] =>
  statements.map((statement): Statement => {
    if (statement.kind === 'for') return { ...statement, body: changedAll(statement.body, change) };
    const values = statement.values.map((value) => changed(value, change));
    return { ...statement, values } as Statement;
  });

/** A number that may be a parameter of a class. */
export interface Literal {
  readonly hint: string;
  readonly value: number;
}

export const literalsIn = (expressions: readonly Expression[]): readonly Literal[] =>
  expressions.filter((e): e is Expression & Literal => e.hint !== undefined);

/** Equal for equal trees; with `shape`, for those that differ in such numbers at most. */
export const treeKey = (tree: unknown, shape = false): string =>
  JSON.stringify(tree, (_, part) => {
    if (shape && part?.hint !== undefined) return part.hint;
    return typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;
  });
