import type { Diagnostic, Suggestion } from '../compiler/diagnostics/diagnostic.js';
import type { Span } from '../compiler/source/source.js';
import { diagnosticsIn } from './diagnostics.js';
import type { Workspace } from './workspace.js';

/** A suggestion that the editor can take. */
export interface CodeAction {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edits: NonNullable<Suggestion['edits']>;
}

/** The suggestions for the errors that touch a part of a file. */
export function codeActionsIn(
  workspace: Workspace,
  path: string,
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly CodeAction[] {
  return diagnosticsIn(workspace, path)
    .filter(({ span }) => span.start <= end && span.end >= start)
    .flatMap(({ diagnostic }) =>
      [diagnostic.suggestion, diagnostic.otherReading].flatMap((suggestion) =>
        suggestion?.edits
          ? [{ title: suggestion.message, diagnostic, edits: suggestion.edits }]
          : [],
      ),
    );
}
