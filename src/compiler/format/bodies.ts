import {
  blankLine,
  concat,
  type Doc,
  group,
  hardLine,
  indent,
  line,
  nothing,
  row,
  space,
} from './doc.js';
import { bound } from './expressions.js';
import { ownLines, type Printing, part, remarkBehind, word } from './parts.js';
import type { Tree } from './tree.js';

/** Whether the author ended the line behind the opening brace, or must have. */
export const isOpen = (p: Printing, body: Tree): boolean =>
  body.parts.length > 3 || p.notes.endsLine(body.first);

/** Braces and statements: on one line if the author wrote it so and it fits. */
export const body = (p: Printing, tree: Tree): Doc =>
  group(braces(p, tree), { broken: isOpen(p, tree), yields: true });

export function braces(p: Printing, { parts }: Tree): Doc {
  const statements = parts.slice(1, -1);
  const opening = word(p, parts[0]!);
  const wide = inputsToPad(p, statements);
  const inner = statements.map((tree, i) => {
    const { first } = tree;
    const comments = p.notes.takeComments(first);
    const blankFirst = i > 0 && (comments[0]?.blankAbove ?? p.notes.blankAbove(first));
    const blankBelow = comments.length > 0 && p.notes.blankAbove(first);
    return concat(
      i > 0 ? hardLine : nothing,
      blankFirst ? blankLine : nothing,
      ownLines(comments, true),
      blankBelow ? blankLine : nothing,
      wide.has(tree) ? paddedInput(p, tree) : part(p, tree),
    );
  });
  const closing = parts.at(-1)!;
  const last = p.notes.takeComments(closing.first);
  const blank = last[0]?.blankAbove ? blankLine : nothing;
  return concat(
    opening,
    indent(line, row(inner), blank, ownLines(last, true)),
    line,
    word(p, closing),
  );
}

const isPort = ({ rule }: Tree): boolean => rule === 'inputLine' || rule === 'outputLine';

/** In a run of inputs and outputs without a blank line, their names stand in one column. */
function inputsToPad(p: Printing, statements: readonly Tree[]): ReadonlySet<Tree> {
  const wide = new Set<Tree>();
  let run: Tree[] = [];
  const endRun = (): void => {
    if (run.some(({ rule }) => rule === 'outputLine')) {
      for (const port of run) if (port.rule === 'inputLine') wide.add(port);
    }
    run = [];
  };
  for (const statement of statements) {
    if (!isPort(statement) || p.notes.apart(statement.first)) endRun();
    if (isPort(statement)) run.push(statement);
  }
  endRun();
  return wide;
}

/** `input name: shape`, as wide as `output` where it is `padded`. */
export const inputLine = (
  p: Printing,
  { parts: [sign, name, colon, shape] }: Tree,
  padded = false,
): Doc =>
  concat(
    word(p, sign!),
    padded ? concat(space, space) : space,
    word(p, name!),
    word(p, colon!),
    space,
    part(p, shape!),
  );

function paddedInput(p: Printing, tree: Tree): Doc {
  const behind = remarkBehind(p, tree.last);
  return concat(inputLine(p, tree, true), behind);
}

/** `let pattern = value`, and so `shared` and `output`. */
export const binding = (p: Printing, { parts: [sign, name, binds, value] }: Tree): Doc =>
  concat(word(p, sign!), space, part(p, name!), bound(p, binds!, value!));

/** `require condition, message`. */
export const requirement = (p: Printing, { parts: [sign, condition, mark, message] }: Tree): Doc =>
  group(
    concat(
      word(p, sign!),
      space,
      indent(part(p, condition!), word(p, mark!), line, word(p, message!)),
    ),
  );
