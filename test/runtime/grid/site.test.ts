import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSite } from '../../../src/runtime/grid/site.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-site-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function site(text: string) {
  const path = join(folder, 'site.yaml');
  await writeFile(path, text);
  return openSite(path);
}

describe("a site's file", () => {
  it('fills in what it does not say', async () => {
    const { slurm, ray, setup } = await site('slurm: {partition: gpu}\n');
    expect(slurm).toMatchObject({ partition: 'gpu', account: null, options: [] });
    expect([ray.address, setup]).toEqual(['http://127.0.0.1:8265', []]);
  });

  it('may be empty, and may be absent where it is not named', async () => {
    expect((await site('')).slurm.partition).toBeNull();
    expect(openSite(undefined, '').slurm.partition).toBeNull();
    expect(() => openSite(join(folder, 'other.yaml'))).toThrow(/other\.yaml is missing/);
  });

  it('is the one that NETC_SITE names', async () => {
    await site('container: apptainer exec netc.sif\n');
    expect(openSite(undefined, join(folder, 'site.yaml')).container).toBe(
      'apptainer exec netc.sif',
    );
  });

  it.each([
    ['slurm: {partion: gpu}', /slurm has no key partion/],
    ['resources: {memory: 8}', /resources\.memory/],
    ['resources: {memory: eight}', /memory, such as 8G or 2500M/],
    ['resources: {time: 8h}', /a time as hours:minutes:seconds/],
  ])('%s is refused', async (text, told) => {
    await expect(site(text)).rejects.toThrow(told);
  });
});
