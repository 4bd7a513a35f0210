import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { EngineError } from '../errors/errors.js';
import type { Engine } from './engine.js';

/** The instructions by which a CPU multiplies bfloat16, as Linux names them; without them it is slower than float32. */
const instructions = ['avx512_bf16', 'amx_bf16'];

/**
 * Whether this machine trains faster in mixed precision, as measured in docs/performance.md.
 * @throws EngineError with the reason where it does not
 */
export async function requireHalf(engine: Pick<Engine, 'name' | 'description'>): Promise<void> {
  const reason = whyNoHalf(engine, await cpuFlags());
  if (reason === null) return;
  throw new EngineError(
    `Mixed precision is of no use here: ${reason}. Write \`precision: float32\`, or train on a GPU.`,
  );
}

/** Null where there is no reason against it. `flags` are those of the CPU. */
export function whyNoHalf(
  { name, description }: Pick<Engine, 'name' | 'description'>,
  flags: readonly string[],
): string | null {
  if (name === 'reference') return 'the reference engine computes in float64 alone';
  if (name === 'portable') return 'the portable engine computes in float32 alone';
  if (description.includes('netc kernels'))
    return "netc's own convolutions in float32 take less time than TensorFlow's in bfloat16";
  if (description.endsWith('GPU') || instructions.some((one) => flags.includes(one))) return null;
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return `this CPU (${model}) has no instructions for bfloat16 (${instructions.join(' or ')}), without which a step takes longer than in float32`;
}

/** None where nobody says. */
async function cpuFlags(): Promise<readonly string[]> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const [, flags = ''] = /^flags\s*:(.*)$/m.exec(text) ?? [];
  return flags.trim().split(/\s+/);
}
