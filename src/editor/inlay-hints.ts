import type { Span } from '../compiler/source/source.js';
import type { ArrowExpression } from '../compiler/syntax/ast.js';
import { distinct, stagesAt } from './shapes.js';
import type { Workspace } from './workspace.js';

export interface InlayHint {
  readonly offset: number;
  /** `[N, H, W, 64]`; with `...` behind it where other instances have other shapes. */
  readonly label: string;
  /** The other shapes, a line each. */
  readonly others: readonly string[];
}

/** How many other shapes a hint tells. */
const shown = 8;

/** The shape behind each stage of the arrows in a part of a file, that of the first instance. */
export function inlayHintsIn(
  workspace: Workspace,
  path: string,
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly InlayHint[] {
  const arrows = new Set<ArrowExpression>();
  for (const { arrow } of workspace.analysis(path)?.bound.uses.values() ?? []) {
    if (arrow && arrow.stage.span.end >= start && arrow.stage.span.start <= end) arrows.add(arrow);
  }
  return [...arrows].flatMap((arrow) => {
    const [first, ...others] = distinct(stagesAt(workspace, arrow));
    if (!first) return [];
    const label = others.length > 0 ? `${first.value} ...` : first.value;
    const lines = others.slice(0, shown).map(({ path: at, value }) => `${value} in ${at}`);
    return [{ offset: arrow.stage.span.end, label, others: lines }];
  });
}
