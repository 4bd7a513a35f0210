import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../cli/netc.js';
import { Editor } from '../../editor/client.js';
import { hostileTexts } from './texts.js';

// `npm run fuzz:hostile` sets this: each text in its full size goes through `netc check` and, in an editor, beside a small one.
const isMeasured = process.env.HOSTILE !== undefined;
const most = { seconds: 5, megabytes: 1_000, wait: 200, output: 1 } as const;

interface Run {
  readonly status: number | null;
  /** By the clock, and of the processor: on a machine that others use, only the second says anything. */
  readonly seconds: number;
  readonly cpu: number;
  /** At its peak. */
  readonly megabytes: number;
  readonly output: number;
}

/** Writes to a pipe of its own what memory and processor time the process has had. */
const reporter =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>{const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();writeSync(3,JSON.stringify([maxRSS/1024,(userCPUTime+systemCPUTime)/1e6]))})';

function check(folder: string): Promise<Run> {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', reporter, main, 'check', 'main.net'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, memory] = [1, 2, 3].map((at) => {
    const parts: string[] = [];
    (child.stdio[at] as NodeJS.ReadableStream).setEncoding('utf8').on('data', (part: string) => {
      parts.push(part);
    });
    return () => parts.join('');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const [megabytes, cpu] = JSON.parse(memory!() || '[0, 0]') as [number, number];
      const seconds = (performance.now() - begin) / 1000;
      const output = (stdout!().length + stderr!().length) / 2 ** 20;
      resolve({ status, seconds, cpu, megabytes, output });
    });
  });
}

const small = 'model Small {\n  input image: [N, H, W, 3]\n  output mask = image -> Conv(1)\n}\n';

describe.runIf(isMeasured)('a full size', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netc-hostile-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(hostileTexts)('$name', { timeout: 600_000 }, async ({ name, files, sizes, says }) => {
    const own = join(folder, name.replaceAll(/\W+/g, '-').slice(0, 60));
    for (const [path, text] of Object.entries({ ...files(sizes.full), 'small.net': small })) {
      mkdirSync(dirname(join(own, path)), { recursive: true });
      writeFileSync(join(own, path), text);
    }
    const run = await check(own);
    const waits = await waitsBeside(own);
    console.log(
      [
        name.padEnd(52),
        `${run.cpu.toFixed(1)} s of ${run.seconds.toFixed(1)} s`.padStart(18),
        `${run.megabytes.toFixed(0)} MB`.padStart(9),
        `${(1024 * run.output).toFixed(0)} kB told`.padStart(14),
        `editor waits ${waits.toFixed(0)} ms`.padStart(22),
      ].join(''),
    );
    expect(run.status).toBe(says === null || says.startsWith('NET09') ? 0 : 1);
    expect(run.cpu).toBeLessThan(most.seconds);
    expect(run.megabytes).toBeLessThan(most.megabytes);
    expect(run.output).toBeLessThan(most.output);
    expect(waits).toBeLessThan(most.wait);
    rmSync(own, { recursive: true });
  });
});

/** How long an editor waits at most for something about a small file while the large one is open, in milliseconds. */
async function waitsBeside(folder: string): Promise<number> {
  const editor = new Editor(folder);
  await editor.begin();
  const position = await editor.write('small.net');
  const ask = async (): Promise<number> => {
    const begin = performance.now();
    const textDocument = { uri: editor.uri('small.net') };
    await editor.ask('textDocument/hover', { textDocument, position }).catch(() => {});
    return performance.now() - begin;
  };
  // The first answer waits for the server to start.
  await ask();
  await editor.write('main.net');
  const waits: number[] = [];
  for (let i = 0; i < 20; i++) {
    waits.push(await ask());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await editor.ask('shutdown');
  await editor.tell('exit');
  await editor.ended();
  return Math.max(...waits);
}
