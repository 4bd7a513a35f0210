import { positionAt, type SourceFile } from '../compiler/source/source.js';
import type { Import } from '../compiler/syntax/ast.js';
import { scan } from '../compiler/syntax/scan.js';
import { closes, opens } from '../compiler/syntax/words.js';

/** Lines from zero, both of them shown where the range is folded. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly kind: 'code' | 'comment' | 'imports';
}

/** Brackets over several lines, runs of comment lines, and the imports. */
export function foldsOf(source: SourceFile, imports: readonly Import[]): readonly Fold[] {
  const lineOf = (offset: number): number => positionAt(source, offset).line - 1;
  const [first, last] = [imports[0], imports.at(-1)];
  const ofImports: Fold[] =
    first && last
      ? [{ from: lineOf(first.span.start), to: lineOf(last.span.end), kind: 'imports' }]
      : [];
  return [...bracketFolds(source, lineOf), ...commentFolds(source), ...ofImports].filter(
    ({ from, to }) => to > from,
  );
}

function bracketFolds(source: SourceFile, lineOf: (offset: number) => number): Fold[] {
  const open: number[] = [];
  const folds: Fold[] = [];
  for (const token of scan(source).tokens) {
    if (opens(token)) open.push(token.startOffset);
    const start = closes(token) ? open.pop() : undefined;
    if (start === undefined) continue;
    // The line of the closing bracket stays in sight.
    folds.push({ from: lineOf(start), to: lineOf(token.startOffset) - 1, kind: 'code' });
  }
  return folds;
}

function commentFolds({ text }: SourceFile): Fold[] {
  const folds: Fold[] = [];
  let from = -1;
  for (const [line, content] of [...text.split('\n'), ''].entries()) {
    const isComment = content.trimStart().startsWith('//');
    if (isComment && from < 0) from = line;
    if (isComment || from < 0) continue;
    folds.push({ from, to: line - 1, kind: 'comment' });
    from = -1;
  }
  return folds;
}
