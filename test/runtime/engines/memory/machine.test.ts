import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freeMemory } from '../../../../src/runtime/engines/memory/machine.js';

const mebi = 2 ** 20;
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A system whose kernel says so. */
function systemOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'netc-machine-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const meminfo = 'MemTotal:  9000000 kB\nMemFree:  10 kB\nMemAvailable:  300000 kB\n';

describe('the memory that is free', () => {
  it('is what the machine has available, caches of files among it', () => {
    expect(freeMemory(systemOf({ 'proc/meminfo': meminfo })).free).toBe(300000 * 1024);
  });

  it('is what the control group leaves where that is less, its caches given back', () => {
    const root = systemOf({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '0::/batch/job\n',
      'sys/fs/cgroup/batch/job/memory.max': `${100 * mebi}\n`,
      'sys/fs/cgroup/batch/job/memory.current': `${60 * mebi}\n`,
      'sys/fs/cgroup/batch/job/memory.stat': `anon 5\ninactive_file ${10 * mebi}\nactive_file ${5 * mebi}\n`,
    });
    expect(freeMemory(root)).toEqual({ free: 55 * mebi, total: 100 * mebi });
  });

  it('is that of a group around it where that has less', () => {
    const root = systemOf({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '0::/batch/job\n',
      'sys/fs/cgroup/batch/job/memory.max': 'max\n',
      'sys/fs/cgroup/batch/job/memory.current': '1\n',
      'sys/fs/cgroup/batch/memory.max': `${20 * mebi}\n`,
      'sys/fs/cgroup/batch/memory.current': `${4 * mebi}\n`,
    });
    expect(freeMemory(root)).toEqual({ free: 16 * mebi, total: 20 * mebi });
  });

  it('is that of a container under the first version, which sees its own group as the root', () => {
    const root = systemOf({
      'proc/meminfo': meminfo,
      'proc/self/cgroup': '5:cpu:/docker/1\n4:memory:/docker/1\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': `${50 * mebi}\n`,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': `${30 * mebi}\n`,
      'sys/fs/cgroup/memory/memory.stat': `cache 1\ntotal_inactive_file ${8 * mebi}\n`,
    });
    expect(freeMemory(root)).toEqual({ free: 28 * mebi, total: 50 * mebi });
  });
});
