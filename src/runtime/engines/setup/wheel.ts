import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MachineError } from '../../errors/errors.js';
import { hashFile } from '../../files/hash.js';
import { withPartial } from './cache.js';
import { reason, run } from './process.js';
import type { Wheel } from './releases.js';

/** How far a step has come, from 0 to 1. */
export type OnFraction = (fraction: number) => void;

/**
 * Puts the wheel into `folder`, named by its hash, unless it is there already. pip does it, since it knows the user's index,
 * proxy and certificates.
 * @returns the path of the verified file
 * @throws MachineError when pip fails, or when the file is not the pinned one
 */
export async function fetchWheel(
  wheel: Wheel,
  folder: string,
  onFraction: OnFraction,
): Promise<string> {
  const path = join(folder, `${wheel.sha256}.whl`);
  if ((await hashAt(path)) === wheel.sha256) return path;
  return withPartial(path, async (partial) => {
    const file = await download(wheel, partial, onFraction);
    const hash = await hashAt(file);
    if (hash !== wheel.sha256)
      throw new MachineError(
        `${wheel.project} ${wheel.version}: the file that was downloaded is not the pinned one ` +
          `(sha256 ${hash} instead of ${wheel.sha256}).`,
      );
    await rename(file, path);
    return path;
  });
}

async function download(wheel: Wheel, folder: string, onFraction: OnFraction): Promise<string> {
  // pip downloads into TMPDIR first: there it needs no second file system, and what has come can be measured.
  const { size } = wheel;
  const poll = setInterval(async () => {
    if (size !== undefined) onFraction(Math.min(1, (await largestFile(folder)) / size));
  }, 200);
  const outcome = await run(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--only-binary=:all:',
      '--python-version=3.13',
      '--implementation=cp',
      '--abi=cp313',
      `--platform=${wheel.platform}`,
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--progress-bar=off',
      `--dest=${folder}`,
      `${wheel.project}==${wheel.version}`,
    ],
    { env: { TMPDIR: folder } },
  ).finally(() => clearInterval(poll));
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (outcome.status !== 0 || file === undefined)
    throw new MachineError(
      `${wheel.project} ${wheel.version} could not be downloaded by pip ` +
        `(does it reach its package index?): ${reason(outcome)}`,
    );
  return join(folder, file);
}

/** Bytes of the largest file below a folder whose files come and go. */
async function largestFile(folder: string): Promise<number> {
  let largest = 0;
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of entries) {
    const entry = await stat(join(folder, name)).catch(() => null);
    if (entry?.isFile()) largest = Math.max(largest, entry.size);
  }
  return largest;
}

/** Null where there is no such file. */
async function hashAt(path: string): Promise<string | null> {
  return (await stat(path).catch(() => null)) === null ? null : hashFile(path);
}

/**
 * What is taken out of a wheel, by its path there: the C library, its C headers, NVIDIA's libraries, and the assembler and the
 * library of device code that TensorFlow looks for beside them.
 */
export const wantedFiles = `^(?:${[
  'tensorflow/libtensorflow_(?:cc|framework)\\.(?:so\\.2|2\\.dylib)',
  'tensorflow/include/(?:tensorflow/c|xla/tsl/c)/.*\\.h',
  'tensorflow/include/(?:tensorflow/core|tsl)/platform/ctstring.*\\.h',
  'nvidia/\\w+/lib/.*\\.so[.0-9]*',
  'nvidia/cuda_nvcc/(?:bin/ptxas|nvvm/libdevice/.*\\.bc)',
].join('|')})$`;

/** Streaming, and in the wheel's own layout. Python does it: pip came with it, and its zipfile checks every member's CRC. */
const extractScript = `
import os, re, sys, zipfile
file, folder, wanted = sys.argv[1:]
with zipfile.ZipFile(file) as wheel:
    members = [m for m in wheel.infolist() if re.match(wanted, m.filename)]
    total, done = sum(m.file_size for m in members) or 1, 0
    for member in members:
        path = os.path.join(folder, member.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wheel.open(member) as source, open(path, 'wb') as target:
            while chunk := source.read(1 << 24):
                target.write(chunk)
                done += len(chunk)
                print(done / total, flush=True)
        if member.external_attr >> 16 & 0o100:
            os.chmod(path, 0o755)
`;

/** @throws MachineError when the wheel cannot be read or the disk is full */
export async function extractWheel(
  wheel: string,
  folder: string,
  onFraction: OnFraction,
): Promise<void> {
  const outcome = await run('python3', ['-c', extractScript, wheel, folder, wantedFiles], {
    onLine: (line) => onFraction(Number(line)),
  });
  if (outcome.status !== 0)
    throw new MachineError(`TensorFlow's library could not be unpacked: ${reason(outcome)}`);
}
