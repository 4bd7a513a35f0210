import type { Message, NotificationMessage } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

interface Params {
  readonly textDocument: {
    readonly uri: string;
    readonly languageId: string;
    readonly version: number;
    readonly text: string;
  };
  readonly contentChanges: Parameters<typeof TextDocument.update>[1];
}

/** The texts that an editor has open, so that a new thread can be told of them. */
export class OpenDocuments {
  readonly #documents = new Map<string, TextDocument>();

  /** Takes over what a notification says of a document. */
  follow({ method, params }: NotificationMessage): void {
    const { textDocument, contentChanges } = params as unknown as Params;
    const { uri } = textDocument;
    const known = this.#documents.get(uri);
    if (method === 'textDocument/didOpen') {
      const { languageId, version, text } = textDocument;
      this.#documents.set(uri, TextDocument.create(uri, languageId, version, text));
    } else if (method === 'textDocument/didClose') this.#documents.delete(uri);
    else if (known) TextDocument.update(known, contentChanges, textDocument.version);
  }

  /** The notifications that open them as they are. */
  messages(): readonly Message[] {
    return [...this.#documents.values()].map((document) => {
      const { uri, languageId, version } = document;
      const textDocument = { uri, languageId, version, text: document.getText() };
      return { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } };
    });
  }
}
