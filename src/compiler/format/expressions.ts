import { concat, type Doc, group, indent, line, row, space } from './doc.js';
import { bracketed, type Printing, part, word } from './parts.js';
import type { Tree } from './tree.js';

type Printer = (p: Printing, tree: Tree, flush: boolean) => Doc;

/** Stages each on a line of its own, or all on one. A line may end before an arrow. */
const pipeline: Printer = (p, { parts: [from, ...stages] }) =>
  group(
    concat(
      part(p, from!),
      indent(row(stages.map((tree, i) => concat(i % 2 === 0 ? line : space, part(p, tree))))),
    ),
    { yields: true },
  );

/** A line may end after an operator, never before one: that would be read all the same, but not seen. */
const operation: Printer = (p, { parts: [left, ...others] }, flush) => {
  const rest = row(others.map((tree, i) => concat(i % 2 === 0 ? space : line, part(p, tree))));
  return group(concat(part(p, left!), flush ? rest : indent(rest)), { yields: true });
};

const sideBySide: Printer = (p, { parts }) => row(parts.map((tree) => part(p, tree)));

const stage: Printer = (p, { parts: [name, ...rest] }) =>
  concat(
    word(p, name!),
    ...rest.map((tree) => (tree.rule === 'args' ? part(p, tree) : concat(space, word(p, tree)))),
  );

/** The lists behind a name: where two stand side by side, the first breaks first. */
const args: Printer = (p, { parts }) => bracketed(p, parts, { endComma: true, yields: false });
const list: Printer = (p, { parts }) => bracketed(p, parts, { endComma: true, yields: true });
const several: Printer = (p, { parts }) => bracketed(p, parts, { endComma: false, yields: true });

/** `[i]` or `.name`. */
const suffix: Printer = (p, tree, flush) =>
  tree.parts.length === 3
    ? bracketed(p, tree.parts, { endComma: false, yields: false })
    : sideBySide(p, tree, flush);

const negation: Printer = (p, { parts: [not, operand] }) =>
  concat(word(p, not!), space, part(p, operand!));

const argument: Printer = (p, { parts: [name, colon, value] }) =>
  concat(word(p, name!), word(p, colon!), space, part(p, value!));

/** The rules of expressions that have no body; one rule is one kind of part. */
export const expressions: Readonly<Record<string, Printer>> = {
  chain: pipeline,
  disjunction: operation,
  conjunction: operation,
  comparison: operation,
  sum: operation,
  product: operation,
  negation,
  unary: sideBySide,
  postfix: sideBySide,
  suffix,
  stage,
  brackets: several,
  pattern: several,
  args,
  list,
  params: args,
  arg: argument,
  item: sideBySide,
};

const operations = ['disjunction', 'conjunction', 'comparison', 'sum', 'product'];

/**
 * `= value`: an operator expression that does not fit begins on the next line; all else begins here
 * and breaks inside.
 */
export function bound(p: Printing, sign: Tree, value: Tree): Doc {
  const below = operations.includes(value.rule) || p.notes.commentBehind(sign.first);
  const head = concat(space, word(p, sign));
  if (!below) return concat(head, space, part(p, value));
  return concat(head, group(indent(line, part(p, value, { flush: true })), { yields: true }));
}
