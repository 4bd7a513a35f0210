import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportNetwork, exportTargets } from '../../src/runtime/export/export-network.js';
import type { Metadata } from '../../src/runtime/export/metadata.js';
import { compileFile } from '../../src/runtime/networks/compile-file.js';
import { fencesOf, textOf } from './fences.js';

const page = 'docs/export.md';
const shown = fencesOf(page).find(({ label }) => label === 'json')!;

it('docs/export.md shows the metadata that an export has', async () => {
  const said = JSON.parse(shown.text) as Metadata;
  const { included, ...preprocessing } = said.preprocessing!;
  const folder = await mkdtemp(join(tmpdir(), 'netc-docs-export-'));
  await exportNetwork({
    network: compileFile('models/unet.net', undefined, { base: '2', inputs: '1' }),
    weights: { seed: 1 },
    target: 'savedmodel',
    folder,
    version: said.netc,
    run: {
      scored: 'mask',
      preprocessing,
      images: { classes: ['vessel'], channels: 3, fov: true },
      threshold: said.threshold,
      postprocess: said.postprocess,
    },
    preprocessing: included,
  });
  const written = JSON.parse(await readFile(join(folder, 'netc.json'), 'utf8'));
  await rm(folder, { recursive: true });
  expect(written).toEqual(said);
  expect(Object.keys(written)).toEqual(Object.keys(said));
});

it('docs/export.md has a row for each form', () => {
  const rows = [...textOf(page).matchAll(/^\| `(\w+)` \| `[\w.]+`/gm)].map(([, form]) => form);
  expect(rows).toEqual([...exportTargets]);
});
