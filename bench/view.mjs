// How soon the page of `netc view` draws R2AU-Net, and the longest time between two frames while 5,002 boxes are unfolded, scrolled
// and folded. Needs Chromium; the times mean something only while the machine is idle.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
  existsSync(path),
);
if (!executablePath) throw new Error('no Chromium here');

/** Ten groups of fifty steps of two boxes in each of five. */
const large = `block Stage(x) { repeat 50 with s = x { s -> Conv(4) -> relu } }
block Group(x) { repeat 10 with s = x { s -> Stage } }
model Large {
  input image: [N, H, W, 4]
  output mask = repeat 5 with s = image { s -> Group }
}
`;

const folder = mkdtempSync(join(tmpdir(), 'netc-view-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const r2au = pageOf('r2au', here('../models/r2au.net'));
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await firstDraw(r2au));
  print(`R2AU-Net is drawn ${times.map(milliseconds).join(', ')} after the page is asked for`);
  writeFileSync(join(folder, 'large.net'), large);
  await frames(pageOf('large', join(folder, 'large.net')));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

function pageOf(name, file) {
  const out = join(folder, name);
  const args = [here('../dist/bin/main.js'), 'view', file, '--static', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return pathToFileURL(join(out, 'index.html')).href;
}

async function firstDraw(address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.addInitScript(() => {
    const look = () => {
      if (!document.querySelector('.drawing svg g.leaf')) requestAnimationFrame(look);
      else requestAnimationFrame(() => performance.mark('drawn'));
    };
    look();
  });
  await page.goto(address);
  const drawn = () => page.evaluate('performance.getEntriesByName("drawn")[0]?.startTime');
  let time = await drawn();
  for (; time === undefined; time = await drawn()) await page.waitForTimeout(100);
  await page.close();
  return time;
}

async function frames(address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.addInitScript(() => {
    let last = performance.now();
    globalThis.longest = 0;
    const frame = () => {
      const now = performance.now();
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.goto(address);
  // To look for an element by its role takes longer than what is measured.
  const press = (name) => page.evaluate(`document.querySelector('[aria-label="${name}"]').click()`);
  const countOf = () => page.evaluate('document.querySelectorAll(".drawing g.leaf").length');
  const untilThereAre = async (count) => {
    while ((await countOf()) !== count) await page.waitForTimeout(50);
  };
  await untilThereAre(7);
  const timed = async (what, act) => {
    await page.evaluate('longest = 0');
    await act();
    await page.waitForTimeout(500);
    print(`${what}: no frame takes more than ${milliseconds(await page.evaluate('longest'))}`);
  };
  await timed('5,002 boxes unfolded', async () => {
    await press('Unfold all blocks');
    await untilThereAre(5002);
  });
  await timed('scrolled', async () => {
    for (let i = 0; i < 40; i++) {
      await page.evaluate(`document.querySelector('.drawing').scrollTo(${400 * i}, ${150 * i})`);
      await page.waitForTimeout(30);
    }
  });
  await timed('folded', async () => {
    await press('Fold all blocks');
    await untilThereAre(7);
  });
}

function milliseconds(time) {
  return `${Math.round(time)} ms`;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
