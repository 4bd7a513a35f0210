import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Wheel } from '../../../../src/runtime/engines/setup/releases.js';
import { extractWheel, fetchWheel } from '../../../../src/runtime/engines/setup/wheel.js';
import { MachineError } from '../../../../src/runtime/errors/errors.js';
import { fakeMachine } from './fake-tools.js';

const content = 'the pinned file';
const wheel: Wheel = {
  project: 'tensorflow-cpu',
  version: '2.21.0',
  platform: 'manylinux_2_27_x86_64',
  sha256: createHash('sha256').update(content).digest('hex'),
};

/** A pip that notes each call and "downloads" the text into its `--dest`. */
const pipThatGives = (text: string): string =>
  `for a; do case $a in --dest=*) dest=\${a#--dest=};; esac; done
  echo called >> "$XDG_CACHE_HOME.calls"
  printf '%s' '${text}' > "$dest/tensorflow_cpu.whl"`;

const ignore = (): void => {};

test('a wheel is downloaded once and kept under its hash', async () => {
  const { folder, cache } = await fakeMachine({ python3: pipThatGives(content) });
  const first = await fetchWheel(wheel, cache, ignore);
  const second = await fetchWheel(wheel, cache, ignore);
  expect(await readFile(first, 'utf8')).toBe(content);
  expect(second).toBe(first);
  expect(await readFile(join(folder, 'cache.calls'), 'utf8')).toBe('called\n');
});

test('a file with another hash is refused and not kept', async () => {
  const { cache } = await fakeMachine({ python3: pipThatGives('another file') });
  const fetched = fetchWheel(wheel, cache, ignore);
  await expect(fetched).rejects.toThrow(MachineError);
  await expect(fetched).rejects.toThrow(`instead of ${wheel.sha256}`);
  expect(await readdir(cache)).toEqual([]);
});

test('a wheel that was damaged in the cache is downloaded again', async () => {
  const { cache } = await fakeMachine({ python3: pipThatGives(content) });
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, `${wheel.sha256}.whl`), 'the pinned fi');
  expect(await readFile(await fetchWheel(wheel, cache, ignore), 'utf8')).toBe(content);
});

test('what a killed download left is swept away', async () => {
  const { cache } = await fakeMachine({ python3: pipThatGives(content) });
  await mkdir(join(cache, `${wheel.sha256}.whl.partial-${2 ** 22 + 1}`), { recursive: true });
  await fetchWheel(wheel, cache, ignore);
  expect(await readdir(cache)).toEqual([`${wheel.sha256}.whl`]);
});

test("where the network is missing, pip's own reason is given in one line", async () => {
  const script = "echo 'WARNING: Retrying' >&2; echo 'ERROR: No matching distribution' >&2; exit 1";
  const { cache } = await fakeMachine({ python3: script });
  await expect(fetchWheel(wheel, cache, ignore)).rejects.toThrow(
    /^tensorflow-cpu 2\.21\.0 could not be downloaded by pip \(.*\): ERROR: No matching distribution$/,
  );
});

test('the library, its C headers and the CUDA libraries come out of a wheel, and nothing else', async () => {
  const { folder } = await fakeMachine({});
  const kept = [
    'nvidia/cuda_nvcc/bin/ptxas',
    'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc',
    'nvidia/cudnn/lib/libcudnn.so.9',
    'tensorflow/include/tensorflow/c/c_api.h',
    'tensorflow/include/tsl/platform/ctstring.h',
    'tensorflow/libtensorflow_cc.2.dylib',
    'tensorflow/libtensorflow_cc.so.2',
  ];
  const left = ['tensorflow/include/Eigen/Core', 'tensorflow/python/ops.py', 'nvidia/__init__.py'];
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    for name in sys.argv[2:]: wheel.writestr(name, name * 1000)`;
  const file = join(folder, 'made.whl');
  await promisify(execFile)('python3', ['-c', script, file, ...kept, ...left]);

  const fractions: number[] = [];
  const target = join(folder, 'out');
  await extractWheel(file, target, (fraction) => fractions.push(fraction));
  const found = await readdir(target, { recursive: true, withFileTypes: true });
  expect(found.filter((entry) => entry.isFile())).toHaveLength(kept.length);
  for (const name of kept)
    expect(await readFile(join(target, name), 'utf8')).toBe(name.repeat(1000));
  expect(fractions.at(-1)).toBe(1);
});

test('a wheel cut short is refused', async () => {
  const { folder } = await fakeMachine({});
  await writeFile(join(folder, 'cut.whl'), 'PK');
  await expect(extractWheel(join(folder, 'cut.whl'), folder, ignore)).rejects.toThrow(
    /could not be unpacked: .*BadZipFile/,
  );
});
