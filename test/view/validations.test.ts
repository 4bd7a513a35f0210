import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDataset } from '../../src/runtime/data/dataset.js';
import { applySteps } from '../../src/runtime/data/preprocess/steps.js';
import { overlayOf } from '../../src/runtime/evaluation/overlay.js';
import { noSettings, openExperiment } from '../../src/runtime/experiments/open-experiment.js';
import { netc, root } from '../cli/netc.js';
import { executablePath, launch, openPage, pictured } from './browser.js';
import { served } from './served.js';

const experiment = `model: {path: ${join(root, 'models/unet.net')}}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, validation: 3, test: 1, size: 64}
engine: {kind: portable}
steps: 20
batch: 2
patch: 32
learningRate: 0.01
validation: {every: 8, patches: 2}
output: run
`;

let made = '';
let browser: Browser;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'netc-view-validations-'));
  writeFileSync(join(made, 'x.yaml'), experiment);
  expect(await netc(['train', 'x.yaml'], made)).toMatchObject({ status: 0 });
  if (executablePath) browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(made, { recursive: true });
});

/** A copy of the run, which a test may damage. */
let run = '';
const closing: (() => unknown)[] = [];
beforeEach(() => {
  run = join(mkdtempSync(join(tmpdir(), 'netc-view-validated-')), 'run');
  cpSync(join(made, 'run'), run, { recursive: true });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(join(run, '..'), { recursive: true });
});

async function address(): Promise<string> {
  const { address: at, close } = await served(run);
  closing.push(close);
  return at;
}

const mapAt = (step: number, id = '04'): string =>
  join(run, 'validation', `${step}`.padStart(8, '0'), `${id}.png`);

/** Writes another list of images into the run's manifest. */
function rename(ids: readonly string[]): void {
  const path = join(run, 'data.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const images = manifest.images.map((image: { part: string }) =>
    image.part === 'validation' ? { ...image, id: ids[0] } : image,
  );
  writeFileSync(path, JSON.stringify({ ...manifest, images }));
}

describe('what the server tells of validations', () => {
  test('a validation image at a step by the places it told, and nothing else', async () => {
    const at = await address();
    const { runs } = (await (await fetch(`${at}runs`)).json()) as { runs: { validated: object }[] };
    expect(runs[0]!.validated).toMatchObject({ images: ['04', '05'], steps: [8, 16, 20] });
    const one = await (await fetch(`${at}validation/0/1/16`)).arrayBuffer();
    expect(one.byteLength).toBe(8 + 64 * 64 * 5);
    const bytes = await sharp(mapAt(16, '05')).extractChannel(0).raw().toBuffer();
    const sent = new Uint8Array(one, 8).filter((_, i) => i % 5 === 3);
    expect(Buffer.compare(sent, bytes)).toBe(0);
    for (const name of [
      '0/3/8',
      '1/0/8',
      '0/0',
      '0/0/',
      '0/0/1e1',
      '0/0/..%2f..',
      '0/-1/8',
      '0/04/8/x',
    ]) {
      const { status } = await fetch(`${at}validation/${name}`);
      expect([name, status]).toEqual([name, 404]);
    }
  });

  test('a map that is missing, or damaged, or of another size, is said', async () => {
    const at = await address();
    const told = async (step: number) => {
      const answer = await fetch(`${at}validation/0/0/${step}`);
      return [answer.status, await answer.text()];
    };
    const way = 'only training writes it, so choose another step';
    expect(await told(9)).toEqual([500, `${mapAt(9)} is missing or damaged: ${way}`]);
    writeFileSync(mapAt(8), readFileSync(mapAt(8)).subarray(0, 60));
    expect(await told(8)).toEqual([500, `${mapAt(8)} is missing or damaged: ${way}`]);
    const small = { width: 9, height: 9, channels: 3, background: 'white' } as const;
    await sharp({ create: small }).png().toFile(mapAt(16));
    expect(await told(16)).toEqual([500, `${mapAt(16)} is of another size than its image: ${way}`]);
    expect((await told(20))[0]).toBe(200);
  });

  test('images of other names than the dataset has are not read', async () => {
    rename(['../../curves']);
    const answer = await fetch(`${await address()}validation/0/0/8`);
    expect([answer.status, await answer.text()]).toEqual([
      500,
      `the validation images are not those that ${run} was made with`,
    ]);
  });
});

describe.skipIf(!executablePath)('the validation images of the page', () => {
  const opened = async (): Promise<Page> => {
    const at = await address();
    const { page } = await openPage(browser, at, { first: '.scores tbody tr' });
    closing.push(() => page.close());
    await page.getByText('Images at any threshold').click();
    return page;
  };
  const counts = (page: Page) => page.locator('.threshold .counts').textContent();
  const slider = (page: Page) => page.locator('input[name="step"]');
  const step = (page: Page) => page.locator('input[name="step"] + output').textContent();
  const inSight = (page: Page, n: number) =>
    expect.poll(() => counts(page)).toMatch(new RegExp(`^Step ${n}: F1 `));
  const pixelsOf = (page: Page) =>
    page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector('.threshold canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data).filter((_, i) => i % 4 !== 3);
    })()`);

  /** The overlay of a kept map, as reports draw it. */
  async function overlay(n: number, byte: number, id = '04'): Promise<Uint8Array> {
    const { experiment: own } = openExperiment(join(run, 'experiment.yaml'), noSettings);
    const { validation } = await openDataset(own.data);
    const sample = applySteps(
      own.preprocess,
      await validation.find((one) => one.id === id)!.read(),
    );
    const map = await sharp(mapAt(n, id)).extractChannel(0).raw().toBuffer();
    const found = Float32Array.from(map, (value) => (value >= byte ? 1 : 0));
    return overlayOf(sample, found, 0.5);
  }

  const apart = (a: readonly number[], b: Uint8Array): number =>
    Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

  test('are coloured by the map of each step, which arrows change, at the threshold of the slider', async () => {
    const page = await opened();
    await inSight(page, 20);
    expect(await step(page)).toBe('step 20');
    expect(await page.locator('.mark-point').count()).toBe(0);
    await slider(page).focus();
    const seen: string[] = [];
    for (const n of [16, 8]) {
      await page.keyboard.press('ArrowLeft');
      await inSight(page, n);
      expect(await step(page)).toBe(`step ${n}`);
      expect(await slider(page).getAttribute('aria-valuetext')).toBe(`step ${n}`);
      for (const byte of [128, 120]) {
        await page.locator('input[name="threshold"]').fill(`${byte}`);
        const pixels = await pixelsOf(page);
        // The image's own values are rounded once more on their way.
        expect(apart(pixels, await overlay(n, byte))).toBeLessThanOrEqual(1);
        seen.push(JSON.stringify(pixels));
      }
      await slider(page).focus();
    }
    expect(new Set(seen).size).toBe(4);
    await page.getByRole('combobox', { name: 'Image', exact: true }).selectOption({ label: '05' });
    await inSight(page, 8);
    await expect
      .poll(async () => apart(await pixelsOf(page), await overlay(8, 120, '05')))
      .toBeLessThanOrEqual(1);
    await pictured(page, 'validations');
  });

  test('appear as the run trains: at its end the slider goes on, elsewhere it stays', async () => {
    const [log, last] = [join(run, 'log.jsonl'), join(run, 'validation/00000020')];
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    const before = lines.filter((line) => (JSON.parse(line).validation?.step ?? 0) < 20);
    writeFileSync(log, `${before.join('\n')}\n`);
    const later = join(run, '../later');
    cpSync(last, later, { recursive: true });
    rmSync(last, { recursive: true });
    const page = await opened();
    await inSight(page, 16);
    cpSync(later, last, { recursive: true });
    // Its maps are there, and it is not logged yet: it may not be whole.
    await page.waitForTimeout(4000);
    expect(await step(page)).toBe('step 16');
    appendFileSync(log, `${lines.at(-1)}\n`);
    await expect.poll(() => step(page), { timeout: 9000 }).toBe('step 20');
    await inSight(page, 20);
    await slider(page).fill('0');
    await inSight(page, 8);
    cpSync(later, join(run, 'validation/00000024'), { recursive: true });
    appendFileSync(log, `${lines.at(-1)!.replace('"step":20', '"step":24')}\n`);
    await expect.poll(() => slider(page).getAttribute('max'), { timeout: 9000 }).toBe('3');
    expect(await step(page)).toBe('step 8');
  });

  test('of a damaged map are not shown, and the other steps are', async () => {
    writeFileSync(mapAt(16), 'no picture');
    const page = await opened();
    await inSight(page, 20);
    await slider(page).fill('1');
    await expect.poll(() => counts(page)).toContain(`${mapAt(16)} is missing or damaged`);
    expect(await page.locator('.threshold canvas').isVisible()).toBe(false);
    await slider(page).fill('0');
    await inSight(page, 8);
    expect(await page.locator('.threshold canvas').isVisible()).toBe(true);
  });

  test('with a name that would be markup or a path do nothing', async () => {
    const bad = '<img src=x onerror=window.bad=1>';
    rename([bad]);
    for (const n of [8, 16, 20]) cpSync(mapAt(n), mapAt(n, bad));
    const page = await opened();
    expect(
      await page.getByRole('combobox', { name: 'Image', exact: true }).textContent(),
    ).toContain(bad);
    await expect.poll(() => counts(page)).toContain('are not those that');
    expect(await page.evaluate('window.bad')).toBeUndefined();
  });

  test('are beside the test images of a scored run, and missing where none are kept', async () => {
    expect(await netc(['evaluate', run])).toMatchObject({ status: 0 });
    const page = await opened();
    await expect.poll(() => counts(page)).toMatch(/^F1 /);
    expect(await slider(page).isVisible()).toBe(false);
    await page.getByRole('combobox', { name: 'Images' }).selectOption('validation');
    await inSight(page, 20);
    await expect.poll(() => page.locator('.mark-point').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Images' }).selectOption('test');
    await expect.poll(() => counts(page)).toMatch(/^F1 /);
    expect(await page.locator('.mark-point').count()).toBe(2);
    rmSync(join(run, 'validation'), { recursive: true });
    const options = () =>
      page.getByRole('combobox', { name: 'Images' }).locator('option').allTextContents();
    await expect.poll(options, { timeout: 9000 }).toEqual(['test images']);
  });
});
