import type { Diagnostic, Suggestion } from '../compiler/diagnostics/diagnostic.js';
import type { Span } from '../compiler/source/source.js';
import { mistakesIn } from './diagnostics.js';
import type { Workspace } from './workspace.js';

/** A way out that the editor can take. */
export interface CodeAction {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edits: NonNullable<Suggestion['edits']>;
}

/** The ways out of the mistakes that touch a part of a file. */
export function codeActionsIn(
  workspace: Workspace,
  path: string,
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly CodeAction[] {
  return mistakesIn(workspace, path)
    .filter(({ span }) => span.start <= end && span.end >= start)
    .flatMap(({ diagnostic }) =>
      [diagnostic.suggestion, diagnostic.otherReading].flatMap((way) =>
        way?.edits ? [{ title: way.message, diagnostic, edits: way.edits }] : [],
      ),
    );
}
