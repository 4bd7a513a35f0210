import type { Command } from 'commander';
import { createConnection } from 'vscode-languageserver/node';
import { serve } from '../editor/server.js';

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description('Language server for editors: diagnostics as you type, shapes, completion.')
    .option('--stdio', 'use standard input and output; the only transport, so the flag is optional')
    .action(() => {
      const connection = createConnection(process.stdin, process.stdout);
      serve(connection);
    });
}
