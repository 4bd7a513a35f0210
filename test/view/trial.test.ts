import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main, netc } from '../cli/netc.js';
import { executablePath, launch, openPage, pictured } from './browser.js';

let folder = '';
let browser: Browser;
const started: ChildProcess[] = [];

/** A network that sees colours or one channel. */
const small = (channels: number) => `model Small {
  input image: [N, H, W, ${channels}]
  let here = image -> Conv(4) -> relu
  let below = here -> maxPool(2) -> Conv(8) -> BatchNorm -> relu -> upsample(2)
  output mask = (here, below) -> concat -> Conv(1, kernel: 1) -> sigmoid
}
`;
const experiment = (channels: number) => `engine: {kind: portable}
model: {path: small${channels}.net}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
batch: 2
patch: 32
`;

beforeAll(async () => {
  if (!executablePath) return;
  folder = mkdtempSync(join(tmpdir(), 'netc-trial-'));
  for (const n of [1, 3]) writeFileSync(join(folder, `small${n}.net`), small(n));
  writeFileSync(join(folder, 'plain.yaml'), `${experiment(3)}steps: 8\noutput: plain\n`);
  const steps = `preprocess: [{fov: fundus}, {resize: 48}, {gray: green}, {clahe: {}}, {gamma: 1.2}, {standardise: image}]`;
  const scoring = `evaluation: {flips: true, threshold: 0.45, blend: gaussian, postprocess: [fill-holes]}`;
  const prepared = `${experiment(1)}${steps}\n${scoring}\nsteps: 8\noutput: prepared\n`;
  writeFileSync(join(folder, 'prepared.yaml'), prepared);
  writeFileSync(
    join(folder, 'lungs.net'),
    'model Lungs {\n  input  image: [N, H, W, 1]\n  output mask = image -> Conv(3) -> softmax\n}\n',
  );
  const lungs = experiment(1).replace('small1', 'lungs').replace('retina', 'lung');
  const sides = lungs.replace('size: 64', 'size: 64, classes: 2');
  writeFileSync(
    join(folder, 'lungs.yaml'),
    `${sides}steps: 4\nloss: cross-entropy\noutput: lungs\n`,
  );
  for (const name of ['plain', 'prepared', 'lungs']) {
    expect(await netc(['train', `${name}.yaml`], folder)).toMatchObject({ status: 0 });
  }
  await makeImages();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  for (const child of started) child.kill();
  if (folder) rmSync(folder, { recursive: true });
});

/** Noise, as a whole frame and as a photograph of an eye, and images that a page does not take. */
async function makeImages(): Promise<void> {
  const to = (name: string): string => join(folder, name);
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const of = (width: number, height: number, channels: 3 | 4 = 3) =>
    sharp({ create: { width, height, channels, background: 'black', noise } });
  await of(71, 45).png().toFile(to('noise.png'));
  await of(71, 45).withIccProfile('p3').png().toFile(to('profiled.png'));
  await of(71, 45).toColourspace('b-w').png().toFile(to('grey.png'));
  await of(71, 45).toColourspace('rgb16').png().toFile(to('deep.png'));
  await of(71, 45).ensureAlpha(0.5).png().toFile(to('glass.png'));
  await of(71, 45).toColourspace('cmyk').jpeg().toFile(to('inks.jpg'));
  await of(71, 45).tiff().toFile(to('other.png'));
  // Colours that change smoothly: JPEG keeps them, so that turning it the wrong way shows.
  const ramp = Buffer.from(
    '<svg width="71" height="45"><linearGradient id="g"><stop stop-color="#eee"/><stop offset="1" stop-color="#933"/></linearGradient><rect width="71" height="45" fill="url(#g)"/></svg>',
  );
  const flat = await of(71, 45)
    .composite([{ input: ramp }])
    .jpeg({ quality: 95 })
    .toBuffer();
  // EXIF of nothing but the orientation 6: to be turned to the right.
  const exif = Buffer.from(
    'ffe100224578696600004d4d002a000000080001011200030000000100060000',
    'hex',
  );
  const end = Buffer.alloc(4);
  writeFileSync(
    to('turned.jpg'),
    Buffer.concat([flat.subarray(0, 2), exif, end, flat.subarray(2)]),
  );
  const hole = Buffer.from('<svg width="90" height="80"><circle cx="45" cy="40" r="36"/></svg>');
  const eye = of(90, 80)
    .composite([{ input: hole, blend: 'dest-in' }])
    .flatten();
  await eye.jpeg({ quality: 95 }).toFile(to('eye.jpg'));
  const whole = await of(71, 45).png().toBuffer();
  writeFileSync(to('short.png'), whole.subarray(0, 30));
  writeFileSync(to('cut.png'), whole.subarray(0, 3000));
  const large = Buffer.from(whole);
  large.writeUInt32BE(5000, 16);
  large.writeUInt32BE(4000, 20);
  writeFileSync(to('large.png'), large);
}

/** The address at which `netc view` shows runs. */
async function served(...runs: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, 'view', ...runs, '--json'], { cwd: folder });
  started.push(child);
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
  return JSON.parse(said).address;
}

async function opened(...runs: readonly string[]) {
  const { page, heard } = await openPage(browser, await served(...runs), { first: '.try' });
  await page.getByRole('button', { name: /^Try it/ }).click();
  return { page, heard };
}

const give = (page: Page, name: string): Promise<void> =>
  page.locator('.trial input[type="file"]').setInputFiles(join(folder, name));

const said = (page: Page) => page.locator('.trial .said');

/** Where the page's mask is, as bytes of 0 and 255. */
const maskOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('.trial canvas.mask');
    const { width, height } = canvas;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, i) => (data[4 * i + 3] > 0 ? 255 : 0));
  })()`);

/** How many pixels of two masks differ. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length ? a.filter((value, i) => value !== b[i]).length : Number.NaN;

/** Those of the mask that `netc predict` writes. */
async function predicted(run: string, image: string, ...more: string[]) {
  const args = ['predict', run, image, '--out', 'out', '--overwrite', '--json', ...more];
  const { status, stdout, stderr } = await netc(args, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { images } = JSON.parse(stdout);
  const mask = sharp(join(folder, images[0].files.mask)).toColourspace('b-w');
  return [...(await mask.raw().toBuffer())];
}

describe.skipIf(!executablePath)('a run is tried in the page', () => {
  test('the mask is that of netc predict, at other thresholds too', async () => {
    const { page, heard } = await opened('plain');
    await give(page, 'noise.png');
    await expect.poll(() => said(page).textContent()).toMatch(/% foreground, in \d/);
    const words = await said(page).textContent();
    expect(words).toContain('71×45 pixels, in tiles of 32×32, on tfjs 4.22.0, WebAssembly');
    const own = await predicted('plain', 'noise.png');
    expect(apart(await maskOf(page), own)).toBe(0);
    await page.locator('.trial input[type="range"]').fill('0.3');
    await expect.poll(() => said(page).textContent()).not.toBe(words);
    const lower = await predicted('plain', 'noise.png', '--threshold', '0.3');
    expect(apart(await maskOf(page), lower)).toBe(0);
    expect(apart(own, lower)).toBeGreaterThan(0);
    await give(page, 'turned.jpg');
    await expect.poll(() => said(page).textContent()).toContain('45×71 pixels');
    expect(apart(await maskOf(page), await predicted('plain', 'turned.jpg'))).toBe(0);
    await give(page, 'profiled.png');
    await expect.poll(() => said(page).textContent()).toContain('71×45 pixels');
    expect(apart(await maskOf(page), await predicted('plain', 'profiled.png'))).toBe(0);
    // All of it comes from the page's own server.
    const origin = new URL(page.url()).origin;
    expect(heard.filter((one) => !one.startsWith(`request: ${origin}/`))).toEqual([]);
    await pictured(page, 'trial');
    await page.close();
  });

  test('preprocessing, flips and postprocessing are those of the run', async () => {
    const { page } = await opened('prepared');
    await give(page, 'eye.jpg');
    await expect.poll(() => said(page).textContent()).toContain('foreground');
    const words = await said(page).textContent();
    expect(words).toContain('90×80 pixels, resized to 48×48, in tiles of 32×32');
    expect(words).toContain('inside the field of view found in it');
    const own = await predicted('prepared', 'eye.jpg');
    expect(apart(await maskOf(page), own)).toBe(0);
    expect(own.filter((value) => value > 0).length).toBeGreaterThan(0);
    await page.close();
  });

  test('of several classes each has a colour and a name, and no threshold is offered', async () => {
    const { page } = await opened('lungs');
    await give(page, 'grey.png');
    await expect.poll(() => said(page).textContent()).toContain('foreground');
    const own = await predicted('lungs', 'grey.png');
    // Labels are greys in the file.
    const is = (values: readonly number[]) => values.map((value) => (value > 0 ? 255 : 0));
    expect(apart(await maskOf(page), is(own))).toBe(0);
    expect(new Set(own).size).toBe(3);
    const names = await page.locator('.trial .classes li').allTextContents();
    expect(names).toEqual(['right', 'left']);
    expect(await page.locator('.trial input[type="range"]').isVisible()).toBe(false);
    await page.setViewportSize({ width: 800, height: 600 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const { x, width } = (await page.locator('.trial').boundingBox())!;
    expect([x >= 0, x + width <= 800]).toEqual([true, true]);
    await pictured(page, 'trial-classes');
    await page.close();
  });

  test.each([
    ['grey.png', 'no colour photograph, and the run was trained inside fields of view'],
    ['deep.png', 'deep.png has 16 bits a channel, and a page sees 8: use netc predict'],
    ['glass.png', 'glass.png has transparency: save it without, or use netc predict'],
    ['inks.jpg', 'inks.jpg has 4 inks'],
    ['other.png', 'other.png is neither PNG nor JPEG: for other formats use netc predict'],
    ['short.png', 'short.png is damaged: it ends too early'],
    ['large.png', 'large.png has 5000x4000 pixels, more than a page takes'],
    ['cut.png', 'cut.png cannot be read as an image'],
  ])('%s is refused in words, and the next image is taken', async (name, words) => {
    const { page } = await opened('plain');
    await give(page, name);
    const problem = page.locator('.trial .problem');
    await expect.poll(() => problem.textContent()).toContain(words);
    expect(await page.locator('.trial .figure').isVisible()).toBe(false);
    await give(page, 'noise.png');
    await expect.poll(() => said(page).textContent()).toContain('foreground');
    expect(await problem.textContent()).toBe('');
    await page.close();
  });

  test('a run without weights, and a server that has ended, are said', async () => {
    cpSync(join(folder, 'plain'), join(folder, 'untrained'), { recursive: true });
    for (const name of readdirSync(join(folder, 'untrained'), { recursive: true })) {
      if (`${name}`.endsWith('.safetensors')) rmSync(join(folder, 'untrained', `${name}`));
    }
    const { page } = await opened('untrained', 'plain');
    await give(page, 'noise.png');
    const problem = page.locator('.trial .problem');
    await expect.poll(() => problem.textContent()).toContain('train it to its end');
    started.at(-1)!.kill();
    await once(started.at(-1)!, 'exit');
    await page.locator('.trial select').selectOption('plain');
    await expect.poll(() => problem.textContent()).toContain('start netc view again');
    await page.close();
  });

  test('the keyboard opens it, reaches all of it and closes it', async () => {
    const { page } = await openPage(browser, await served('plain'), { first: '.try' });
    await page.getByRole('button', { name: /^Try it/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Try it' }).waitFor();
    await give(page, 'noise.png');
    await page.locator('.trial .figure').waitFor();
    const reached = new Set<string>();
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate<string>('document.activeElement.type'));
    }
    expect([...reached]).toEqual(expect.arrayContaining(['button', 'file', 'range']));
    expect(await page.getByRole('img', { name: /^Mask over the image: .* %/ }).count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('.trial').isVisible()).toBe(false);
    await page.close();
  });

  test('an image that is dropped anywhere is taken', async () => {
    const { page } = await openPage(browser, await served('plain'), { first: '.try' });
    const bytes = readFileSync(join(folder, 'noise.png')).toString('base64');
    await page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${bytes}'), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], '<img src=x onerror=window.bad=1>.png', { type: 'image/png' }));
      document.querySelector('.cm-content').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    })()`);
    await expect.poll(() => said(page).textContent()).toContain('foreground');
    expect(await page.evaluate('window.bad')).toBeUndefined();
    await page.close();
  });

  test('a network without a run cannot be tried, and its page may ask for nothing', async () => {
    const { page } = await openPage(browser, await served('small3.net'));
    expect(await page.getByRole('button', { name: /^Try it/ }).count()).toBe(0);
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    expect(policy).not.toMatch(/wasm|connect-src/);
    await page.close();
  });
});
