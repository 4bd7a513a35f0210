// Writes what is made from the compiler: parts of docs/, the editors' grammar and schema. `--check` writes nothing, and
// ends with 1 where a file is behind. A maker gives the whole text of each file by its path.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsPage } from './docs/commands.mjs';
import { editorFiles } from './docs/editor-files.mjs';
import { editors } from './docs/editors.mjs';
import { errorsPage } from './docs/errors.mjs';
import { experimentKeys } from './docs/experiment-keys.mjs';
import { drawings } from './docs/figures.mjs';
import { loadSources } from './docs/load-sources.mjs';
import { operationsPage } from './docs/ops.mjs';
import { reference } from './docs/reference.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const current = (path) => {
  try {
    return read(path);
  } catch {
    return undefined;
  }
};

const compiler = await loadSources(root);
const files = {
  ...operationsPage(compiler),
  ...errorsPage(compiler),
  ...reference(compiler, read),
  ...editors(read),
  ...editorFiles(compiler),
  ...experimentKeys(compiler),
  ...(await commandsPage(compiler, read)),
  ...(await drawings(compiler, read)),
};
const behind = Object.keys(files).filter((path) => files[path] !== current(path));
if (process.argv.includes('--check')) {
  for (const path of behind) console.error(`${path} is behind: run npm run docs`);
  process.exitCode = behind.length > 0 ? 1 : 0;
} else {
  for (const path of behind) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files[path]);
    console.log(path);
  }
}
