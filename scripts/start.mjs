// `npm start`: gets the engine, trains the quick start and scores it; a smaller one where there is no TensorFlow.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findInstallation } from '../dist/runtime/engines/setup/setup.js';

const main = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url));
const netc = (...args) => spawnSync(process.execPath, [main, ...args], { stdio: 'inherit' }).status;

function start(name) {
  const trained = netc('train', `experiments/${name}.yaml`, '--overwrite');
  return trained === 0 ? netc('evaluate', `runs/${name}`) : trained;
}

const ready = netc('setup', '--quiet', '--if-possible');
const name = (await findInstallation('cpu')) ? 'quickstart' : 'quickstart-portable';
process.exitCode = ready === 0 ? start(name) : ready;
