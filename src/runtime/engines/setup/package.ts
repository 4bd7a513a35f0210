import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MachineError } from '../../errors/errors.js';
import { buildFolder, locations } from './cache.js';
import { reason, run } from './process.js';
import { tfjsNode } from './releases.js';

const require = createRequire(import.meta.url);

/**
 * The folder of the npm package: beside netc, else in the cache; null where it is in neither. npm leaves it out of a global
 * installation when the package's own install script fails, since it is an optional dependency.
 */
export async function findPackage(): Promise<string | null> {
  // The folder took its name when it was whole; its thousands of files are not looked at one by one each time.
  const cached = join(locations('cpu').package, 'node_modules', tfjsNode.name);
  return (await ownPackage()) ?? (existsSync(cached) ? cached : null);
}

async function ownPackage(): Promise<string | null> {
  try {
    const file = require.resolve(`${tfjsNode.name}/package.json`);
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    return version === tfjsNode.version ? dirname(file) : null;
  } catch {
    return null;
  }
}

/** Installs the package into the cache without running its script, and holds it to the pinned hash. */
export function installPackage(): Promise<void> {
  return buildFolder(locations('cpu').package, async (folder) => {
    const outcome = await run(
      'npm',
      [
        'install',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        `--prefix=${folder}`,
        `${tfjsNode.name}@${tfjsNode.version}`,
      ],
      { cwd: folder },
    );
    if (outcome.status !== 0)
      throw new MachineError(`${tfjsNode.name} could not be installed by npm: ${reason(outcome)}`);
    const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string }>;
    };
    const { integrity } = lock.packages[`node_modules/${tfjsNode.name}`] ?? {};
    if (integrity !== tfjsNode.integrity)
      throw new MachineError(
        `${tfjsNode.name} ${tfjsNode.version}: npm installed another file (${integrity}) than the pinned one.`,
      );
  });
}
