import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { netc, root } from '../cli/netc.js';
import { executablePath, launch, openPage, pictured } from './browser.js';
import { served } from './served.js';

const experiment = `model: {path: ${join(root, 'models/unet.net')}}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
engine: {kind: portable}
steps: 20
batch: 2
patch: 32
output: run
`;

let folder = '';
let browser: Browser;
let server: Awaited<ReturnType<typeof served>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netc-view-threshold-'));
  writeFileSync(join(folder, 'x.yaml'), experiment);
  expect(await netc(['train', 'x.yaml'], folder)).toMatchObject({ status: 0 });
  expect(await netc(['evaluate', 'run'], folder)).toMatchObject({ status: 0 });
  server = await served(join(folder, 'run'));
  if (executablePath) browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

const scores = () => JSON.parse(readFileSync(join(folder, 'run/metrics.json'), 'utf8'));
const image = async () => fetch(`${server.address}test/0/0`);

test('the server gives a test image by the places it told, and nothing else', async () => {
  const bytes = await (await image()).arrayBuffer();
  expect(bytes.byteLength).toBe(8 + 64 * 64 * 5);
  for (const name of [
    'test/0/1',
    'test/1/0',
    'test/0/',
    'test/0/0/',
    'test/0/..%2f',
    'test/-1/0',
  ]) {
    expect([name, (await fetch(server.address + name)).status]).toEqual([name, 404]);
  }
});

test('a map that is missing is said, and so is a name in the scores that the images do not have', async () => {
  const { perImage } = scores();
  const map = join(folder, 'run/predictions', `${perImage[0].id}.png`);
  const kept = readFileSync(map);
  rmSync(map);
  const missing = await image();
  expect([missing.status, await missing.text()]).toEqual([
    500,
    `${map} is missing or damaged: \`netc evaluate ${join(folder, 'run')}\` writes it`,
  ]);
  writeFileSync(map, kept);
  const path = join(folder, 'run/metrics.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, JSON.stringify({ ...scores(), perImage: [{ id: '../curves' }] }));
  const unknown = await image();
  writeFileSync(path, text);
  expect(await unknown.text()).toBe(`../curves is no test image of ${join(folder, 'run')}`);
});

describe.skipIf(!executablePath)('the threshold of the page', () => {
  const opened = async (): Promise<Page> => {
    const { page } = await openPage(browser, server.address, { first: '.scores tbody tr' });
    await page.getByText('A test image at any threshold').click();
    await page.locator('.threshold canvas').waitFor();
    return page;
  };
  const counts = (page: Page) => page.locator('.threshold .counts').textContent();

  test('begins with the scores and the overlay that the run has', async () => {
    const page = await opened();
    const { f1, se, sp, precision, id } = scores().perImage[0];
    const shown = [f1, se, sp, precision].map((value: number) => value.toFixed(4));
    expect(await counts(page)).toContain(
      `F1 ${shown[0]}, SE ${shown[1]}, SP ${shown[2]}, precision ${shown[3]}`,
    );
    const pixels = await page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector('.threshold canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data).filter((_, i) => i % 4 !== 3);
    })()`);
    const overlay = sharp(join(folder, 'run/predictions', `${id}-overlay.png`));
    const written = [...(await overlay.raw().toBuffer())];
    // The image's own values are rounded once more on their way.
    const apart = written.map((value, i) => Math.abs(value - pixels[i]!));
    expect(pixels).toHaveLength(64 * 64 * 3);
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    await pictured(page, 'threshold');
  });

  test('recolours the image and moves the dots beside both curves to where its counts are', async () => {
    const page = await opened();
    const slider = page.locator('input[name="threshold"]');
    const dot = (kind: string) =>
      page.locator(`.${kind} .mark-point`).evaluate((one) => ({
        x: Number(one.getAttribute('cx')) / 360,
        y: 1 - Number(one.getAttribute('cy')) / 300,
      }));
    const seen: string[] = [];
    for (const byte of [110, 128, 140]) {
      await slider.fill(`${byte}`);
      const text = (await counts(page))!;
      expect(text).toMatch(/SP [\d.]+, /);
      seen.push(text);
      const [tp, fp, fn] = [...text.matchAll(/[TF][PN] (\d+)/g)].map(([, n]) => Number(n));
      const sp = Number(/SP ([\d.]+)/.exec(text)![1]);
      const roc = await dot('roc');
      expect(roc.y).toBeCloseTo(tp! / (tp! + fn!), 2);
      expect(roc.x).toBeCloseTo(1 - sp, 2);
      const pr = await dot('pr');
      expect(pr.x).toBeCloseTo(tp! / (tp! + fn!), 2);
      expect(pr.y).toBeCloseTo(tp! / (tp! + fp!), 2);
    }
    expect(new Set(seen).size).toBe(3);
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.threshold output').textContent()).toBe('0.551');
  });
});
