import type { Span } from '../compiler/source/source.js';
import { diagnosticsIn } from './diagnostics.js';
import { actionsOf, type CodeAction } from './network-diagnostics.js';
import type { Workspace } from './workspace.js';

/** The suggestions for the errors that touch a part of a file. */
export const codeActionsIn = (
  workspace: Workspace,
  path: string,
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly CodeAction[] =>
  diagnosticsIn(workspace, path)
    .filter(({ span }) => span.start <= end && span.end >= start)
    .flatMap(actionsOf);
