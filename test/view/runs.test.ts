import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkpointOf } from '../../src/runtime/runs/checkpoint.js';
import type { RunsView } from '../../src/runtime/viewing/runs-view.js';
import { netc } from '../cli/netc.js';
import { executablePath, launch, type Opened, openPage, pictured } from './browser.js';
import { begunRun, scoredRun } from './fake-run.js';
import { served } from './served.js';

let browser: Browser;
beforeAll(async () => {
  if (executablePath) browser = await launch();
});
afterAll(() => browser?.close());

let folder = '';
const closing: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-view-runs-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

async function addressOf(...runs: readonly string[]): Promise<string> {
  const { address, close } = await served(...runs);
  closing.push(close);
  return address;
}

/** The page, and what it said or asked beside the one thing that it may ask. */
async function opened(
  address: string,
  options: Parameters<typeof openPage>[2] = {},
): Promise<Opened> {
  const first = '.scores tbody tr';
  const { page, heard } = await openPage(browser, address, { first, ...options });
  closing.push(() => page.close());
  return { page, heard };
}
const unasked = (heard: readonly string[], address: string): readonly string[] =>
  heard.filter((text) => text !== `request: ${address}runs`);

const viewOf = async (address: string): Promise<RunsView> =>
  (await (await fetch(`${address}runs`)).json()) as RunsView;

const names = (page: Page) => page.locator('.scores tbody th').allTextContents();
const column = (page: Page, n: number) =>
  page.locator(`.scores tbody td:nth-child(${n})`).allTextContents();
const notes = (page: Page) => page.locator('.notes li').allTextContents();

const log = (run: string, ...lines: readonly object[]): void =>
  appendFileSync(join(run, 'log.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const step = (n: number) => ({ step: n, loss: 1 / n, learningRate: 0.01, seconds: n });

/** As if this process trained it. */
function held(run: string): string {
  const holder = { host: hostname(), pid: process.pid, since: '2026-01-01', begun: null };
  writeFileSync(join(run, 'lock.json'), JSON.stringify(holder));
  return run;
}

describe('what the server of runs answers', () => {
  test('the runs by one name, again only where something has changed; no file by its path', async () => {
    const run = await scoredRun(at('run'), 0);
    const address = await addressOf(run);
    const policy = (await fetch(address)).headers.get('content-security-policy');
    expect(policy).toContain("; connect-src 'self'");
    const first = await fetch(`${address}runs`);
    expect(first.status).toBe(200);
    const view = (await first.json()) as { runs: unknown[]; charts: object };
    expect(view.runs).toMatchObject([{ name: 'run', model: 'Fake', threshold: 0.5, problems: [] }]);
    expect(Object.keys(view.charts)).toEqual(['roc', 'pr', 'loss', 'validation']);
    const known = { headers: { 'If-None-Match': first.headers.get('etag')! } };
    expect((await fetch(`${address}runs`, known)).status).toBe(304);
    log(run, step(41));
    expect((await fetch(`${address}runs`, known)).status).toBe(200);
    for (const name of [
      'run.json',
      'runs/',
      'runs?x',
      '%72uns',
      `runs/../..${run}/run.json`,
      run,
    ]) {
      expect([name, (await fetch(`${address}${name}`)).status]).toEqual([name, 404]);
    }
    const elsewhere = { headers: { Origin: 'https://attacker.example' } };
    expect((await fetch(`${address}runs`, elsewhere)).status).toBe(404);
    expect((await fetch(new URL('/runs', address))).status).toBe(404);
    expect((await fetch(`${address}runs`, { method: 'POST' })).status).toBe(405);
  });

  test('that scores are of weights that a run was trained on from', async () => {
    const run = await scoredRun(at('run'), 0);
    mkdirSync(join(run, 'checkpoints'));
    writeFileSync(join(run, 'checkpoints/last.safetensors'), checkpointOf({}, 40).bytes);
    const path = join(run, 'metrics.json');
    const scores = JSON.parse(readFileSync(path, 'utf8'));
    const address = await addressOf(run);
    for (const [step, problems] of [
      [40, []],
      [
        20,
        [
          `its scores are of step 20, and it was trained on: \`netc evaluate ${run}\` scores it as it is now`,
        ],
      ],
    ] as const) {
      writeFileSync(
        path,
        JSON.stringify({ ...scores, checkpoint: { file: '', step, sha256: '' } }),
      );
      expect((await viewOf(address)).runs[0]!.problems).toEqual(problems);
    }
  });

  test('a run that has taken the place of another one, as its experiment has it', async () => {
    const run = held(begunRun(at('run')));
    log(run, step(1));
    const address = await addressOf(run);
    expect((await viewOf(address)).runs[0]!.state).toBe('training, step 1 of 40');
    const path = join(run, 'experiment.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('steps: 40', 'steps: 400'));
    expect((await viewOf(address)).runs[0]!.state).toBe('training, step 1 of 400');
    writeFileSync(path, text.replace('steps: 40', 'steps: none'));
    expect((await viewOf(address)).runs[0]!.problems[0]).toMatch(/^NET\d{4}: /);
  });

  test('why a run has no scores or no curve, as it is', async () => {
    const [untested, absent] = [
      await scoredRun(at('untested'), 0),
      await scoredRun(at('absent'), 1),
    ];
    rmSync(join(untested, 'metrics.json'));
    const images = [{ id: '01', part: 'train' }];
    writeFileSync(join(untested, 'data.json'), JSON.stringify({ images }));
    const path = join(absent, 'metrics.json');
    const scores = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(
      path,
      JSON.stringify({ ...scores, classes: [{ name: 'vein' }, { name: 'nerve' }] }),
    );
    writeFileSync(join(absent, 'scores/roc.json'), '{"curves": [{"points": []}]}');
    const { runs } = await viewOf(await addressOf(untested, absent));
    expect(runs.map(({ problems }) => problems)).toEqual([
      ['its dataset has no test images, so it has no scores'],
      ['no ROC curve: vein is in none of the pixels of its test images, or in all'],
    ]);
  });

  test('the page with its texts as they are when it is asked for', async () => {
    const path = at('net.net');
    writeFileSync(path, readFileSync('models/unet.net', 'utf8').replace(/^import.*$/gm, ''));
    const address = await addressOf(path);
    writeFileSync(path, 'model Another = Nothing()\n');
    expect(await (await fetch(address)).text()).toContain('model Another');
    rmSync(path);
    expect(await (await fetch(address)).text()).toContain('model Another');
  });

  test('a page without runs may ask for nothing', async () => {
    const address = await addressOf('models/unet.net');
    const policy = (await fetch(address)).headers.get('content-security-policy');
    expect(policy).not.toContain('connect-src');
    expect((await fetch(`${address}runs`)).status).toBe(404);
  });
});

describe.skipIf(!executablePath)('the page of runs', () => {
  test('has their scores in a table, which buttons sort, also by the keyboard', async () => {
    const runs = [await scoredRun(at('a'), 0), await scoredRun(at('b'), 2)];
    const address = await addressOf(...runs, await scoredRun(at('c'), 4));
    const { page, heard } = await opened(address);
    expect(await names(page)).toEqual(['a', 'b', 'c']);
    expect(await column(page, 4)).toEqual(['0.7300', '0.8450', '0.6450']);
    expect(await page.locator('td:nth-child(4) strong').allTextContents()).toEqual(['0.8450']);
    const sort = page.getByRole('button', { name: 'Sort by F1 or Dice' });
    const head = page.locator('.scores thead th').nth(3);
    await sort.focus();
    await page.keyboard.press('Enter');
    expect(await names(page)).toEqual(['b', 'a', 'c']);
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Space');
    expect(await names(page)).toEqual(['c', 'a', 'b']);
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    // Of a distance the smaller is the better.
    await page.getByRole('button', { name: /^Sort by 95th percentile/ }).click();
    expect(await column(page, 13)).toEqual(['6.00', '8.00', '10.00']);
    expect(await page.locator('[aria-sort]').count()).toBe(1);
    expect(unasked(heard, address)).toEqual([]);
    await pictured(page, 'runs');
  });

  test('has the curves of all in one chart each, a run in the same colour in all', async () => {
    const b = begunRun(at('b'));
    log(held(b), step(1), step(2), step(3));
    const address = await addressOf(b, await scoredRun(at('a'), 0), await scoredRun(at('c'), 2));
    const { page, heard } = await opened(address);
    const titles = await page.locator('.chart svg > title').allTextContents();
    expect(titles).toEqual([
      'ROC curves of a, c',
      'Precision-recall curves of a, c',
      'Training loss by step of b, a, c',
      'F1 on the validation images by step of b, a, c',
    ]);
    const strokes = (kind: string) =>
      page
        .locator(`.${kind} .mark-line path`)
        .evaluateAll((all) => all.map((path) => path.getAttribute('stroke')));
    const loss = await strokes('loss');
    expect(new Set(loss).size).toBe(3);
    expect(await strokes('roc')).toEqual(loss.slice(1));
    expect(unasked(heard, address)).toEqual([]);
  });

  test('grows with a run that trains, and then has its scores', async () => {
    const run = held(begunRun(at('live')));
    const address = await addressOf(run);
    const { page, heard } = await opened(address);
    expect(await column(page, 2)).toEqual(['training, step 0 of 40']);
    expect(await page.locator('.charts').textContent()).toBe('No run has logged a step yet.');
    log(run, step(1), step(2));
    await expect.poll(() => column(page, 2), { timeout: 9000 }).toEqual(['training, step 2 of 40']);
    const line = () => page.locator('.loss .mark-line path').getAttribute('d');
    const before = await line();
    log(run, step(3), step(4));
    await expect.poll(line, { timeout: 9000 }).not.toBe(before);
    rmSync(join(run, 'log.jsonl'));
    rmSync(join(run, 'lock.json'));
    await scoredRun(run, 1);
    await expect.poll(() => column(page, 2), { timeout: 9000 }).toEqual(['trained, 40 steps']);
    await page.locator('.roc').waitFor();
    expect(unasked(heard, address)).toEqual([]);
  });

  test('says what is missing or damaged, and shows the rest', async () => {
    const [damaged, curveless, stopped, fresh] = [
      await scoredRun(at('damaged'), 0),
      await scoredRun(at('curveless'), 1),
      begunRun(at('stopped')),
      await scoredRun(at('fresh'), 2),
    ];
    const text = readFileSync(join(damaged, 'log.jsonl'), 'utf8');
    writeFileSync(join(damaged, 'log.jsonl'), text.replace('\n', '\nx\n'));
    writeFileSync(join(damaged, 'scores/pr.json'), '{"curves": [{"points": 3}]}');
    rmSync(join(curveless, 'scores/roc.json'));
    log(stopped, step(1));
    rmSync(join(fresh, 'metrics.json'));
    const { page } = await opened(await addressOf(damaged, curveless, stopped, fresh));
    expect(await notes(page)).toEqual([
      `damaged: ${damaged}/log.jsonl:2 is damaged: this is not JSON`,
      `damaged: ${damaged}/scores/pr.json is damaged: it holds no curve`,
      `curveless: ${curveless}/scores/roc.json is missing: netc evaluate ${curveless} writes it`,
      `stopped: its training did not end: netc train --resume ${stopped} goes on`,
      `fresh: not scored yet: netc evaluate ${fresh} scores it`,
    ]);
    expect(await column(page, 4)).toEqual(['0.7300', '0.7500', '–', '–']);
    // A run without the score comes last in either direction.
    const sort = page.getByRole('button', { name: 'Sort by F1 or Dice' });
    await sort.click();
    expect(await names(page)).toEqual(['curveless', 'damaged', 'stopped', 'fresh']);
    await sort.click();
    expect(await names(page)).toEqual(['damaged', 'curveless', 'stopped', 'fresh']);
    await pictured(page, 'runs-damaged');
  });

  test('says that scores of different images do not compare', async () => {
    const runs = [await scoredRun(at('a'), 0), await scoredRun(at('b'), 1)];
    for (const run of runs) {
      const path = join(run, 'metrics.json');
      const scores = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ ...scores, data: { sha256: run } }));
    }
    const { page } = await opened(await addressOf(...runs));
    expect(await notes(page)).toEqual([
      'Not all runs are scored on the same images: their scores do not compare the networks.',
    ]);
  });

  test('names that would be markup do nothing; two of one name are told apart', async () => {
    const bad = '<img src=x onerror=window.bad=1>';
    const runs = [
      await scoredRun(at(`one/${bad}`), 0),
      await scoredRun(at(`two/${bad}`), 1),
      await scoredRun(at('\u202e"&\u001b[31m'), 2),
    ];
    const path = join(runs[0]!, 'metrics.json');
    const scores = JSON.parse(readFileSync(path, 'utf8'));
    const metrics = { ...scores.metrics, f1: bad };
    writeFileSync(path, JSON.stringify({ ...scores, model: bad, metrics }));
    rmSync(join(runs[1]!, 'metrics.json'));
    const address = await addressOf(...runs);
    const { page, heard } = await opened(address);
    expect(await names(page)).toEqual([`one/${bad}`, `two/${bad}`, '\\u202e"&\\u001b[31m']);
    expect((await notes(page))[0]).toContain(`two/${bad}: not scored yet`);
    expect(await page.locator('.loss').textContent()).toContain(`one/${bad}`);
    expect(await column(page, 3)).toEqual([bad, '–', 'Fake']);
    expect(await page.evaluate('window.bad')).toBeUndefined();
    expect(unasked(heard, address)).toEqual([]);
  });

  test('the networks of the runs are behind a button, drawn to the room they have', async () => {
    const { page } = await opened(await addressOf(await scoredRun(at('run'), 0)));
    expect(await page.locator('.cm-content').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Networks', exact: true }).click();
    await page.locator('.drawing svg g.leaf').first().waitFor();
    expect(await page.locator('.runs').isVisible()).toBe(false);
    expect((await page.locator('.drawing svg').boundingBox())!.width).toBeGreaterThan(200);
    await page.getByRole('button', { name: 'Runs', exact: true }).click();
    expect(await page.locator('.scores').isVisible()).toBe(true);
  });

  test('a server that has ended is said, and what it told stays', async () => {
    const { page } = await opened(await addressOf(await scoredRun(at('run'), 0)));
    await closing.shift()!();
    const problem = () => page.locator('.runs > .problem').textContent();
    await expect.poll(problem, { timeout: 9000 }).toMatch(/^netc view has ended/);
    expect(await names(page)).toEqual(['run']);
  });

  test.each([1280, 800])('at %i pixels all is in reach, in the dark too', async (width) => {
    const runs = [await scoredRun(at('first'), 0), await scoredRun(at('second'), 2)];
    const { page } = await opened(await addressOf(...runs), {
      viewport: { width, height: 900 },
      colorScheme: 'dark',
    });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
    const box = (await page.locator('.chart').first().boundingBox())!;
    expect(box.width).toBeGreaterThan(300);
    await pictured(page, `runs-dark-${width}`);
  });

  test('--static writes the runs as they are into the page, which then asks nobody', async () => {
    const runs = [await scoredRun(at('a'), 0), await scoredRun(at('b'), 2)];
    const out = at('page');
    expect(await netc(['view', ...runs, '--static', '--out', out])).toMatchObject({ status: 0 });
    const { page, heard } = await opened(out);
    expect(await names(page)).toEqual(['a', 'b']);
    expect(await page.locator('.chart').count()).toBe(4);
    expect(heard).toEqual([]);
  });
});
