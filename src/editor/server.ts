import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Publisher } from './publisher.js';
import { registerRequests } from './requests.js';
import { tokenModifiers, tokenTypes } from './semantic-tokens.js';
import { Session } from './session.js';

/** Serves an editor until its connection ends. `publishes` says whether it is told of errors before it asks anything. */
export function serve(connection: Connection, { publishes }: { publishes: boolean }): void {
  const documents = new TextDocuments(TextDocument);
  const session = new Session();
  const publisher = new Publisher(connection, session);
  connection.onInitialize((params) => {
    session.begin(foldersOf(params));
    return capabilities;
  });
  documents.onDidChangeContent(({ document }) => {
    session.update(document.uri, document.getText());
    if (publishes) publisher.soon();
  });
  documents.onDidClose(({ document }) => {
    session.close(document.uri);
    if (publishes) publisher.clear(document.uri);
  });
  connection.onDidChangeWatchedFiles(() => {
    if (publishes) publisher.soon();
  });
  registerRequests(connection, session);
  documents.listen(connection);
  connection.listen();
}

/** The folders that the editor has open. */
const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): readonly string[] =>
  workspaceFolders?.length ? workspaceFolders.map(({ uri }) => uri) : rootUri ? [rootUri] : [];

const capabilities: InitializeResult = {
  serverInfo: { name: 'netc' },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    completionProvider: { triggerCharacters: ['.', '>', '(', '"', '/', ':'] },
    inlayHintProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    documentFormattingProvider: true,
    codeLensProvider: { resolveProvider: false },
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: true,
    },
  },
};
