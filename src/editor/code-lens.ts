import type { Span } from '../compiler/source/source.js';
import { modelCosts } from './costs.js';
import type { Workspace } from './workspace.js';

export interface CodeLens {
  readonly span: Span;
  readonly title: string;
}

/** What each model of a file costs, over its name; while it has an error, what it cost before. */
export function codeLensesOf(workspace: Workspace, path: string): readonly CodeLens[] {
  const analysis = workspace.analysis(path);
  const good = workspace.lastGood(path);
  if (!analysis) return [];
  const models = [...analysis.models, ...(good && good !== analysis ? good.models : [])];
  return analysis.main.file.definitions.flatMap(({ kind, name }) => {
    if (kind !== 'model' && kind !== 'variant') return [];
    const model = models.find(({ graph }) => graph?.name === name.text);
    const title = model && modelCosts(model);
    return title === undefined ? [] : [{ span: name.span, title }];
  });
}
