import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { buildFolder, locations } from '../../../../src/runtime/engines/setup/cache.js';
import { findInstallation, setup } from '../../../../src/runtime/engines/setup/setup.js';
import { MachineError } from '../../../../src/runtime/errors/errors.js';
import { fakeMachine } from './fake-tools.js';

const python = 'echo pip 25';
/** A compiler that answers `--version`, and otherwise writes what comes after `-o`. */
const compiler = `[ "$1" = --version ] && echo c++ 12 && exit
while [ "$1" != -o ]; do shift; done; echo object > "$2"`;

test('what is missing is named in one line', async () => {
  await fakeMachine({}, { only: true });
  const failed = setup({ variant: 'cpu' });
  await expect(failed).rejects.toThrow(MachineError);
  await expect(failed).rejects.toThrow(
    /^The TensorFlow engine cannot be set up here without python3 with pip and a C\+\+ compiler \(.*\)\.$/,
  );
});

test('python3 without pip is as good as missing; what is there is not named', async () => {
  await fakeMachine({ python3: 'exit 1', 'c++': compiler }, { only: true });
  await expect(setup({ variant: 'cpu' })).rejects.toThrow(/without python3 with pip \(/);
});

test('a compiler that fails is quoted', async () => {
  const broken = '[ "$1" = --version ] && exit; echo "fatal error: no such header" >&2; exit 1';
  await fakeMachine({ python3: python, 'c++': broken });
  await makeLibrary();
  await expect(setup({ variant: 'cpu' })).rejects.toThrow(
    /could not be compiled by c\+\+: fatal error: no such header/,
  );
});

test('where the library is there, only the binding is compiled; after that, nothing is done', async () => {
  await fakeMachine({ python3: python, 'c++': compiler });
  await makeLibrary();
  expect(await findInstallation('cpu')).toBeNull();
  const onProgress = vi.fn();
  const installation = await setup({ variant: 'cpu', onProgress });
  expect(onProgress.mock.calls).toEqual([['compiling the binding', 0]]);
  expect(await setup({ variant: 'cpu', onProgress })).toEqual(installation);
  expect(onProgress).toHaveBeenCalledTimes(1);
});

test.each([
  ['with', compiler, true],
  [
    'without, where the compiler fails on them,',
    `case "$*" in *loops.cc*) exit 1;; esac; ${compiler}`,
    false,
  ],
])("the engine is set up %s netc's own operations", async (_, script, kernels) => {
  await fakeMachine({ python3: python, 'c++': script });
  await makeLibrary();
  expect(await setup({ variant: 'cpu' })).toMatchObject({ kernels });
  expect(await findInstallation('cpu')).toMatchObject({ kernels });
});

test('a library cut short is not taken for one', async () => {
  await fakeMachine({ python3: 'case $* in *download*) exit 1;; esac', 'c++': compiler });
  await makeLibrary();
  await setup({ variant: 'cpu' });
  await writeFile(join(locations('cpu').library, 'libtensorflow_cc.so.2'), 'hal');
  expect(await findInstallation('cpu')).toBeNull();
  await expect(setup({ variant: 'cpu' })).rejects.toThrow(/could not be downloaded/);
});

const makeLibrary = (): Promise<void> =>
  buildFolder(locations('cpu').library, (folder) =>
    writeFile(join(folder, 'libtensorflow_cc.so.2'), 'half a million operations'),
  );
