import type { Diagnostic, Related, Suggestion } from '../compiler/diagnostics/diagnostic.js';
import { originChain } from '../compiler/diagnostics/render.js';
import type { Span } from '../compiler/source/source.js';
import type { Module } from '../compiler/syntax/module.js';
import type { Workspace } from './workspace.js';

/** An error as it is shown in one file. */
export interface ShownDiagnostic {
  readonly diagnostic: Diagnostic;
  /** A place in that file. */
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
}

/** A suggestion that the editor can take. */
export interface CodeAction {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edits: NonNullable<Suggestion['edits']>;
}

/** What is wrong with the `.net` file at `path`, as far as it can be shown there. */
export function networkDiagnosticsIn(
  workspace: Workspace,
  path: string,
): readonly ShownDiagnostic[] {
  const analysis = workspace.analysis(path);
  if (!analysis) return [];
  return analysis.diagnostics.flatMap((diagnostic) => {
    const span = placeIn(analysis.main, diagnostic);
    return span ? [shown(diagnostic, span)] : [];
  });
}

/** What an error suggests, where it can be taken. */
export const actionsOf = ({ diagnostic }: ShownDiagnostic): readonly CodeAction[] =>
  [diagnostic.suggestion, diagnostic.otherReading].flatMap((suggestion) =>
    suggestion?.edits ? [{ title: suggestion.message, diagnostic, edits: suggestion.edits }] : [],
  );

export function shown(diagnostic: Diagnostic, span: Span): ShownDiagnostic {
  const { message, origin, suggestion, otherReading, related } = diagnostic;
  const elsewhere = span !== diagnostic.span;
  const notes = [
    ...(origin ? [`in ${originChain(origin)}`] : []),
    ...(suggestion ? [`help: ${suggestion.message}`] : []),
    ...(otherReading ? [`or: ${otherReading.message}`] : []),
  ];
  return {
    diagnostic,
    span,
    message: [message, ...notes].join('\n'),
    related: elsewhere ? [{ span: diagnostic.span, message }, ...related] : related,
  };
}

/**
 * Where an error is seen in a file: there itself, or at the application that leads to it, or at the import that brings
 * the file it is in.
 */
function placeIn(main: Module, { span, origin }: Diagnostic): Span | undefined {
  if (span.file.path === main.path) return span;
  for (let at = origin; at; at = at.parent) if (at.site.file.path === main.path) return at.site;
  const through = main.imports.find((module) => reaches(module, span.file.path));
  const statement = main.file.imports.find(({ names }) =>
    names.some(({ name, as }) => main.names.get((as ?? name).text)?.module === through),
  );
  return statement?.from.span;
}

function reaches(from: Module, path: string): boolean {
  const met = new Set([from]);
  for (const module of met) {
    if (module.path === path) return true;
    for (const other of module.imports) met.add(other);
  }
  return false;
}
