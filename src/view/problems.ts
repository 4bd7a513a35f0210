import { actionsOf, networkDiagnosticsIn } from '../editor/network-diagnostics.js';
import type { Workspace } from '../editor/workspace.js';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is wrong at a place of a text, as the editor shows it. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly isError: boolean;
  readonly code: string;
  readonly message: string;
  /** What can be done about it in this text. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
}

export const problemsIn = (workspace: Workspace, path: string): readonly Problem[] =>
  networkDiagnosticsIn(workspace, path).map((shown) => ({
    start: shown.span.start,
    end: shown.span.end,
    isError: shown.diagnostic.severity === 'error',
    code: shown.diagnostic.code,
    message: shown.message,
    fixes: actionsOf(shown).flatMap(({ title, edits }) =>
      edits.every(({ span }) => span.file.path === path)
        ? [{ title, edits: edits.map(({ span: { start, end }, text }) => ({ start, end, text })) }]
        : [],
    ),
  }));
