import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { netc } from '../cli/netc.js';
import {
  boxAt,
  executablePath,
  launch,
  type Opened,
  openPage,
  pathsIn,
  pictured,
  write,
} from './browser.js';

let folder = '';
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netc-view-'));
  if (executablePath) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The page of some files, in a folder of its own. */
async function pageOf(name: string, files: readonly string[]): Promise<string> {
  const out = join(folder, name);
  expect(await netc(['view', ...files, '--static', '--out', out])).toMatchObject({ status: 0 });
  return out;
}

async function opened(
  name: string,
  files: readonly string[],
  options: Parameters<typeof openPage>[2] = {},
): Promise<Opened> {
  return openPage(browser, await pageOf(name, files), options);
}

const small = `block Pair(channels) (x) { x -> Conv(channels) -> relu }
model Small(base = 8) {
  input image: [N, H, W, 3]
  let here = image -> Pair(base)
  let up = here -> maxPool(2) -> Pair(base * 2) as below -> upsample(2)
  output mask = (here, up) -> concat -> Conv(1, kernel: 1) -> sigmoid
}
`;

const rest = 'data: {kind: synthetic-retina}\nsteps: 1\nbatch: 1\npatch: 32\noutput: run\n';

/** The page hears its workers 600 ms late. */
const delayAnswers = `
const { addEventListener } = Worker.prototype;
Worker.prototype.addEventListener = function (kind, listener) {
  addEventListener.call(this, kind, (event) => setTimeout(listener, 600, event));
};`;

function smallFile(name = 'small.net', text = small): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the page is one file of less than 1.5 MB compressed, which names no other', async () => {
  const html = readFileSync(join(await pageOf('size', []), 'index.html'));
  expect(gzipSync(html).length).toBeLessThan(1.5e6);
  expect(html.toString()).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/);
});

describe.skipIf(!executablePath)('the page', () => {
  test('draws R2AU-Net as a U, says what it costs, and asks nobody for anything', async () => {
    const { page, heard } = await opened('r2au', ['models/r2au.net']);
    expect(await pathsIn(page)).toContain('UShape/below/below/below/below/Unit');
    await expect
      .poll(() => page.locator('.costs').textContent())
      .toMatch(/^R2AUNet: 39,442,925 parameters, 154 G multiply-adds at 256×256, activations/);
    expect(heard).toEqual([]);
    await pictured(page, 'r2au');
    await page.close();
  });

  test('what is typed is drawn; what is wrong is shown, and its suggestion can be taken', async () => {
    const { page, heard } = await opened('typed', [smallFile()]);
    await write(page, small.replace('-> sigmoid', '-> relu -> sigmoid'));
    await expect.poll(() => pathsIn(page)).toContain('relu');
    await write(page, small.replace('x -> Conv(', 'x -> Convv('));
    await page.locator('.drawing.stale').waitFor();
    expect(await page.locator('.problem').textContent()).toContain('NET0101');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.locator('.cm-lintRange-error').first().hover();
    await page.getByRole('button', { name: 'did you mean Conv?' }).click();
    await page.locator('.drawing:not(.stale)').waitFor();
    await expect.poll(() => page.locator('.cm-content').textContent()).toContain('x -> Conv(');
    expect(await page.locator('.problem').textContent()).toBe('');
    expect(heard).toEqual([]);
    await page.close();
  });

  test('a name in the text tells its kind and what it is in the model', async () => {
    const { page } = await opened('hover', [smallFile()]);
    await page.locator('.word-class', { hasText: 'Pair' }).nth(1).hover();
    const hover = page.locator('.cm-tooltip .hover');
    await hover.waitFor();
    const text = await hover.textContent();
    expect(text).toContain('block Pair(channels) (x)');
    expect(text).toContain('[N, H, W, 8]');
    await page.close();
  });

  test('blocks unfold and fold in place, by their knob and by the keyboard', async () => {
    const { page } = await opened('fold', ['models/unet.net']);
    const inside = () =>
      pathsIn(page).then((paths) => paths.filter((path) => path.startsWith('UShape/Unit/')));
    expect(await inside()).toEqual([]);
    await boxAt(page, 'UShape/Unit').locator('.knob').click();
    await expect.poll(inside).toEqual(['UShape/Unit/ConvUnit', 'UShape/Unit/ConvUnit.2']);
    expect(await pathsIn(page)).toContain('UShape/below/Unit');
    await page.locator('.drawing').focus();
    await page.keyboard.press('Space');
    await expect.poll(inside).toEqual([]);
    await page.getByRole('button', { name: 'Fold all blocks', exact: true }).click();
    await expect.poll(() => pathsIn(page)).toEqual(['image', 'UShape', 'Conv', 'sigmoid', 'mask']);
    await page.getByRole('button', { name: 'Unfold all blocks' }).click();
    await expect.poll(() => pathsIn(page)).toContain('UShape/below/Unit/ConvUnit/relu');
    await page.close();
  });

  test('a box tells its shape, parameters, multiply-adds, activations and line; a click goes there', async () => {
    const { page } = await opened('box', ['models/unet.net']);
    await boxAt(page, 'UShape/below/Unit').hover();
    const tip = page.locator('.tip:not([hidden])');
    await tip.waitFor();
    // Eight operations give 128x128x128 numbers each: twice a convolution, its bias, a norm and ReLU.
    const words = await tip.locator('dt, dd').allTextContents();
    expect(words).toEqual([
      ...['gives', '[N, H/2, W/2, 128]', 'parameters', '221,952', 'multiply-adds', '3.62 G'],
      ...['activations', '67.1 MB', 'line', 'lib/shapes.net:8'],
    ]);
    await pictured(page, 'box');
    await boxAt(page, 'UShape/below/Unit').click({ position: { x: 8, y: 12 } });
    await expect
      .poll(() => page.locator('header select').first().inputValue())
      .toBe('lib/shapes.net');
    expect(await page.locator('.cm-activeLine').textContent()).toContain('x -> Unit(channels)');
    await page.close();
  });

  test('the box of the line with the cursor is marked', async () => {
    const { page } = await opened('cursor', [smallFile()]);
    await page
      .locator('.cm-line', { hasText: 'output mask' })
      .locator('.word-function', { hasText: 'sigmoid' })
      .click();
    await expect
      .poll(() => page.locator('.drawing g.current > title').allTextContents())
      .toEqual(['sigmoid']);
    await page.close();
  });

  test('sliders change configuration and size, with the cost', async () => {
    const { page } = await opened('slider', [smallFile()]);
    const costs = () => page.locator('.costs').textContent();
    await page.locator('input[name="base"]').fill('16');
    await expect.poll(costs).toContain('5,137 parameters');
    await page.locator('input[name="image size"]').fill('512');
    await expect.poll(costs).toContain('at 512×512');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(costs).toMatch(/1,417 parameters.* at 256×256/);
    await page.close();
  });

  test('two networks stand beside each other with what differs marked', async () => {
    const { page, heard } = await opened('compare', ['models/unet.net', 'models/r2au.net']);
    await page.locator('.drawing').nth(1).locator('g.leaf').first().waitFor();
    const marked = (side: number) =>
      page.locator('.drawing').nth(side).locator('g.changed > title').allTextContents();
    await expect.poll(() => marked(0)).toContain('UShape/Skip');
    await expect.poll(() => marked(1)).toContain('UShape/below/Unit');
    expect(await marked(0)).not.toContain('UShape/maxPool');
    expect(await page.locator('.costs').textContent()).toMatch(/^UNet: .*\nR2AUNet: /);
    await page.getByText('What differs').click();
    await expect
      .poll(() => page.locator('.foot pre').textContent())
      .toContain('Skip: concat -> AttentionGate(Norm: BatchNorm)');
    expect(heard).toEqual([]);
    await pictured(page, 'compare');
    await page.close();
  });

  test('what has no model, or an error in the network beside, is said', async () => {
    const library = await opened('library', ['models/lib/units.net'], {
      first: '.problem:not(:empty)',
    });
    expect(await library.page.locator('.problem').textContent()).toMatch(/units\.net: NET\d{4}: /);
    expect(library.heard).toEqual([]);
    const wrong = small.replace('relu }', 'rellu }').replace('Small', 'Wrong');
    const files = [smallFile(), smallFile('wrong.net', wrong)];
    const { page, heard } = await opened('wrong', files);
    await expect.poll(() => page.locator('.problem').textContent()).toContain('wrong.net: NET0101');
    expect(await page.locator('.drawing').count()).toBe(1);
    expect(heard).toEqual([]);
    await library.page.close();
    await page.close();
  });

  test('networks that take no image of one size are drawn, and said not to be compared', async () => {
    const halving = (name: string, before: string) =>
      `model ${name} {\n  input image: [N, H, W, 3]\n  output mask = image ${before} -> maxPool(2) -> sigmoid\n}\n`;
    const valid = '-> Conv(1, kernel: 2, padding: "valid")';
    const files = [
      smallFile('even.net', halving('Even', '')),
      smallFile('odd.net', halving('Odd', valid)),
    ];
    const { page, heard } = await opened('apart', files);
    await page.locator('.drawing').nth(1).locator('g.leaf').first().waitFor();
    await expect.poll(() => page.locator('.foot pre').textContent()).toContain('taken by both');
    expect(heard).toEqual([]);
    await page.close();
  });

  test.each([
    ['SVG', /^<svg .*width="85mm"/],
    ['PDF', /^%PDF-1\.4/],
    ['PNG', /^.PNG/],
  ])('saves %s of the width that is asked for', async (name, begins) => {
    const { page, heard } = await opened(`save-${name}`, ['models/unet.net']);
    await page.locator('header input[type="number"]').fill('85');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save as ${name}` }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe(`UNet.${name.toLowerCase()}`);
    expect(readFileSync(await saved.path(), 'latin1')).toMatch(begins);
    expect(heard).toEqual([]);
    await page.close();
  });

  test('a width that is too small is said, not drawn', async () => {
    const { page } = await opened('narrow', ['models/unet.net']);
    await page.locator('header input[type="number"]').fill('30');
    await page.getByRole('button', { name: 'Save as SVG' }).click();
    const said = () => page.locator('.saved').textContent();
    await expect.poll(said).toMatch(/under 6 points: .* mm, or folded blocks$/);
    await page.close();
  });

  test('what is saved while there are errors is said to be of before, and they stay in sight', async () => {
    const { page } = await opened('save-wrong', [smallFile()]);
    await write(page, small.replace('x -> Conv(', 'x -> Convv('));
    await page.locator('.drawing.stale').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SVG' }).click();
    await download;
    expect(await page.locator('.problem').textContent()).toContain('NET0101');
    const said = () => page.locator('.saved').textContent();
    await expect.poll(said).toBe('Saved as it was before the errors.');
    await write(page, small);
    await expect.poll(said).toBe('');
    await page.close();
  });

  test('a file with other ends of lines has its errors at their places', async () => {
    const text = small.replace('x -> Conv(', 'x -> Convv(').replaceAll('\n', '\r\n');
    const first = '.cm-lintRange-error';
    const { page } = await opened('crlf', [smallFile('crlf.net', text)], { first });
    expect(await page.locator(first).allTextContents()).toEqual(['Convv']);
    await page.locator(first).hover();
    await page.getByRole('button', { name: 'did you mean Conv?' }).click();
    await page.locator('.drawing g.leaf').first().waitFor();
    const lines = await page.locator('.cm-line').allTextContents();
    expect(lines.slice(0, -1)).toEqual(small.trimEnd().split('\n'));
    await page.close();
  });

  test('each experiment is a model to choose, with the parameters it sets', async () => {
    smallFile('sets.net');
    const files = [2, 4, 16].map((base) =>
      smallFile(
        `base-${base}.yaml`,
        `model: {path: sets.net}\nparameters: {base: ${base}}\n${rest}`,
      ),
    );
    const { page } = await opened('sets', files);
    const costs = () => page.locator('.costs').textContent();
    const model = page.locator('header select').nth(1);
    const titles = [2, 4, 16].map((base) => `Small (sets.net; base: ${base})`);
    expect(await model.locator('option').allTextContents()).toEqual(titles);
    await model.selectOption(titles[2]!);
    await expect.poll(costs).toContain('5,137 parameters');
    await page.locator('input[name="base"]').fill('8');
    await expect.poll(costs).toContain('1,417 parameters');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(costs).toContain('5,137 parameters');
    expect(await model.locator('option:checked').textContent()).toBe(titles[2]);
    await page.close();
  });

  test('an answer of before does not take back what was chosen since', async () => {
    const delayed: Pick<Browser, 'newPage'> = {
      newPage: async (options) => {
        const page = await browser.newPage(options);
        await page.addInitScript(delayAnswers);
        return page;
      },
    };
    const { page } = await openPage(delayed, await pageOf('late', [smallFile()]));
    const slider = page.locator('input[name="base"]');
    await slider.focus();
    await slider.fill('9');
    // It is asked for by then, and answered after the next one.
    await page.waitForTimeout(650);
    await slider.fill('16');
    const costs = () => page.locator('.costs').textContent();
    await expect.poll(costs, { timeout: 9000 }).toContain('5,137 parameters');
    expect(await slider.inputValue()).toBe('16');
    await page.close();
  });

  test('a slider reaches twice what the text has by now', async () => {
    const { page } = await opened('reach', [smallFile()]);
    const slider = page.locator('input[name="base"]');
    expect(await slider.getAttribute('max')).toBe('16');
    await write(page, small.replace('base = 8', 'base = 12'));
    await expect.poll(() => slider.inputValue()).toBe('12');
    expect(await slider.getAttribute('max')).toBe('24');
    await page.close();
  });

  test('an outline lists the boxes, and leads to their lines', async () => {
    const { page } = await opened('outline', [smallFile()]);
    await page.locator('.outline > summary').click();
    const entries = await page.locator('.outline .entry').allTextContents();
    expect(entries[0]).toBe('input image gives [N, H, W, 3]');
    expect(entries).toContain('Pair(channels: 8) gives [N, H, W, 8]');
    await page.getByRole('button', { name: /^sigmoid gives/ }).click();
    expect(await page.locator('.cm-activeLine').textContent()).toContain('output mask');
    await page.close();
  });

  test.each([1280, 800])('at %i pixels all is in reach, in the dark too', async (width) => {
    const { page } = await opened(`at-${width}`, ['models/r2au.net'], {
      viewport: { width, height: 900 },
      colorScheme: 'dark',
    });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
    for (const name of ['.cm-editor', '.drawing', '.controls', '.costs']) {
      const { width, height } = (await page.locator(name).first().boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThan(18);
    }
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(21, 25, 30)',
    );
    await pictured(page, `dark-${width}`);
    await page.close();
  });

  test('every control is reached by Tab', async () => {
    const { page } = await opened('tab', [smallFile()]);
    const names = new Set<string>();
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      names.add(
        await page.evaluate<string>(`(() => {
        const { activeElement: at } = document;
        return at.getAttribute('aria-label') ?? at.name ?? at.textContent;
      })()`),
      );
    }
    for (const name of [
      'Save as PDF',
      'Unfold all blocks',
      'Source',
      'Drawing of the network',
      'base',
      'image size',
    ]) {
      expect([...names]).toContain(name);
    }
    await page.close();
  });

  test('names that would be markup do nothing', async () => {
    const bad = '<img src=x onerror=window.bad=1>';
    const text = small.replace(
      'block Pair',
      `/// ${bad}</script><script>window.bad=1</script>\nblock Pair`,
    );
    const { page, heard } = await opened('hostile', [
      smallFile(`${bad.replaceAll('/', '')}.net`, text),
    ]);
    await page.locator('.word-class', { hasText: 'Pair' }).nth(1).hover();
    await page.locator('.cm-tooltip .hover').waitFor();
    await boxAt(page, 'Pair').hover();
    await page.locator('.tip:not([hidden])').waitFor();
    await write(page, `${text}\nmodel ${bad} {`);
    await page.locator('.drawing.stale').waitFor();
    expect(await page.evaluate('window.bad')).toBeUndefined();
    expect(heard).toEqual([]);
    await page.close();
  });

  test('5,000 boxes are drawn, and folded again', async () => {
    const large = `block Stage(x) { repeat 50 with s = x { s -> Conv(4) -> relu } }
block Group(x) { repeat 10 with s = x { s -> Stage } }
model Large {
  input image: [N, H, W, 4]
  output mask = repeat 5 with s = image { s -> Group }
}
`;
    const { page } = await opened('large', [smallFile('large.net', large)]);
    await page.getByRole('button', { name: 'Unfold all blocks' }).click();
    const count = () => page.locator('.drawing g.leaf').count();
    await expect.poll(count, { timeout: 50_000 }).toBe(5002);
    await page.getByRole('button', { name: 'Fold all blocks', exact: true }).click();
    await expect.poll(count, { timeout: 20_000 }).toBe(7);
    await page.close();
  });
});
