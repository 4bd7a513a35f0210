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

/** Serves an editor until it says exit or its stream ends. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const session = new Session();
  const publisher = new Publisher(connection, session);
  connection.onInitialize((params) => {
    session.begin(rootOf(params));
    return capabilities;
  });
  documents.onDidChangeContent(({ document }) => {
    session.update(document.uri, document.getText());
    publisher.soon();
  });
  documents.onDidClose(({ document }) => {
    session.close(document.uri);
    publisher.clear(document.uri);
  });
  connection.onDidChangeWatchedFiles(() => publisher.soon());
  registerRequests(connection, session);
  documents.listen(connection);
  connection.listen();
}

/** The first folder that the editor has open, else the working directory. */
const rootOf = ({ workspaceFolders, rootUri }: InitializeParams): string | null =>
  workspaceFolders?.[0]?.uri ?? rootUri ?? null;

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
