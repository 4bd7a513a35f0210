import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { Editor } from './client.js';

let folder = '';
let editor: Editor;
const unit = 'block Unit(x) { x -> Conv(4) }\n';
const model = (path: string): string =>
  `import { Unit } from "${path}"\n\nmodel Net {\n  input image: [N, H, W, 3]\n  output mask = image -> Unit\n}\n`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netc-hostile-'));
  mkdirSync(join(folder, 'open'));
  writeFileSync(join(folder, 'outside.net'), unit);
  symlinkSync('../outside.net', join(folder, 'open', 'link.net'));
  execFileSync('mkfifo', [join(folder, 'open', 'pipe.net')]);
  editor = new Editor(join(folder, 'open'));
  await editor.begin();
});
afterAll(async () => {
  await editor.ask('shutdown');
  await editor.tell('exit');
  await editor.ended();
  rmSync(folder, { recursive: true });
});

test.each([
  ['../outside.net', 'lies outside the folder that is open'],
  ['../missing.net', 'lies outside the folder that is open'],
  ['link.net', 'lies outside the folder that is open'],
  ['pipe.net', 'is no regular file'],
])('an import of %s is not read in a folder of somebody else', async (path, message) => {
  const errors = editor.errors('main.net', (found) => found.length > 0);
  await editor.write('main.net', model(path));
  const [error] = await errors;
  expect(error).toMatchObject({ code: 'NET0018' });
  expect(error?.message).toContain(message);
});

test('an experiment of somebody else does not show the lines of another file', async () => {
  const errors = editor.errors('experiment.yaml', (found) => found.length > 0);
  await editor.write(
    'experiment.yaml',
    'model: {path: ../outside.net}\ndata: {kind: drive, root: images}\nsteps: 10\noutput: runs/a\n',
  );
  const found = await errors;
  expect(found.map(({ code }) => code)).toContain('NET0018');
});

test('what is asked of a small text is answered while a large one is compiled', async () => {
  const heavy = `block Unit(x) { x -> Conv(8) -> BatchNorm -> relu }\n\n${Array.from(
    { length: 3 },
    (_, i) =>
      `model Net${i} {\n  input image: [N, H, W, 3]\n  let deep = repeat 8000 with x = image { x -> Unit }\n  output mask = deep -> Conv(1)\n}\n`,
  ).join('\n')}`;
  const small =
    'model Small {\n  input image: [N, H, W, 3]\n  output mask = image -> Con‸v(1)\n}\n';
  await editor.at<Hover>('textDocument/hover', 'small.net', small);
  const order: string[] = [];
  const told = editor.errors('heavy.net').then(() => order.push('heavy'));
  await editor.write('heavy.net', heavy);
  // The editor asks again where it is told to.
  for (let tries = 0; tries < 50 && order.length === 0; tries++) {
    const hover = await editor
      .at<Hover>('textDocument/hover', 'small.net', small)
      .catch(() => undefined);
    if (hover) order.push('small');
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await told;
  expect(order[0]).toBe('small');
});
