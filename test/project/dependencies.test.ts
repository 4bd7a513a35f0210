import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const { bundle } = await import(new URL('../../scripts/bundle.mjs', import.meta.url).href);
const { productionPackages } = await import(
  new URL('../../scripts/licences/packages.mjs', import.meta.url).href
);

const read = (path: string): string => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('package.json'));
const packages: readonly { name: string; version: string; licence: string }[] = productionPackages(
  JSON.parse(read('package-lock.json')),
);

describe('docs/dependencies.md', () => {
  const [installed = '', development = ''] = read('docs/dependencies.md').split(/^## /m).slice(1);
  const rowsOf = (section: string) =>
    [...section.matchAll(/^\| `([^`]+)` \| (.+?) \|/gm)].map(([, name, why]) => ({ name, why }));

  it('says of each direct dependency what it is for, and of no other', () => {
    const { dependencies, optionalDependencies } = manifest;
    const names = Object.keys({ ...dependencies, ...optionalDependencies });
    expect(rowsOf(installed).map(({ name }) => name)).toEqual(names);
  });

  it('says of each package of the development what it is for', () => {
    const names = Object.keys(manifest.devDependencies);
    expect(rowsOf(development).map(({ name }) => name)).toEqual(names);
  });
});

describe('the dependencies', () => {
  it('are pinned', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    const all: Record<string, string> = {
      ...dependencies,
      ...optionalDependencies,
      ...devDependencies,
    };
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('are under licences that docs/dependencies.md names', () => {
    const permissive = /^(MIT|ISC|0BSD|Unlicense|Apache-2\.0|BSD-[23]-Clause)$/;
    const partsOf = (licence: string) => licence.replace(/[()]/g, '').split(/ (?:AND|OR) /);
    const others = packages.filter(
      ({ licence }) => !partsOf(licence).every((part) => permissive.test(part)),
    );
    const isKnown = (name: string) => name.startsWith('@img/sharp-');
    expect(others.filter(({ name }) => !isKnown(name))).toEqual([]);
    expect(new Set(others.map(({ licence }) => licence))).toEqual(
      new Set([
        'LGPL-3.0-or-later',
        'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
        'Apache-2.0 AND LGPL-3.0-or-later',
      ]),
    );
  });

  it('are outside of the package, but for chevrotain and what is in it', async () => {
    const { metafile } = await build({ ...bundle, write: false, metafile: true });
    const inside = Object.keys(metafile!.inputs).filter((path) => path.includes('node_modules'));
    expect(inside).toEqual([expect.stringMatching(/node_modules\/chevrotain\/.*\.min\.mjs$/)]);
  });
});

describe('THIRD-PARTY-LICENSES', () => {
  const text = read('THIRD-PARTY-LICENSES');
  const rows = [...text.matchAll(/^ *(\d+) {2}(\S+) (\S+) {2}(.+)$/gm)].map(
    ([, number, name, version, licence]) => ({ number: Number(number), name, version, licence }),
  );

  it('has every package that the lock file installs, as it has it', () => {
    const expected = packages.map(({ name, version, licence }) => ({ name, version, licence }));
    expect(rows.map(({ number: _, ...one }) => one)).toEqual(expected);
  });

  it('has the text of the licence of each', () => {
    const sections = text.split(/^={100}\n(?=\d+\. )/m).slice(1);
    const missing = rows.filter(({ number, name, version }) => {
      const [head = '', body = ''] = (sections[number - 1] ?? '').split(/\n={100}\n/);
      const isNamed = head
        .replace(/^\d+\. /, '')
        .split(', ')
        .includes(`${name} ${version}`);
      const grants = /permission|licen[cs]e|redistribut|public domain/i.test(body);
      return !isNamed || !grants || body.length < 400;
    });
    expect(missing).toEqual([]);
  });
});
