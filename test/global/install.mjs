// What somebody without a checkout does: packs netc as it is built, installs it globally into an empty prefix, and sets up,
// checks, trains and scores from an empty folder. It downloads, so it is not part of `npm test`; the engine's build is taken
// from the user's cache where it is there. Arguments go to npm install, as --ignore-scripts.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const print = (line) => process.stdout.write(`${line}\n`);

/** Standard output of a program that has to end with 0. */
function output(program, args, cwd) {
  // npm hands its settings on to what it runs, the checkout's .npmrc among them; a stranger has none.
  const own = ([name]) => !name.startsWith('npm_');
  const env = Object.fromEntries(Object.entries(process.env).filter(own));
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (status === 0) return stdout;
  throw new Error(`${[program, ...args].join(' ')}: ${error?.message ?? stderr + stdout}`);
}

function require(condition, message) {
  if (!condition) throw new Error(message);
}

async function passes(what, check) {
  const begin = performance.now();
  try {
    const result = await check();
    print(`passed  ${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    print(`FAILED  ${what}`);
    throw error;
  }
}

/** What of a package is neither its papers nor the bundled program with its types, and what it should hold and does not. */
function packingFaults(files) {
  const papers =
    /^(models|experiments|examples|docs)\/|^(package\.json|(README|CHANGELOG)\.md|LICENSE)$/;
  const program = /^dist\/bin\/[^/]+\.js$|^dist\/(compiler|runtime)\/.*\.d\.ts$/;
  const belongs = (file) => papers.test(file) || program.test(file);
  const workers = ['tensorflow-worker', 'portable-worker', 'batches-worker'];
  const wanted = ['main', 'compiler', 'runtime', ...workers].map((name) => `dist/bin/${name}.js`);
  return {
    surplus: files.filter((file) => !belongs(file)),
    missing: wanted.filter((file) => !files.includes(file)),
  };
}

/** The path of the tarball, of which the package's folder is made. */
async function pack(folder) {
  const args = ['pack', '--json', '--pack-destination', folder];
  const [{ filename, files, size }] = JSON.parse(output('npm', args, checkout));
  const { surplus, missing } = packingFaults(files.map(({ path }) => path));
  require(surplus.length === 0, `not of the package: ${surplus.join(', ')}`);
  require(missing.length === 0, `not in the package: ${missing.join(', ')}`);
  require(size < 2e6, `the package has ${size} bytes`);
  print(`        ${files.length} files, ${Math.ceil(size / 1000)} kB packed`);
  return join(folder, filename);
}

async function main(folder) {
  const [prefix, desk] = [join(folder, 'prefix'), join(folder, 'desk')];
  await mkdir(desk);
  const tarball = await passes('npm pack holds what netc needs and nothing else', () =>
    pack(folder),
  );
  await passes('npm install --global into an empty prefix', () => {
    const options = ['--global', '--prefix', prefix, ...process.argv.slice(2)];
    output('npm', ['install', ...options, tarball], desk);
  });
  const netc = (...args) => output(join(prefix, 'bin', 'netc'), args, desk);
  const shipped = join(prefix, 'lib', 'node_modules', 'netc');

  await passes('netc --version', async () => {
    const { version } = JSON.parse(await readFile(join(shipped, 'package.json'), 'utf8'));
    require(netc('--version').trim() === version, 'is another version');
  });
  await passes('netc setup, then netc doctor', () => {
    netc('setup');
    netc('doctor');
  });
  await passes('netc check and count of a model where it is installed', () => {
    netc('check', join(shipped, 'models', 'r2au.net'));
    require(netc('count', join(shipped, 'models', 'r2au.net')).includes(
      '39,442,925',
    ), 'the weights of R2AU-Net are others');
  });
  await passes('netc train and evaluate of a shipped experiment', () =>
    trainAndScore(netc, join(shipped, 'experiments', 'quickstart.yaml'), desk),
  );
  await passes('the same from a copy of the models and experiments', async () => {
    for (const part of ['models', 'experiments', 'examples'])
      await cp(join(shipped, part), join(desk, part), { recursive: true });
    await trainAndScore(netc, 'experiments/quickstart.yaml', desk);
  });
}

/** Five steps of the quick start on two small images: the run's place, its length and its table, not its quality. */
async function trainAndScore(netc, experiment, desk) {
  const small = ['data.train=2', 'data.test=1', 'data.size=64', '.patch=32', 'schedule.warmup=1'];
  const sets = [...small, 'moments.batches=1'].flatMap((set) => ['--set', set]);
  netc('train', experiment, '--steps', '5', '--out', 'runs/small', '--overwrite', ...sets);
  const log = await readFile(join(desk, 'runs', 'small', 'log.jsonl'), 'utf8');
  const steps = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  require(steps.length === 5, `${steps.length} steps in the log`);
  require(steps.every(({ loss }) => Number.isFinite(loss)), 'a loss is not a number');
  const table = netc('evaluate', 'runs/small');
  require(table.includes('R2AUNet, pooled over pixels'), `no scores in ${table}`);
}

const folder = await mkdtemp(join(tmpdir(), 'netc-global-'));
try {
  await main(folder);
} catch (error) {
  print(error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
