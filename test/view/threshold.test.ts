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
data: {kind: synthetic-retina, train: 2, test: 2, size: 64}
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
    'test/0/2',
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
    await page.getByText('Images at any threshold').click();
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

  /** Where the dot of a chart is, in shares of its axes, and how many pixels off the line. */
  const dotOf = async (page: Page, kind: string) => {
    const [x, y, off] = await page.evaluate<readonly [number, number, number]>(`(() => {
      const dot = document.querySelector('.${kind} .mark-point');
      const [x, y] = [dot.getAttribute('cx'), dot.getAttribute('cy')].map(Number);
      const line = document.querySelector('.${kind} .mark-line path');
      const long = line.getTotalLength();
      const off = Array.from({ length: 4001 }, (_, i) => {
        const at = line.getPointAtLength((i / 4000) * long);
        return Math.hypot(at.x - x, at.y - y);
      });
      return [x, y, Math.min(...off)];
    })()`);
    return { x: x / 360, y: 1 - y / 300, off };
  };

  /** The pixels of all test images at a byte of their maps, counted from what the server sends. */
  async function pooled(byte: number) {
    let [tp, fp, fn, tn] = [0, 0, 0, 0];
    for (const n of [0, 1]) {
      const answer = await fetch(`${server.address}test/0/${n}`);
      const pixels = new Uint8Array(await answer.arrayBuffer(), 8);
      for (let i = 0; i < pixels.length; i += 5) {
        const [found, truth] = [pixels[i + 3]! >= byte, pixels[i + 4]!];
        if (truth === 1) found ? tp++ : fn++;
        else if (truth === 0) found ? fp++ : tn++;
      }
    }
    return { tp, fp, fn, tn };
  }

  test('recolours the image and moves the dots on both curves to where all test images are', async () => {
    const page = await opened();
    const slider = page.locator('input[name="threshold"]');
    const seen: string[] = [];
    for (const byte of [110, 128, 140]) {
      await slider.fill(`${byte}`);
      seen.push((await counts(page))!);
      const { tp, fp, fn, tn } = await pooled(byte);
      const [roc, pr] = [await dotOf(page, 'roc'), await dotOf(page, 'pr')];
      expect(roc.x).toBeCloseTo(fp / (fp + tn), 3);
      expect(roc.y).toBeCloseTo(tp / (tp + fn), 3);
      expect(pr.x).toBeCloseTo(tp / (tp + fn), 3);
      expect(pr.y).toBeCloseTo(tp / (tp + fp), 3);
      // The chart's own numbers are rounded.
      expect(Math.max(roc.off, pr.off)).toBeLessThan(1);
    }
    expect(new Set(seen).size).toBe(3);
    // Another image has figures of its own, and the dots are where they were.
    const before = await dotOf(page, 'roc');
    await page.getByRole('combobox', { name: 'Image', exact: true }).selectOption('1');
    await expect.poll(() => counts(page)).not.toBe(seen[2]);
    expect(await dotOf(page, 'roc')).toEqual(before);
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('input[name="threshold"] + output').textContent()).toBe('0.551');
    await page.getByText('Images at any threshold').click();
    await expect.poll(() => page.locator('.mark-point').count()).toBe(0);
  });
});
