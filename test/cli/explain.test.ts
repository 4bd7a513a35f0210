import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes } from '../../src/compiler/diagnostics/codes.js';
import { netc } from './netc.js';

describe('netc explain', () => {
  it('shows what an error means, a text that earns it and one put right', async () => {
    const { status, stdout } = await netc(['explain', 'NET0202']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^error NET0202: Argument given twice\n {2}One parameter/);
    expect(stdout).toContain('this reads ConvUnit(32)(64)');
    expect(stdout).toContain('image -> Unit(kernel: 5)');
    expect(stdout).not.toContain('\u001b');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('takes a code as it is quickly written', async () => {
    const [whole, short] = await Promise.all([
      netc(['explain', 'NET0402']),
      netc(['explain', '402']),
    ]);
    expect(short).toEqual(whole);
  });

  it('lists all codes with their titles', async () => {
    const { stdout } = await netc(['explain']);
    for (const [code, { title }] of Object.entries(codes)) {
      expect(stdout).toContain(`${code}  ${title}\n`);
    }
  });

  it('says which code was most likely meant', async () => {
    expect(await netc(['explain', 'NETO402'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'error: there is no code NETO402: did you mean NET0402?\n',
    });
  });

  it('gives the page as one object', async () => {
    const { stdout } = await netc(['explain', 'NET0207', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'NET0207',
      title: 'Not a whole number',
      diagnostics: [{ code: 'NET0207', edits: [{ text: 'floor(skip.channels / 2)' }] }],
    });
  });
});

describe('a slip on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netc-slips-'));
    const net = 'model Net {\n  input image: [N, H, W, 3]\n  output mask = image -> Conv(1)\n}\n';
    await writeFile(join(folder, 'vessels.net'), net);
    await writeFile(join(folder, 'quick.yaml'), 'model:\n  path: vessel.net\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [['chekc', 'vessels.net'], 2, 'Did you mean check?'],
    [['check', 'vesels.net'], 1, 'did you mean vessels.net?'],
    [['check', 'vessels'], 1, 'did you mean vessels.net?'],
    [['count', 'vesels.net'], 1, 'did you mean vessels.net?'],
    [['train', 'quik.yaml'], 1, 'did you mean quick.yaml?'],
    [['check', 'vessels.net', '--modle', 'Net'], 2, 'Did you mean --model?'],
    [['check', 'vessels.net', '--model', 'Ne'], 1, 'did you mean Net?'],
    [['check', 'vessels.net', '--set', 'width=3'], 1, 'model Net(width = ...)'],
  ])('%j names what was meant', async (args, status, words) => {
    const answer = await netc(args, folder);
    expect(answer.stderr).toContain(words);
    expect(answer.status).toBe(status);
  });
});
