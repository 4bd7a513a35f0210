import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { modulesUnder } from './modules.js';

/** Those that guard names against control characters, and `explain`, which prints pages of netc's own. */
const writers = ['cli/explain.ts', 'cli/failure.ts', 'cli/output.ts'];

it('what a command prints goes through the functions that guard names', () => {
  const modules = modulesUnder(fileURLToPath(new URL('../../src', import.meta.url)));
  const writing = modules.filter(({ text }) =>
    /process\.std(?:out|err)\.write|console\.\w+\(/.test(text),
  );
  // The engine says one line of its own, through the same guard; the language server says errors of its own code to the editor.
  const own = ['runtime/engines/open-engine.ts'];
  const server = [
    'editor/publisher.ts',
    'editor/threads/language-server.ts',
    'editor/threads/thread.ts',
  ];
  expect(writing.map(({ path }) => path).sort()).toEqual([...writers, ...own, ...server].sort());
});
