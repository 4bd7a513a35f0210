import type { Command } from 'commander';

export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description('Language server for editors: diagnostics as you type, shapes, completion.')
    .option('--stdio', 'use standard input and output; the only transport, so the flag is optional')
    .action(async () => {
      const { serveStreams } = await import('../editor/threads/language-server.js');
      serveStreams(process.stdin, process.stdout);
    });
}
