// npm run test:ray: the tests of `netc ablate --on ray` with a Ray of their own, which is installed once, outside of the project.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '2.60.0';
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const folder = process.env.NETC_TEST_RAY ?? join(cache, 'netc-tests', `ray-${version}`, 'bin');

function run(program, ...args) {
  const { status } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, NETC_TEST_RAY: folder },
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(folder, 'ray'))) {
  run('python3', '-m', 'venv', join(folder, '..'));
  run(join(folder, 'pip'), 'install', '--quiet', `ray[default]==${version}`);
}
run('npx', 'vitest', 'run', 'test/clusters/ray.test.ts');
