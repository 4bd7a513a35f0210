import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
if (!executablePath) {
  process.stderr.write('no Chromium here: the page of netc view is not opened\n');
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });

export interface Opened {
  readonly page: Page;
  /** What the page said that it should not have: errors, warnings, requests to elsewhere. */
  readonly heard: string[];
}

/** Opens a page of a folder, or at an address, until there is `first`: the network is drawn unless given. */
export async function openPage(
  browser: Pick<Browser, 'newPage'>,
  place: string,
  { first = '.drawing svg g.leaf', ...options }: BrowserContextOptions & { first?: string } = {},
): Promise<Opened> {
  const url = place.startsWith('http') ? place : pathToFileURL(join(place, 'index.html')).href;
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, ...options });
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const asked = request.url();
    // The worker's script is the page's own text.
    if (asked !== url && !asked.startsWith('blob:') && !asked.startsWith('data:')) {
      heard.push(`request: ${asked}`);
    }
  });
  await page.goto(url);
  await page.locator(first).first().waitFor();
  return { page, heard };
}

/** The group of a box, by its path. */
export const boxAt = (page: Page, path: string) =>
  page.locator(`.drawing g[data-box]:has(> title:text-is(${JSON.stringify(path)}))`);

/** The paths of the leaves that are drawn. */
export const pathsIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate<string[]>(
    "Array.from(document.querySelectorAll('.drawing g.leaf > title'), (title) => title.textContent)",
  );

/** Writes a text in the place of the one in the editor. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  // Text over a selection is merged by the browser, with styles that the page's policy blocks.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** Where `SCREENSHOTS` names a folder, a picture of the page for people. */
export async function pictured(page: Page, name: string): Promise<void> {
  const to = process.env.SCREENSHOTS;
  if (!to) return;
  await mkdir(to, { recursive: true });
  await page.screenshot({ path: join(to, `${name}.png`), fullPage: true });
}
