import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileAddon } from '../../../../src/runtime/engines/setup/addon.js';
import { platforms } from '../../../../src/runtime/engines/setup/platforms.js';
import { type Wheel, wheels } from '../../../../src/runtime/engines/setup/releases.js';
import { wantedFiles } from '../../../../src/runtime/engines/setup/wheel.js';
import { fakeMachine } from './fake-tools.js';

// The recipe against what the wheels hold, none of them downloaded: `scripts/wheel-files.mjs` wrote that down.

interface Contents {
  readonly sha256: string;
  readonly size: number;
  /** The lines of the wheel's RECORD about the files that are taken out of it, but for headers. */
  readonly record: readonly string[];
  /** By header, the headers it includes. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

const known: Readonly<Record<string, Contents>> = JSON.parse(
  await readFile('test/fixtures/wheels.json', 'utf8'),
);
const contentsOf = ({ project, version, platform }: Wheel): Contents =>
  known[`${project} ${version} ${platform}`]!;
const filesOf = (wheel: Wheel): string[] =>
  contentsOf(wheel).record.map((line) => line.slice(0, line.indexOf(',')));

const packageFolder = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'),
);

/** The headers of TensorFlow that the binding's own sources include. */
async function includedByBinding(): Promise<string[]> {
  const folder = join(packageFolder, 'binding');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const found = texts.flatMap((text) =>
    [...text.matchAll(/^#include "(tensorflow\/[^"]+)"/gm)].map(([, header]) => header!),
  );
  return [...new Set(found)];
}

/** A compiler that writes what it was asked for, a line a call. */
const recorder = `[ "$1" = --version ] && exit
echo "$@" >> calls
while [ "$1" != -o ]; do shift; done; echo object > "$2"`;

const variantsOf = platforms.flatMap((platform) =>
  platform.variants.map((variant) => ({
    platform,
    variant,
    title: `${platform.title}, ${variant}`,
  })),
);

describe.each(variantsOf)('the recipe for $title', ({ platform, variant }) => {
  const recipe = wheels[platform.name][variant]!;
  const [tensorFlow] = recipe;

  it('pins each wheel by the hash of the file that was looked into', () => {
    for (const wheel of recipe) {
      expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(contentsOf(wheel)).toMatchObject({ sha256: wheel.sha256 });
      if (wheel.size !== undefined) expect(wheel.size).toBe(contentsOf(wheel).size);
    }
  });

  it('takes something out of each wheel', () => {
    const wanted = new RegExp(wantedFiles);
    for (const wheel of recipe) {
      expect(filesOf(wheel).length, wheel.project).toBeGreaterThan(0);
      for (const file of filesOf(wheel)) expect(file).toMatch(wanted);
    }
  });

  it('links libraries that are in the wheel', async () => {
    const { folder, cache } = await fakeMachine({ 'c++': recorder });
    const library = join(cache, 'library');
    await mkdir(library, { recursive: true });
    await compileAddon({ platform, compiler: 'c++', packageFolder, library, folder });
    const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
    const link = calls.at(-1)!.split(' ');
    const named = link
      .map((option) => basename(option.replace(/^-l:/, '')))
      .filter((name) => name.startsWith('libtensorflow'));
    expect(named).toHaveLength(2);
    for (const name of named) expect(filesOf(tensorFlow!)).toContain(`tensorflow/${name}`);
    // The addon finds them beside its own folder, by the words of the platform's loader.
    const origin = platform.name.startsWith('darwin') ? '@loader_path' : '$ORIGIN';
    expect(link.join(' ')).toContain(`${origin}/../library/tensorflow`);
  });

  it('unpacks every header that the binding includes, directly or through another', async () => {
    const { headers } = contentsOf(tensorFlow!);
    const reached = new Set<string>();
    const waiting = await includedByBinding();
    expect(waiting.length).toBeGreaterThan(3);
    for (let header = waiting.pop(); header; header = waiting.pop()) {
      if (reached.has(header)) continue;
      reached.add(header);
      const path = `tensorflow/include/${header}`;
      expect(Object.keys(headers)).toContain(path);
      expect(path).toMatch(new RegExp(wantedFiles));
      waiting.push(...headers[path]!);
    }
    expect(reached.size).toBeGreaterThan(8);
  });
});

it('a wheel is not known by another name', () => {
  const all = Object.values(wheels).flatMap((variants) => Object.values(variants).flat());
  expect(Object.keys(known)).toHaveLength(all.length);
});
