import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { netc } from './netc.js';

const model = (name: string, body: string): string => `model ${name} {
  input image: [N, H, W, 3]
  output mask = image -> ${body} -> Conv(1) -> sigmoid
}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-diff-'));
  const files = {
    'relu.net': model('A', 'Conv(4) -> relu'),
    'both.net': model('A', 'Conv(4) -> relu') + model('B', 'Conv(4) -> gelu'),
    'wrong.net': model('A', 'Convv(4)'),
    'bad.net': model('A', 'Conv(2.5)'),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

test('ends with 0 where the networks differ and where they do not', async () => {
  const same = await netc(['diff', 'relu.net', 'both.net', '--model', 'A'], folder);
  expect(same).toMatchObject({ status: 0, stderr: '' });
  expect(same.stdout).toContain('no difference');
  const other = await netc(['diff', 'both.net', '--model', 'A', '--to-model', 'B'], folder);
  expect(other.status).toBe(0);
  expect(other.stdout).toContain('relu in A: relu -> gelu');
});

test('errors of both files are shown as check shows them, and end with 1', async () => {
  const { status, stderr } = await netc(['diff', 'wrong.net', 'bad.net'], folder);
  expect(status).toBe(1);
  expect(stderr).toContain('wrong.net');
  expect(stderr).toContain('did you mean Conv?');
  expect(stderr).toContain('bad.net');
  const json = await netc(['diff', 'relu.net', 'bad.net', '--json'], folder);
  expect(JSON.parse(json.stdout)).toMatchObject({ diagnostics: [{ file: 'bad.net', line: 3 }] });
});

test('one object for programs', async () => {
  const { stdout } = await netc(
    ['diff', 'both.net', '--model', 'A', '--to-model', 'B', '--size', '8x8', '--json'],
    folder,
  );
  expect(JSON.parse(stdout)).toMatchObject({
    before: { file: 'both.net', model: 'A' },
    after: { file: 'both.net', model: 'B' },
    height: 8,
    same: false,
    changes: [{ kind: 'replaced', before: [{ block: 'relu' }], after: [{ block: 'gelu' }] }],
  });
});
