import { release } from 'node:os';
import { MachineError } from '../../errors/errors.js';
import { tensorFlowVersion, type Variant } from './releases.js';

export type PlatformName = 'linux-x64' | 'linux-arm64' | 'darwin-arm64';

/**
 * Whether the engine was run there: by `netc setup` and a training step on such a machine, or the same in an emulator; where
 * `no`, the recipe is written from the wheel's contents, and the binding was compiled and linked for it elsewhere.
 */
export type Tried = 'yes' | 'emulated' | 'no';

export const triedWords: Readonly<Record<Tried, string>> = {
  yes: 'tried',
  emulated: 'tried in an emulator only',
  no: 'untried',
};

/** A kind of machine that the TensorFlow engine is built for. */
export interface Platform {
  /** `process.platform` and `process.arch`. */
  readonly name: PlatformName;
  /** For people. */
  readonly title: string;
  readonly tried: Tried;
  /** Of TensorFlow's libraries in its wheel, in the order they are linked. */
  readonly libraries: readonly string[];
  readonly variants: readonly Variant[];
  /** How the tools that are missing are got. */
  readonly tools: string;
}

const linux = {
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  tools: 'on Debian and Ubuntu: apt install python3-pip g++',
} as const;

export const platforms: readonly Platform[] = [
  {
    name: 'linux-x64',
    title: 'Linux on x64',
    tried: 'yes',
    variants: ['cpu', 'gpu'],
    ...linux,
  },
  {
    name: 'linux-arm64',
    title: 'Linux on arm64',
    tried: 'emulated',
    variants: ['cpu'],
    ...linux,
  },
  {
    name: 'darwin-arm64',
    title: 'macOS on Apple silicon',
    tried: 'no',
    variants: ['cpu'],
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    tools: 'on macOS: xcode-select --install',
  },
];

/** What decides whether TensorFlow's wheels run on a machine. */
export interface Machine {
  /** As `process.platform` and `process.arch`. */
  readonly system: string;
  readonly cpu: string;
  /** The version of the C library glibc; null where there is another one. */
  readonly glibc: string | null;
  /** The kernel's version, as `os.release()`. */
  readonly kernel: string;
}

export function thisMachine(): Machine {
  const { header } = process.report.getReport() as unknown as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  return {
    system: process.platform,
    cpu: process.arch,
    glibc: header.glibcVersionRuntime ?? null,
    kernel: release(),
  };
}

/** The kernel of macOS 12, which the wheel for it asks for. */
const oldestDarwin = 21;

/** Why there is no TensorFlow engine for a machine, in one sentence; null where there is one. */
export function whyNone(machine: Machine, variant: Variant = 'cpu'): string | null {
  const { system, cpu, glibc, kernel } = machine;
  const none = (what: string, why: string): string =>
    `There is no TensorFlow engine for ${what}: ${why}.`;
  const wheelless = `TensorFlow ${tensorFlowVersion} has no wheel for it`;
  if (system === 'win32')
    return none('Windows', "netc's recipe needs Linux or macOS; WSL is Linux, and has one");
  if (system === 'darwin' && cpu === 'x64')
    return none('macOS on x64', `${wheelless}; on Apple silicon, install Node for arm64`);
  if (system === 'darwin' && Number.parseInt(kernel, 10) < oldestDarwin)
    return none('macOS before 12', `the wheel of TensorFlow ${tensorFlowVersion} asks for 12`);
  const platform = platforms.find(({ name }) => name === `${system}-${cpu}`);
  if (!platform) return none(`${system}-${cpu}`, wheelless);
  if (system === 'linux' && glibc === null)
    return none(
      'a Linux without glibc',
      "TensorFlow's wheels need glibc, this C library is another",
    );
  if (!platform.variants.includes(variant))
    return none(
      `NVIDIA GPUs on ${platform.title}`,
      `its wheel of ${tensorFlowVersion} has no CUDA`,
    );
  return null;
}

/** @throws MachineError, one line, where there is no engine for this machine */
export function requirePlatform(variant: Variant): Platform {
  const machine = thisMachine();
  const none = whyNone(machine, variant);
  if (none !== null) throw new MachineError(none);
  return platforms.find(({ name }) => name === `${machine.system}-${machine.cpu}`)!;
}
