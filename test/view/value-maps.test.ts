import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scale, stepOf } from '../../src/view/trial/colour-scale.js';
import { netc } from '../cli/netc.js';
import { executablePath, launch, openPage, pictured } from './browser.js';
import { referenceMap } from './reference-map.js';
import { served } from './served.js';

let folder = '';
let browser: Browser;
const closing: (() => unknown)[] = [];

/** With a name that JavaScript has a meaning for, one that is made hostile on its way, and values that are no maps. */
const hostile = '<img src=x onerror=window.bad=1>';
const plain = 'a'.repeat(hostile.length);
const gated = (channels: number) => `block Gate (skip, up) {
  let alpha = (skip + up) -> relu -> Conv(1, kernel: 1) -> BatchNorm -> sigmoid
  skip * alpha
}
model Gated {
  input image: [N, H, W, ${channels}]
  let constructor = image -> Conv(4) -> relu
  let squeezed = constructor -> globalAverage
  let ${plain} = constructor * squeezed
  let deep = repeat 2 with state = ${plain} -> maxPool(2) -> Conv(4) {
    let grown = state -> Conv(4) -> relu
    state + grown
  }
  let passed = (constructor, deep -> upsample(2)) -> Gate as gate
  output mask = (passed, deep -> upsample(2)) -> concat -> Conv(1, kernel: 1) -> sigmoid
}
`;
const experiment = (channels: number) => `engine: {kind: portable}
model: {path: gated${channels}.net}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
batch: 2
patch: 32
steps: 6
`;

beforeAll(async () => {
  if (!executablePath) return;
  folder = mkdtempSync(join(tmpdir(), 'netc-value-maps-'));
  for (const n of [1, 3]) writeFileSync(join(folder, `gated${n}.net`), gated(n));
  writeFileSync(join(folder, 'plain.yaml'), `${experiment(3)}output: plain\n`);
  const steps = 'preprocess: [{fov: fundus}, {resize: 48}, {gray: green}, {standardise: image}]';
  const scoring = 'evaluation: {flips: true, threshold: 0.45, blend: gaussian}';
  const prepared = `${experiment(1)}${steps}\n${scoring}\noutput: prepared\n`;
  writeFileSync(join(folder, 'prepared.yaml'), prepared);
  for (const name of ['plain', 'prepared']) {
    expect(await netc(['train', `${name}.yaml`], folder)).toMatchObject({ status: 0 });
  }
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const image = sharp({
    create: { width: 71, height: 45, channels: 3, background: 'black', noise },
  });
  await image.png().toFile(join(folder, 'noise.png'));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  for (const close of closing) await close();
  if (folder) rmSync(folder, { recursive: true });
});

/** The page with an image given to a run, once it is answered. */
async function tried(run: string, change: (page: Page) => Promise<unknown> = async () => {}) {
  const { address, close } = await served(join(folder, run));
  closing.push(close);
  const { page, heard } = await openPage(browser, address, { first: '.try' });
  await change(page);
  await page.getByRole('button', { name: /^Try it/ }).click();
  await page.locator('.trial input[type="file"]').setInputFiles(join(folder, 'noise.png'));
  await page.locator('.trial .figure').waitFor();
  return { page, heard };
}

const show = (page: Page) => page.getByRole('combobox', { name: 'Show', exact: true });
const words = (page: Page) => page.locator('.trial .map-said');
const problem = (page: Page) => page.locator('.trial .problem');

/** The option whose text begins with a name, chosen and shown. */
async function choose(page: Page, name: string): Promise<void> {
  const options = await show(page).locator('option').allTextContents();
  await show(page).selectOption({
    index: options.findIndex((text) => text.startsWith(`${name} `)),
  });
  await expect.poll(() => words(page).textContent()).toContain(name);
}

interface Shown {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel. */
  readonly bytes: readonly number[];
}

const shown = (page: Page): Promise<Shown> =>
  page.evaluate<Shown>(`(() => {
    const canvas = document.querySelector('.trial canvas.heat');
    const { width, height } = canvas;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    return { width, height, bytes: [...context.getImageData(0, 0, width, height).data] };
  })()`);

/** Holds what the page shows against a map of float64: its range in numbers, its colours to a step of the scale. */
async function expectShown(page: Page, run: string, name: string, channel: number | null) {
  const { width, height, data } = await referenceMap(
    join(folder, run),
    join(folder, 'noise.png'),
    name,
    channel,
  );
  const [least, greatest] = [Math.min(...data), Math.max(...data)];
  expect(greatest).toBeGreaterThan(least);
  const ends = (await page.locator('.trial .scale span').allTextContents()).map(Number);
  expect(Math.abs(ends[0]! - least)).toBeLessThan(1e-4 * Math.max(1, Math.abs(least)));
  expect(Math.abs(ends[2]! - greatest)).toBeLessThan(1e-4 * Math.max(1, Math.abs(greatest)));
  const canvas = await shown(page);
  expect([canvas.width, canvas.height]).toEqual([71, 45]);
  let wrong = 0;
  for (let y = 0; y < 45; y++) {
    for (let x = 0; x < 71; x++) {
      // The nearest of what the network saw.
      const row = Math.floor(((2 * y + 1) * height) / 90);
      const column = Math.floor(((2 * x + 1) * width) / 142);
      const step = stepOf(data[row * width + column]!, least, greatest);
      const colour = canvas.bytes.slice(4 * (y * 71 + x), 4 * (y * 71 + x) + 3);
      const fits = [step - 1, step, step + 1].some((each) =>
        colour.every((byte, c) => scale[3 * each + c] === byte),
      );
      if (!fits) wrong++;
    }
  }
  expect(wrong).toBe(0);
  return { width, data };
}

describe.skipIf(!executablePath)('values of a network over an image', () => {
  test('attention coefficients are the first of them; what is chosen is what the reference computes', async () => {
    const { page, heard } = await tried('plain');
    const groups = await page.evaluate(
      `Array.from(document.querySelectorAll('.trial optgroup'), ({ label, children }) => [
        label,
        ...Array.from(children, ({ textContent }) => textContent),
      ])`,
    );
    expect(groups).toEqual([
      ['Attention coefficients', 'gate/alpha [N, H, W, 1]'],
      [
        'Other named values',
        'constructor [N, H, W, 4]',
        `${plain} [N, H, W, 4]`,
        'state[0]/state [N, H/2, W/2, 4]',
        'state[0]/grown [N, H/2, W/2, 4]',
        'state[1]/state [N, H/2, W/2, 4]',
        'state[1]/grown [N, H/2, W/2, 4]',
        'deep [N, H/2, W/2, 4]',
        'gate [N, H, W, 4]',
        'passed [N, H, W, 4]',
        'output mask [N, H, W, 1]',
      ],
    ]);
    expect(await page.locator('.trial .values').textContent()).toContain(
      '1 named value is no map of the image, for want of height and width, and cannot be shown',
    );
    await choose(page, 'gate/alpha');
    await expectShown(page, 'plain', 'gate/alpha', 0);
    expect(await page.locator('.trial .threshold').count()).toBe(0);
    await choose(page, 'constructor');
    await expectShown(page, 'plain', 'constructor', null);
    expect(await words(page).textContent()).toContain(
      'constructor, the mean of the absolute values of its 4 channels: from ',
    );
    await page.locator('.trial .beside select').selectOption('2');
    await expect.poll(() => words(page).textContent()).toContain('channel 2 of 0 to 3');
    await expectShown(page, 'plain', 'constructor', 2);
    await choose(page, 'state[1]/grown');
    expect(await words(page).textContent()).toContain(
      '16×16 values for a tile of 32×32 pixels; each pixel has the nearest, averaged where tiles overlap',
    );
    await expectShown(page, 'plain', 'state[1]/grown', null);
    await pictured(page, 'value-map');
    await show(page).selectOption('mask');
    expect(await page.locator('.trial canvas.heat').isVisible()).toBe(false);
    expect(await page.locator('.trial canvas.mask').isVisible()).toBe(true);
    expect(await problem(page).textContent()).toBe('');
    const origin = new URL(page.url()).origin;
    expect(heard.filter((one) => !one.startsWith(`request: ${origin}/`))).toEqual([]);
    await page.close();
  });

  test('preprocessing is that of the run, and flips are said to be left out', async () => {
    const { page } = await tried('prepared');
    await choose(page, 'gate/alpha');
    await expectShown(page, 'prepared', 'gate/alpha', 0);
    await choose(page, 'deep');
    await expectShown(page, 'prepared', 'deep', null);
    const said = await words(page).textContent();
    expect(said).toContain('of the image as it is, where the prediction is an average over flips');
    expect(said).toContain('of the whole frame, outside the field of view too');
    await page.close();
  });

  test('the keyboard chooses a value, its opacity and a place whose number is told', async () => {
    const { page } = await tried('plain');
    await show(page).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => words(page).textContent()).toContain('gate/alpha: from ');
    const { width, data } = await expectShown(page, 'plain', 'gate/alpha', 0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    const heat = page.getByRole('img', { name: /^Map over the image: gate\/alpha: from/ });
    expect(await heat.getAttribute('style')).toBe('opacity: 0;');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('heat');
    const told = page.locator('.trial .values output');
    expect(await told.textContent()).toBe('');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    const [value, x, y] = (await told.textContent())!.split(/ at |, /).map(Number);
    expect([x, y]).toEqual([36, 12]);
    expect(value).toBeCloseTo(data[12 * width + 36]!, 4);
    // The pointer is on the first pixel.
    const { x: left, y: top } = (await heat.boundingBox())!;
    await page.mouse.move(left + 1, top + 1);
    await expect.poll(() => told.textContent()).toMatch(/ at 0, 0$/);
    expect(Number((await told.textContent())!.split(' ')[0])).toBeCloseTo(data[0]!, 4);
    await page.close();
  });

  test('the next image is shown by the same value, and the mask at another threshold after it', async () => {
    const { page } = await tried('plain');
    await choose(page, 'gate/alpha');
    await page.locator('.trial input[type="file"]').setInputFiles([]);
    await page.locator('.trial input[type="file"]').setInputFiles(join(folder, 'noise.png'));
    await expect.poll(() => words(page).textContent()).toContain('gate/alpha');
    await expectShown(page, 'plain', 'gate/alpha', 0);
    // Of several that are chosen at once the last is shown, whatever is computed.
    for (const value of ['2', '4', '1']) await show(page).selectOption(value);
    await expect.poll(() => words(page).textContent()).toContain(`${plain}, the mean`);
    await expectShown(page, 'plain', plain, null);
    await show(page).selectOption('mask');
    const first = await page.locator('.trial .said').textContent();
    await page.locator('.trial input[type="range"]').fill('0.3');
    await expect.poll(() => page.locator('.trial .said').textContent()).not.toBe(first);
    // An image that comes while a mask is computed is answered as any other.
    await page.locator('.trial input[type="range"]').fill('0.6');
    await page.locator('.trial input[type="file"]').setInputFiles([]);
    await page.locator('.trial input[type="file"]').setInputFiles(join(folder, 'noise.png'));
    await expect
      .poll(() => page.locator('.trial .said').textContent())
      .toContain(first!.split(',')[0]);
    expect(await problem(page).textContent()).toBe('');
    await choose(page, 'gate/alpha');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Try it/ }).click();
    await page.locator('.trial input[type="file"]').setInputFiles(join(folder, 'noise.png'));
    await page.locator('.trial .figure').waitFor();
    expect(await show(page).inputValue()).toBe('mask');
    expect(await page.locator('.trial canvas.heat').isVisible()).toBe(false);
    await page.close();
  });

  test('a name is text and nothing else', async () => {
    const { page } = await tried('plain', (own) =>
      own.route(/\/run-0$/, async (route) => {
        const body = await (await route.fetch()).body();
        const text = body.toString('latin1').replaceAll(plain, hostile);
        await route.fulfill({ body: Buffer.from(text, 'latin1') });
      }),
    );
    await choose(page, hostile);
    expect(await problem(page).textContent()).toBe('');
    expect(await page.evaluate('window.bad')).toBeUndefined();
    expect(await page.locator('.trial img').count()).toBe(0);
    await page.close();
  });
});

test('the colour scale is read by its lightness alone', () => {
  const light = Array.from({ length: scale.length / 3 }, (_, i) => {
    const [r, g, b] = [...scale.slice(3 * i, 3 * i + 3)].map((byte) => (byte / 255) ** 2.2);
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  });
  for (let i = 1; i < light.length; i++) expect(light[i]! - light[i - 1]!).toBeGreaterThan(-0.002);
  expect(light.at(-1)! - light[0]!).toBeGreaterThan(0.7);
  // Blue against yellow: told apart where red and green are not.
  expect([scale[2]! > scale[0]!, scale.at(-1)! < scale.at(-3)!]).toEqual([true, true]);
});
