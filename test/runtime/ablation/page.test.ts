import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../../src/runtime/reports/ablation/write-report.js';
import { writeCurves, writeRunReport } from '../../../src/runtime/reports/html/run-report.js';
import { ablationFolder, fakeAblation } from './fake-runs.js';

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
if (!executablePath)
  process.stderr.write('no Chromium here: the pages of reports are not opened\n');

let folder: string;
let browser: Browser;
const heard: string[] = [];

async function opened(path: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  heard.length = 0;
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && url !== pathToFileURL(path).href) heard.push(`request: ${url}`);
  });
  await page.goto(pathToFileURL(path).href);
  return page;
}

/** Where `SCREENSHOTS` names a folder, a picture of the page for people. */
async function pictured(page: Page, name: string): Promise<void> {
  const to = process.env.SCREENSHOTS;
  if (!to) return;
  await mkdir(to, { recursive: true });
  await page.screenshot({ path: join(to, `${name}.png`), fullPage: true });
}

/** The smallest of width, height and, for a picture, its own width, of each element. */
const sizesOf = (page: Page, selector: string) =>
  page.evaluate<
    number[]
  >(`Array.from(document.querySelectorAll(${JSON.stringify(selector)}), (element) => {
    const { width, height } = element.getBoundingClientRect();
    return Math.min(width, height, element.naturalWidth ?? width);
  })`);

describe.skipIf(!executablePath)('the page', () => {
  beforeAll(async () => {
    folder = await ablationFolder();
    const ablation = await fakeAblation(folder);
    for (const run of ablation.runs) {
      await writeCurves(run.folder);
      await writeRunReport(run.folder);
    }
    await writeReport(ablation, ablation.runs, []);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it('of an ablation asks for nothing and shows curves and pictures', async () => {
    const page = await opened(join(folder, 'out', 'report.html'));
    expect(heard).toEqual([]);
    const charts = await sizesOf(page, 'svg[role="img"]');
    expect(charts).toHaveLength(4);
    expect(Math.min(...charts)).toBeGreaterThan(200);
    // Each of six runs has a line in each chart.
    const drawn = await sizesOf(page, 'svg .mark-line path');
    expect(drawn).toHaveLength(24);
    expect(Math.min(...drawn)).toBeGreaterThan(0);
    // Best, median and worst: image, ground truth and three variants.
    const pictures = await sizesOf(page, '.examples img');
    expect(pictures).toHaveLength(15);
    expect(Math.min(...pictures)).toBeGreaterThan(60);
    await pictured(page, 'ablation');
  });

  it('names its pictures and charts for those who do not see them', async () => {
    const page = await opened(join(folder, 'out', 'report.html'));
    expect(await page.getByRole('img', { name: /^ROC curves of U-Net, R2AU-Net/ }).count()).toBe(1);
    expect(await page.getByAltText(/^Small <net> of image 03, the worst/).count()).toBe(1);
  });

  it('tells the seeds of a variant apart by dashes, and sets the best figures in bold', async () => {
    const page = await opened(join(folder, 'out', 'report.html'));
    const styles = await page.evaluate<string[]>(
      `Array.from(document.querySelectorAll('svg .mark-line path'), (line) => line.getAttribute('stroke') + ' ' + line.getAttribute('stroke-dasharray'))`,
    );
    // Three colours and two kinds of line, in each of four charts.
    expect(new Set(styles).size).toBe(6);
    expect(await page.getByText('seed 2', { exact: true }).count()).toBeGreaterThan(0);
    const bold = page.locator('section').filter({ hasText: 'Scores' }).first().locator('strong');
    expect(await bold.allTextContents()).toContain('0.8550 ± 0.0141');
    expect(await bold.allTextContents()).not.toContain('0.7400 ± 0.0141');
  });

  it('leads from figures and pictures to pages that are there', async () => {
    const page = await opened(join(folder, 'out', 'report.html'));
    const links = await page.evaluate<string[]>('Array.from(document.links, (a) => a.href)');
    const own = pathToFileURL(join(folder, 'out', 'report.html')).href;
    const targets = links.filter((link) => !link.startsWith(`${own}#`));
    expect(targets.length).toBeGreaterThan(12);
    for (const target of targets) expect(existsSync(new URL(target)), target).toBe(true);
    const places = links
      .filter((link) => link.startsWith(`${own}#`))
      .map((link) => new URL(link).hash);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) expect(await page.locator(place).count(), place).toBe(1);
  });

  it('fits a phone, in the dark too', async () => {
    const page = await opened(join(folder, 'out', 'report.html'), { width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
    const [ground, ink] = await page.evaluate<string[]>(`[
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('svg text')).fill,
    ]`);
    const brightness = (colour: string) => Number(/\d+/.exec(colour)![0]);
    expect(brightness(ink!)).toBeGreaterThan(brightness(ground!) + 100);
    await pictured(page, 'ablation-phone');
  });

  it('of a run asks for nothing and shows curves and pictures', async () => {
    const page = await opened(join(folder, 'out', 'runs', 'u-net-s1', 'report.html'));
    expect(heard).toEqual([]);
    expect(await sizesOf(page, 'svg[role="img"]')).toHaveLength(4);
    expect(Math.min(...(await sizesOf(page, '.overlays img')))).toBeGreaterThan(100);
    await pictured(page, 'run');
  });

  it('of training curves is a picture by itself', async () => {
    const page = await opened(join(folder, 'out', 'runs', 'u-net-s1', 'curves.svg'));
    expect(heard).toEqual([]);
    expect(await sizesOf(page, '.mark-line path')).toHaveLength(2);
  });
});
