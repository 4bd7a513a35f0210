import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-size-'));
  const text = `model Halves {
  input image: [N, H, W, 3]
  output mask = image -> maxPool(2) -> upsample(2) -> Conv(1) -> sigmoid
}
model Plain {
  input image: [N, H, W, 3]
  output mask = image -> Conv(1) -> sigmoid
}
`;
  await writeFile(join(folder, 'two.net'), text);
  await writeFile(join(folder, 'wrong.net'), text.replace('Conv(1)', 'Conv(1.5)'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('netc check', () => {
  it('says after "no errors" what each model asks of the sizes', async () => {
    const { status, stdout } = await netc(['check', 'two.net'], folder);
    expect(status).toBe(0);
    expect(stdout).toBe(
      'two.net: no errors\nHalves: H and W are multiples of 2\nPlain: N, H and W are any size\n',
    );
  });

  it('is silent on the sizes of a model with errors', async () => {
    const { stdout } = await netc(['check', 'wrong.net'], folder);
    expect(stdout).toBe('wrong.net: 1 error, 0 warnings\nPlain: N, H and W are any size\n');
  });

  it('gives residues and the lines that ask for them as JSON', async () => {
    const { stdout } = await netc(['check', 'two.net', '--model', 'Halves', '--json'], folder);
    const { diagnostics, sizes } = JSON.parse(stdout);
    expect(diagnostics).toEqual([]);
    expect(sizes).toMatchObject([
      {
        model: 'Halves',
        symbols: [
          { symbol: 'N', modulus: 1, lines: [] },
          {
            symbol: 'H',
            modulus: 2,
            remainder: 0,
            least: 2,
            lines: [{ size: 'H/2', decisive: true, file: 'two.net', line: 3 }],
          },
          { symbol: 'W', modulus: 2 },
        ],
      },
    ]);
  });
});

describe('netc check --size', () => {
  it('ends with 0 where the images fit', async () => {
    const { status, stdout, stderr } = await netc(['check', 'two.net', '--size', '8x6'], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Halves at 8x6: H = 8 fits, W = 6 fits\n');
  });

  it('ends with 1 where they do not, shows the line and what would do', async () => {
    const { status, stdout, stderr } = await netc(['check', 'two.net', '--size', '8x7'], folder);
    expect(status).toBe(1);
    expect(stdout).toContain('Halves at 8x7: H = 8 fits, W = 7 does not fit\n');
    expect(stderr).toContain('error NET0406: Image size does not fit');
    expect(stderr).toMatch(/ --> two\.net:3:\d+/);
    expect(stderr).toContain('7 columns come in, and W/2 would be 3.5');
    expect(stderr).toContain('help: pad to 8x8 (1 column more), or crop to 8x6');
  });

  it('gives the same as JSON', async () => {
    const { status, stdout } = await netc(['check', 'two.net', '--size', '8x7', '--json'], folder);
    expect(status).toBe(1);
    const { diagnostics, sizes } = JSON.parse(stdout);
    expect(diagnostics).toMatchObject([{ code: 'NET0406', line: 3 }]);
    expect(sizes[0].fits).toEqual([
      { name: 'H', value: 8, fits: true },
      { name: 'W', value: 7, fits: false },
    ]);
  });

  it('is at fault with 2 where the size is no size', async () => {
    const { status, stderr } = await netc(['check', 'two.net', '--size', '8'], folder);
    expect(status).toBe(2);
    expect(stderr).toContain('HEIGHTxWIDTH');
  });
});
