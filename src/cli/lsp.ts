import type { Command } from 'commander';
import { createConnection } from 'vscode-languageserver/node';
import { serve } from '../editor/server.js';

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description(
      'Serves an editor: mistakes as you type, shapes, completion (Language Server Protocol).',
    )
    .option('--stdio', 'over standard input and output, which is the only way and need not be said')
    .action(() => {
      const connection = createConnection(process.stdin, process.stdout);
      serve(connection);
    });
}
