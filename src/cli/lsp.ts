import type { Command } from 'commander';
import { createConnection } from 'vscode-languageserver/node';
import { serve } from '../editor/server.js';

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description('Language server for editors: diagnostics as you type, shapes, completion.')
    .option('--stdio', 'over standard input and output; the only transport, so it may be left out')
    .action(() => {
      const connection = createConnection(process.stdin, process.stdout);
      serve(connection);
    });
}
