// What `netc train` and `netc predict` take of the machine's memory, beside what netc expects before they begin. Linux only, as the
// peak is read from /proc. docs/reliability.md has the figures, src/runtime/engines/memory/need.ts the factors that come of them.
//   npm run bench:need -- [NETWORK BASE BATCHxPATCH ENGINE]     such as: unet 16 2x128 portable
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindingsAt } from '../dist/compiler/cost/cost.js';
import { needOf } from '../dist/runtime/engines/memory/need.js';
import { noSettings, openExperiment } from '../dist/runtime/experiments/open-experiment.js';
import { compileNetwork } from '../dist/runtime/networks/network.js';

const main = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url));
const models = fileURLToPath(new URL('../models/', import.meta.url));
const usual = [
  ['unet', '4', '1x32', 'tensorflow'],
  ['unet', '16', '1x512', 'tensorflow'],
  ['unet', '16', '8x128', 'tensorflow'],
  ['r2au', '16', '1x256', 'tensorflow'],
  ['unet', '64', '1x64', 'tensorflow'],
  ['unet', '64', '2x256', 'tensorflow'],
  ['unet', '4', '1x32', 'portable'],
  ['unet', '8', '2x128', 'portable'],
  ['r2au', '8', '1x128', 'portable'],
  ['unet', '32', '1x32', 'portable'],
];
const mebi = 2 ** 20;

/** The most that a command held, as the kernel counts it. */
function peakOf(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let [peak, text] = [0, ''];
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const poll = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peak = Math.max(peak, Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
      } catch {
        // It has ended.
      }
    }, 10);
    child.on('close', (code) => {
      clearInterval(poll);
      if (code === 0) resolve(peak);
      else reject(new Error(`netc ${args.join(' ')}: ${text}`));
    });
  });
}

async function measure(network, base, at, engine) {
  const [batch, patch] = at.split('x').map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'netc-need-'));
  const path = join(folder, 'x.yaml');
  const model = join(models, `${network}.net`);
  const data = `{kind: synthetic-retina, train: 1, test: 1, size: ${Math.max(patch, 64)}}`;
  const settings = { model: `{path: ${model}}`, parameters: `{base: ${base}}`, data, batch, patch };
  const text = { ...settings, engine: `{kind: ${engine}}`, steps: 3, output: join(folder, 'run') };
  writeFileSync(
    path,
    Object.entries(text)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
  );
  const { experiment } = openExperiment(path, noSettings);
  const { graph, program } = compileNetwork(experiment);
  const need = (fn, count, size) =>
    needOf(engine, program, fn, bindingsAt(graph, { height: size, width: size }, count));
  const row = (what, measured, expected) => {
    const cells = [measured, expected].map((bytes) => `${(bytes / mebi).toFixed(0)} MiB`);
    console.log(
      `| ${network} | ${base} | ${what} | ${engine} | ${cells.join(' | ')} | ${(measured / expected).toFixed(2)} |`,
    );
  };
  row(`train ${at}`, await peakOf(['train', path, '--force'], folder), need('train', batch, patch));
  const tiles = experiment.evaluation.batch;
  const images = join(folder, 'images');
  spawnSync(process.execPath, [
    main,
    'data',
    'make',
    'retina',
    '--count',
    '1',
    '--size',
    String(2 * Math.max(patch, 64)),
    '--out',
    images,
  ]);
  const args = [
    'predict',
    'run',
    join(images, 'images'),
    '--out',
    'answers',
    '--fov',
    'none',
    '--force',
  ];
  row(`predict ${tiles}x${patch}`, await peakOf(args, folder), need('predict', tiles, patch));
  rmSync(folder, { recursive: true });
}

const given = process.argv.slice(2);
console.log('| network | base | what | engine | measured | expected | ratio |');
console.log('|---|---|---|---|---|---|---|');
for (const one of given.length > 0 ? [given] : usual) await measure(...one);
