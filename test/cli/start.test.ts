import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextSteps } from '../../src/runtime/reports/next-steps.js';
import { netc, root } from './netc.js';

let folder: string;
let image: string;

/** The commands that `npm start` ends with, as arguments of netc, the reader's own files in place. */
const commandsOf = (run: string): string[][] =>
  [...nextSteps(run).matchAll(/npx netc (.*?) +#/g)].map(([, line]) =>
    line!.replace('IMAGE.png', image).replace('FOLDER', 'own').split(' '),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-start-'));
  await cp(join(root, 'models'), join(folder, 'models'), { recursive: true });
  await cp(join(root, 'experiments'), join(folder, 'experiments'), { recursive: true });
  await netc(['data', 'make', 'retina', '--out', 'own', '--count', '4', '--size', '64'], folder);
  image = join('own', 'images', '01.png');
  const small = ['base=4', 'depth=1', '.steps=2', '.data.size=64', '.moments.batches=2'];
  const sets = small.flatMap((setting) => ['--set', setting]);
  await netc(['train', 'experiments/quickstart-portable.yaml', ...sets, '--out', 'run'], folder);
  await netc(['evaluate', 'run'], folder);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

test('npm start ends with a report that is there', () => {
  const [, report] = /^report: (.*)$/m.exec(nextSteps('run')) ?? [];
  expect(existsSync(join(folder, report!))).toBe(true);
});

test('and with commands that work on files of the reader', async () => {
  const commands = commandsOf('run');
  expect(commands.map(([name]) => name)).toEqual(['predict', 'data']);
  for (const command of commands) expect(await netc(command, folder)).toMatchObject({ status: 0 });
}, 60_000);

test('and with a page that says how to train on them', () => {
  const [, page, heading] = /^(docs\/\S+) .*"(.+)"/m.exec(nextSteps('run')) ?? [];
  expect(readFileSync(join(root, page!), 'utf8')).toContain(`\n## ${heading}\n`);
});
