import {
  type CodeActionParams,
  type Connection,
  ErrorCodes,
  type InlayHintParams,
  MarkupKind,
  type Position,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
} from 'vscode-languageserver';
import { isExperiment } from '../runtime/files/kinds.js';
import { codeActionsIn } from './code-actions.js';
import { codeLensesOf } from './code-lens.js';
import { completionsAt } from './completion.js';
import { definitionAt } from './definition.js';
import { experimentCompletionsAt } from './experiment-completion.js';
import { foldsOf } from './folding.js';
import { formattingOf } from './formatting.js';
import { hoverAt } from './hover.js';
import { inlayHintsIn } from './inlay-hints.js';
import { locationOf, offsetOf, rangeOf } from './positions.js';
import * as protocol from './protocol.js';
import { referencesAt } from './references.js';
import { RenameRefused, renamable, renameAt } from './rename.js';
import { semanticTokensOf } from './semantic-tokens.js';
import type { Cursor, Session } from './session.js';
import { symbolsOf } from './symbols.js';
import type { Workspace } from './workspace.js';

interface Asked {
  readonly textDocument: { readonly uri: string };
  readonly position?: Position;
}

/** Answers each request of an editor from the workspace of a session. */
export function registerRequests(connection: Connection, session: Session): void {
  const answers: Answers = { session, uriOf: session.uriOf };
  registerNames(connection, answers);
  registerParts(connection, answers);
  connection.onCompletion(({ textDocument, position }) => {
    const cursor = session.cursor(textDocument.uri, position);
    if (!cursor) return null;
    const { path, file, offset } = cursor;
    if (path.endsWith('.net')) {
      return protocol.toCompletions(completionsAt(session.workspace, path, offset), file);
    }
    if (!isExperiment(file.text)) return null;
    return protocol.toCompletions(experimentCompletionsAt(session.workspace, path, offset), file);
  });
  connection.onCodeAction((params: CodeActionParams) => {
    const cursor = session.cursor(params.textDocument.uri, params.range.start);
    if (!cursor) return null;
    const range = { start: cursor.offset, end: offsetOf(cursor.file, params.range.end) };
    return codeActionsIn(session.workspace, cursor.path, range).map((action) =>
      protocol.toCodeAction(action, params.context.diagnostics, session.uriOf),
    );
  });
}

interface Answers {
  readonly session: Session;
  readonly uriOf: protocol.UriOf;
}

/** A request's handler: `answer` for a place in a `.net` file, null elsewhere. */
const inNetwork =
  <P extends Asked, R>(
    { session }: Answers,
    answer: (workspace: Workspace, cursor: Cursor, params: P) => R,
  ) =>
  (params: P): R | null => {
    const cursor = session.cursor(params.textDocument.uri, params.position);
    return cursor?.path.endsWith('.net') ? answer(session.workspace, cursor, params) : null;
  };

/** Requests about the name at a position. */
function registerNames(connection: Connection, answers: Answers): void {
  const { uriOf } = answers;
  connection.onHover(
    inNetwork(answers, (workspace, { path, offset }) => {
      const hover = hoverAt(workspace, path, offset);
      if (!hover) return null;
      const contents = { kind: MarkupKind.Markdown, value: hover.text };
      return { contents, range: rangeOf(hover.span) };
    }),
  );
  connection.onDefinition(
    inNetwork(answers, (workspace, { path, offset }) => {
      const span = definitionAt(workspace, path, offset);
      return span ? locationOf(span, uriOf) : null;
    }),
  );
  connection.onReferences(
    inNetwork(answers, (workspace, { path, offset }, { context }: ReferenceParams) =>
      referencesAt(workspace, path, offset)
        .filter(({ use }) => context.includeDeclaration || !use.binds)
        .map(({ use }) => locationOf(use.span, uriOf)),
    ),
  );
  connection.onPrepareRename(
    inNetwork(answers, (workspace, { path, offset }) =>
      refusing(() => {
        const span = renamable(workspace, path, offset);
        return span ? rangeOf(span) : null;
      }),
    ),
  );
  connection.onRenameRequest(
    inNetwork(answers, (workspace, { path, offset }, { newName: text }: RenameParams) =>
      refusing(() => {
        const edits = renameAt(workspace, path, offset, text).map((span) => ({ span, text }));
        return protocol.toWorkspaceEdit(edits, uriOf);
      }),
    ),
  );
}

/** Requests about a whole file or a part of it. */
function registerParts(connection: Connection, answers: Answers): void {
  connection.languages.inlayHint.on(
    inNetwork(answers, (workspace, { path, file }, { range }: InlayHintParams) => {
      const part = { start: offsetOf(file, range.start), end: offsetOf(file, range.end) };
      return inlayHintsIn(workspace, path, part).map((hint) => protocol.toInlayHint(hint, file));
    }),
  );
  connection.onDocumentSymbol(
    inNetwork(answers, (workspace, { path }) => {
      const file = workspace.analysis(path)?.main.file;
      return file ? symbolsOf(file).map(protocol.toSymbol) : null;
    }),
  );
  connection.onFoldingRanges(
    inNetwork(answers, (workspace, { path, file }) =>
      foldsOf(file, workspace.analysis(path)?.main.file.imports ?? []).map(protocol.toFoldingRange),
    ),
  );
  connection.onDocumentFormatting(
    inNetwork(answers, (_, { file }) =>
      formattingOf(file).map(({ span, text }) => ({ range: rangeOf(span), newText: text })),
    ),
  );
  connection.onCodeLens(
    inNetwork(answers, (workspace, { path }) =>
      codeLensesOf(workspace, path).map(({ span, title }) => ({
        range: rangeOf(span),
        command: { title, command: '' },
      })),
    ),
  );
  connection.languages.semanticTokens.on((params) => {
    const cursor = answers.session.cursor(params.textDocument.uri);
    if (!cursor?.path.endsWith('.net')) return { data: [] };
    const tokens = semanticTokensOf(answers.session.workspace, cursor.path);
    return { data: protocol.toSemanticTokens(tokens, cursor.file) };
  });
}

/** Tells the reader why a name cannot be renamed. */
function refusing<R>(answer: () => R): R | ResponseError<void> {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof RenameRefused)) throw error;
    return new ResponseError(ErrorCodes.InvalidRequest, error.message);
  }
}
