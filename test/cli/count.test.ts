import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

// 4 channels of 3x3 with a bias, then one of 1x1.
const weights = 9 * 4 + 4 + 4 + 1;
const line = '-> Conv(4) -> maxPool(3) -> upsample(3) -> Conv(1, kernel: 1) -> sigmoid';
const multiplyAdds = (height: number, width = height): number => height * width * (9 * 4 + 4);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-count-'));
  const files = {
    'thirds.net': `model Thirds { input image: [N, H, W, 1]\n output mask = image ${line} }\n`,
    'fixed.net': `model Fixed { input image: [N, 225, 192, 1]\n output mask = image ${line} }\n`,
    'quarters.net':
      'model Quarters { input image: [N, H, W, 1]\n output mask = image -> maxPool(4) -> upsample(4) -> Conv(1) -> sigmoid }\n',
    'apart.net': `model Apart {
  input a: [N, H, W, 1]
  input b: [N, 32, 32, 1]
  input c: [N, 64, 64, 1]
  output mask = a ${line}
  output other = (b -> upsample(2), c) -> concat -> Conv(1)
}
`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);

describe('netc count without a size', () => {
  it('counts at the nearest size to 256x256 that the model takes, and says so', async () => {
    const { status, stdout, stderr } = await run('count', 'thirds.net');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('multiply-adds of one image of 255x255');
    expect(stdout).toContain(multiplyAdds(255).toLocaleString('en-US'));
    expect(stdout).toMatch(
      /\n\n255x255 is the nearest to 256x256 that Thirds takes: H and W are multiples of 3\n$/,
    );
    const json = JSON.parse((await run('count', 'thirds.net', '--json')).stdout);
    expect(json).toMatchObject({
      parameters: weights,
      multiplyAdds: multiplyAdds(255),
      height: 255,
      width: 255,
      nearestTo: { height: 256, width: 256 },
    });
  });

  it('counts a model of one size at that', async () => {
    const { status, stdout } = await run('count', 'fixed.net');
    expect(status).toBe(0);
    expect(stdout).toContain('one image of 225x192');
    expect(stdout).toContain('Fixed takes: the sizes of its inputs are fixed');
    const { multiplyAdds: counted } = JSON.parse(
      (await run('count', 'fixed.net', '--json')).stdout,
    );
    expect(counted).toBe(multiplyAdds(225, 192));
  });

  it('still prints weights where the inputs have no size in common', async () => {
    const { status, stdout } = await run('count', 'apart.net');
    expect(status).toBe(0);
    expect(stdout).toMatch(/trained weights +64\n/);
    expect(stdout).toContain('the inputs of Apart have no size in common: give them one');
    const json = JSON.parse((await run('count', 'apart.net', '--json', '--by', 'block')).stdout);
    expect(json).toMatchObject({
      ...{ parameters: 64, multiplyAdds: null, memory: null },
      ...{ height: null, width: null, blocks: null },
    });
  });

  it('says nothing of sizes where 256x256 fits', async () => {
    const { stdout } = await run('count', 'quarters.net');
    expect(stdout).not.toContain('nearest');
    const json = JSON.parse((await run('count', 'quarters.net', '--json')).stdout);
    expect(json).not.toHaveProperty('nearestTo');
    expect(json).toMatchObject({ height: 256, width: 256 });
  });
});

describe('netc count at a size that the model does not take', () => {
  it('names that as an error, and prints weights and the figures of the nearest', async () => {
    const { status, stdout, stderr } = await run('count', 'thirds.net', '--size', '250x256');
    expect(status).toBe(1);
    expect(stderr).toContain('error NET0406: Image size does not fit');
    expect(stderr).toContain('H is 250, and Thirds wants a multiple of 3');
    expect(stdout).toMatch(new RegExp(`trained weights +${weights}\n`));
    expect(stdout).toContain('249x255 is the nearest to 250x256 that Thirds takes');
  });

  it('is one object with --json', async () => {
    const { status, stdout } = await run('count', 'thirds.net', '--size', '250x255', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ parameters: weights, height: 249, width: 255, multiplyAdds: multiplyAdds(249, 255) },
      nearestTo: { height: 250, width: 255 },
      diagnostics: [{ code: 'NET0406', severity: 'error', line: 2 }],
    });
  });
});

describe('netc count --time', () => {
  const time = (...args: string[]) =>
    run('count', 'quarters.net', '--size', '32x32', '--engine', 'portable', '--time', ...args);

  it('says what each line takes of a training step, and what the lines add up to', async () => {
    const { status, stdout } = await time('--batch', '2', '--json');
    expect(status).toBe(0);
    const { time: timed } = JSON.parse(stdout);
    expect(timed).toMatchObject({ function: 'train', batch: 2, height: 32, width: 32 });
    const { lines, blocks, loss, optimiser, other, milliseconds } = timed;
    expect(lines.some(({ own }: { own: { backward: number } }) => own.backward > 0)).toBe(true);
    const own = lines.map((line: { own: { forward: number; backward: number } }) => line.own);
    const [forward, backward] = ['forward', 'backward'].map((part) =>
      own.reduce((sum: number, one: Record<string, number>) => sum + one[part]!, 0),
    );
    expect(blocks[0].forward).toBeCloseTo(forward, 6);
    const elsewhere = loss.milliseconds + optimiser.milliseconds + other.milliseconds;
    expect(forward + backward + elsewhere).toBeCloseTo(milliseconds, 6);
  });

  it('prints a prediction by block or by line alone where that is asked', async () => {
    const { status, stdout } = await time('predict', '--by', 'line');
    expect(status).toBe(0);
    expect(stdout).toContain('prediction, one image of 32x32');
    expect(stdout).toMatch(/^line +forward ms/m);
    expect(stdout).not.toMatch(/^block +forward ms/m);
  });
});

describe('netc diff', () => {
  it('compares costs at the nearest size that both networks take', async () => {
    const { status, stdout } = await run('diff', 'thirds.net', 'quarters.net', '--json');
    expect(status).toBe(0);
    // A multiple of 12: 252 and 264 are the next.
    expect(JSON.parse(stdout)).toMatchObject({ height: 252, width: 252 });
  });

  it('names the operation that a size does not fit', async () => {
    const { status, stderr } = await run('diff', 'thirds.net', 'quarters.net', '--size', '252x254');
    expect(status).toBe(1);
    expect(stderr).toContain('W is 254, and Thirds wants a multiple of 3');
    expect(stderr).toContain('W is 254, and Quarters wants a multiple of 4');
  });
});
