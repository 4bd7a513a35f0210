import { printShape } from '../compiler/sizes/size.js';
import type { SourceFile, Span } from '../compiler/source/source.js';
import type { ArrowExpression } from '../compiler/syntax/ast.js';
import { printValue, type Result, type Value } from '../compiler/values/value.js';
import type { Analysis, Applied } from './analysis.js';
import type { Workspace } from './workspace.js';

/** What a place in the text was in one instance. */
export interface Instance {
  /** The path of the instance around it; empty in the model itself. */
  readonly path: string;
  /** `[N, H/2, W/2, 128]`, or a value of the configuration. */
  readonly value: string;
  readonly applied: Applied | null;
}

/** What an expression or a bound name is worth in each instance, as far as models that are open tell. */
export const valuesAt = (workspace: Workspace, span: Span): readonly Instance[] =>
  firstThatKnows(workspace, span, valuesIn);

/** What an arrow gives in each instance, those further out first. */
export const stagesAt = (
  workspace: Workspace,
  { span, stage }: ArrowExpression,
): readonly Instance[] => {
  const stages = firstThatKnows(workspace, stage.span, applicationsIn);
  return stages.length > 0 ? stages : valuesAt(workspace, span);
};

/** Seeks in the file's own models, then in those of other buffers, then in what was known before its errors. */
function firstThatKnows(
  workspace: Workspace,
  span: Span,
  instancesIn: (analysis: Analysis, span: Span) => readonly Instance[],
): readonly Instance[] {
  const { path } = span.file;
  const own = workspace.analysis(path);
  const found = own ? instancesIn(own, span) : [];
  if (found.length > 0) return found;
  for (const other of workspace.open) {
    const analysis = other === path ? undefined : workspace.analysis(other);
    const there = analysis?.texts.has(path) ? instancesIn(analysis, span) : [];
    if (there.length > 0) return there;
  }
  const good = workspace.lastGood(path);
  const before = good && good !== own && movedBack(span, good.main.file.source);
  return before ? instancesIn(good, before) : [];
}

function applicationsIn(analysis: Analysis, site: Span): readonly Instance[] {
  return analysis
    .appliedAt(site)
    .filter(({ application }) => application.results.length > 0)
    .map((applied) => {
      const { results, origin } = applied.application;
      const value = results.map(({ type }) => printShape(type.shape)).join(', ');
      return { path: origin?.parent?.path ?? '', value, applied };
    });
}

const valuesIn = ({ observations }: Analysis, span: Span): readonly Instance[] =>
  observations
    .at(span)
    .map(({ path, value }) => ({ path, value: printResult(value), applied: null }));

function printResult(result: Result): string {
  if (result.kind === 'several') return result.values.map(printOne).join(', ');
  return printOne(result);
}

function printOne(value: Value): string {
  if (value.kind === 'tensor') return printShape(value.value.type.shape);
  if (value.kind === 'list') return `[${value.items.map(printOne).join(', ')}]`;
  return printValue(value);
}

/** Where a span stood in an older text of its file; undefined where it was not yet there. */
export function movedBack({ file, start, end }: Span, older: SourceFile): Span | undefined {
  const [now, then] = [file.text, older.text];
  const shorter = Math.min(now.length, then.length);
  let same = 0;
  while (same < shorter && now[same] === then[same]) same++;
  if (end <= same) return { file: older, start, end };
  let tail = 0;
  while (tail < shorter - same && now.at(-1 - tail) === then.at(-1 - tail)) tail++;
  const shift = then.length - now.length;
  if (start < now.length - tail) return undefined;
  return { file: older, start: start + shift, end: end + shift };
}

/** The instances whose values differ, each by its first. */
export function distinct(instances: readonly Instance[]): readonly Instance[] {
  const seen = new Set<string>();
  return instances.filter(({ value }) => !seen.has(value) && seen.add(value));
}
