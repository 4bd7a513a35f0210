import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../errors/counted.js';
import type { MachineError } from '../../errors/errors.js';
import { addonFile, compileAddon } from './addon.js';
import { buildFolder, damagedIn, isComplete, locations } from './cache.js';
import { kernelsFile } from './kernels.js';
import { findPackage, installPackage } from './package.js';
import { type Platform, requirePlatform } from './platforms.js';
import { type Variant, wheels } from './releases.js';
import { requireDisk, requireTools } from './requirements.js';
import { extractWheel, fetchWheel } from './wheel.js';

/** What the engine is loaded from. */
export interface Installation {
  readonly variant: Variant;
  /** The npm package's folder. */
  readonly package: string;
  /** The compiled binding. */
  readonly addon: string;
  /** Whether netc's own operations are in it. */
  readonly kernels: boolean;
}

/** Null where `setup` has not been run for this variant, or what it made is damaged. */
export async function findInstallation(variant: Variant): Promise<Installation | null> {
  const { library, addon } = locations(variant);
  const [packageFolder, ...complete] = await Promise.all([
    findPackage(),
    isComplete(library),
    isComplete(addon),
  ]);
  if (packageFolder === null || complete.includes(false)) return null;
  return installationIn(variant, packageFolder, addon);
}

const installationIn = (variant: Variant, packageFolder: string, addon: string): Installation => ({
  variant,
  package: packageFolder,
  addon: join(addon, addonFile),
  kernels: existsSync(join(addon, kernelsFile(requirePlatform(variant)))),
});

/** What the digests of an installation's files say. */
export interface Verified {
  readonly variant: Variant;
  /** Which file is not what was installed, and the way on; null where none is. */
  readonly damage: string | null;
  /** Whether there are digests: netc 0.2 kept none. */
  readonly known: boolean;
}

/** Reads all files of an installation. */
export async function verify(variant: Variant): Promise<Verified> {
  const { library, addon } = locations(variant);
  let known = true;
  for (const folder of [library, addon]) {
    const damaged = await damagedIn(folder);
    known &&= damaged !== null;
    const [first] = damaged ?? [];
    if (first === undefined) continue;
    const more = damaged!.length - 1;
    const which = `${join(folder, first)}${more > 0 ? ` and ${counted(more, 'other file')} are` : ' is'}`;
    const command = `netc setup${variant === 'gpu' ? ' --gpu' : ''} --force`;
    const damage = `${which} not what was installed: run \`${command}\``;
    return { variant, damage, known };
  }
  return { variant, damage: null, known };
}

/** Why there is no TensorFlow engine of this machine's own, and the way to one where there is one. */
export async function whyMissing(): Promise<string> {
  try {
    await requireTools(requirePlatform('cpu'));
  } catch (error) {
    return (error as MachineError).message;
  }
  return 'The TensorFlow engine is not set up (`netc setup` does it).';
}

export interface SetupOptions {
  readonly variant: Variant;
  /** Does every step again, also where its result is there. */
  readonly force?: boolean;
  /** A step and how far it is, 0 to 1; a step starts with 0. */
  readonly onProgress?: (step: string, fraction: number) => void;
}

/**
 * Gets TensorFlow's C library out of its Python wheel and compiles the npm package's binding against it, all in the user's
 * cache and nothing in `node_modules`: `npm ci` does not undo it. A step whose result is there is not done again.
 * @throws MachineError with one line that says what is missing
 */
export async function setup(options: SetupOptions): Promise<Installation> {
  const { variant, force = false, onProgress = () => {} } = options;
  const present = force ? null : await findInstallation(variant);
  if (present !== null) return present;

  const platform = requirePlatform(variant);
  const { compiler } = await requireTools(platform);
  const { library, addon } = locations(variant);
  if (force || !(await isComplete(library))) await fetchLibrary(platform, variant, onProgress);
  if ((await findPackage()) === null) {
    onProgress('installing the npm package', 0);
    await installPackage();
  }
  const packageFolder = (await findPackage())!;
  onProgress('compiling the binding', 0);
  await buildFolder(addon, (folder) =>
    compileAddon({ platform, compiler, packageFolder, library, folder }),
  );
  return installationIn(variant, packageFolder, addon);
}

async function fetchLibrary(
  platform: Platform,
  variant: Variant,
  onProgress: NonNullable<SetupOptions['onProgress']>,
): Promise<void> {
  const { library, wheels: folder } = locations(variant);
  const needed = wheels[platform.name][variant] ?? [];
  await requireDisk(variant);
  await buildFolder(library, async (partial) => {
    for (const wheel of needed) {
      const step = (verb: string) => (fraction: number) =>
        onProgress(`${verb} ${wheel.project} ${wheel.version}`, fraction);
      step('downloading')(0);
      const file = await fetchWheel(wheel, folder, step('downloading'));
      await extractWheel(file, partial, step('unpacking'));
    }
  });
  // What was wanted of them now stands unpacked: the wheels would only hold their size in the cache.
  for (const { sha256 } of needed) await rm(join(folder, `${sha256}.whl`), { force: true });
}
