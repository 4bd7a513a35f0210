import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import type { Program } from '../../compiler/ir/graph.js';
import { EngineError } from '../errors/errors.js';
import { cacheRoot } from '../files/cache-root.js';
import type { Engine } from './engine.js';
import { openPortable } from './portable/client.js';
import { type Proof, prove } from './proof.js';
import { findPackage } from './setup/package.js';
import { platforms, type Tried, thisMachine, whyNone } from './setup/platforms.js';
import { run } from './setup/process.js';
import { type Variant, variants } from './setup/releases.js';
import { findTools, type Tools } from './setup/requirements.js';
import { findInstallation, type Verified, verify } from './setup/setup.js';
import { openTensorFlow } from './tensorflow/client.js';

/** What the machine has of what netc needs. */
export interface MachineReport {
  readonly node: string;
  readonly platform: string;
  /** Whether the TensorFlow engine was tried on this platform; null where there is none for it. */
  readonly tried: Tried | null;
  readonly cpu: { readonly model: string; readonly threads: number; readonly vectors: string[] };
  /** Names of the GPUs that NVIDIA's driver lists. */
  readonly gpus: readonly string[];
  readonly tools: Tools;
  readonly cache: string;
  /** The folder of the npm package. */
  readonly package: string | null;
  /** What `netc setup` has built. */
  readonly installed: readonly Variant[];
  /** Those of them whose files have no digests to be held to. */
  readonly unverified: readonly Variant[];
  /** By engine, a training step held to the reference, or why there is none. */
  readonly engines: Readonly<Record<'tensorflow' | 'portable', Verdict>>;
}

export type Verdict = Proof | { readonly error: string };

export async function inspect(): Promise<MachineReport> {
  const installed = await findInstalled();
  const verified = await Promise.all(installed.map(verify));
  const [vectors, gpus, tools, packageFolder, tensorflow, portable] = await Promise.all([
    vectorExtensions(),
    findGpus(),
    findTools(),
    findPackage(),
    verdictOn((program) => openWhole(program, verified)),
    verdictOn(openPortable),
  ]);
  const platform = `${process.platform}-${process.arch}`;
  return {
    node: process.version,
    platform,
    tried: triedOn(platform),
    cpu: { model: cpus()[0]?.model ?? 'unknown', threads: availableParallelism(), vectors },
    gpus,
    tools,
    cache: cacheRoot(),
    package: packageFolder,
    installed,
    unverified: verified.filter(({ known }) => !known).map(({ variant }) => variant),
    engines: { tensorflow, portable },
  };
}

function triedOn(platform: string): Tried | null {
  if (whyNone(thisMachine()) !== null) return null;
  return platforms.find(({ name }) => name === platform)?.tried ?? null;
}

async function verdictOn(open: (program: Program) => Promise<Engine>): Promise<Verdict> {
  try {
    return await prove(open);
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** TensorFlow where its files are what was installed: a damaged library may end the process that loads it. */
async function openWhole(program: Program, verified: readonly Verified[]): Promise<Engine> {
  const damage = verified.find((one) => one.damage !== null)?.damage;
  if (damage) throw new EngineError(`${damage}.`);
  return openTensorFlow(program);
}

async function findInstalled(): Promise<Variant[]> {
  const found = await Promise.all(variants.map(findInstallation));
  return variants.filter((_, i) => found[i] !== null);
}

async function findGpus(): Promise<string[]> {
  const { status, stdout } = await run('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader']);
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}

/** The vector extensions that decide which kernels oneDNN takes, and with them the bits of a result. */
async function vectorExtensions(): Promise<string[]> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = new Set(/^flags\s*:(.*)$/m.exec(text)?.[1]?.trim().split(' '));
  const known = ['avx', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile'];
  return known.filter((flag) => flags.has(flag));
}
