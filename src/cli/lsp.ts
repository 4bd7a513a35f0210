import type { Command } from 'commander';

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description('Language server for editors: diagnostics as you type, shapes, completion.')
    .option('--stdio', 'use standard input and output; the only transport, so the flag is optional')
    .action(async () => {
      const { createConnection } = await import('vscode-languageserver/node');
      const { serve } = await import('../editor/server.js');
      serve(createConnection(process.stdin, process.stdout));
    });
}
