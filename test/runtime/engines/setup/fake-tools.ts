import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, vi } from 'vitest';

const folders: string[] = [];

/**
 * An empty cache, and a PATH with the given shell scripts before everything else (`only`: instead of it) until the test
 * ends.
 */
export async function fakeMachine(
  tools: Readonly<Record<string, string>>,
  { only = false } = {},
): Promise<{ readonly folder: string; readonly cache: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'netc-test-'));
  folders.push(folder);
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(tools)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', only ? bin : `${bin}${delimiter}${process.env.PATH}`);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('CXX', undefined);
  return { folder, cache: join(folder, 'cache', 'netc') };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
