// `npm start`: gets the engine, trains the quick start and scores it; a smaller one where there is no TensorFlow.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findInstallation } from '../dist/runtime/engines/setup/setup.js';
import { nextSteps } from '../dist/runtime/reports/next-steps.js';

const main = fileURLToPath(new URL('../dist/bin/main.js', import.meta.url));
const netc = (...args) => spawnSync(process.execPath, [main, ...args], { stdio: 'inherit' }).status;

function start(name) {
  const run = `runs/${name}`;
  const trained = netc('train', `experiments/${name}.yaml`, '--overwrite');
  const status = trained === 0 ? netc('evaluate', run) : trained;
  if (status === 0) process.stdout.write(nextSteps(run));
  return status;
}

const ready = netc('setup', '--quiet', '--if-possible');
const name = (await findInstallation('cpu')) ? 'quickstart' : 'quickstart-portable';
process.exitCode = ready === 0 ? start(name) : ready;
