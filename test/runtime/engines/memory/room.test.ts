import { beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import type { Program } from '../../../../src/compiler/ir/graph.js';
import type { Engine } from '../../../../src/runtime/engines/engine.js';
import { requireRoom, withRoom } from '../../../../src/runtime/engines/memory/room.js';
import { MemoryError } from '../../../../src/runtime/errors/errors.js';
import { compileFile } from '../../../../src/runtime/networks/compile-file.js';

let program: Program;
beforeAll(() => {
  const { graph } = compileFile('models/unet.net', undefined, { base: '8' });
  const optimiser = { kind: 'sgd', momentum: 0 } as const;
  program = buildProgram(graph, { loss: { kind: 'bce' }, optimiser });
});

const giga = 1e9;
const memory = (free: number) => ({ free, total: 8 * giga });
const asked = (force?: boolean) => ({ engine: 'tensorflow', program, force }) as const;
const step = (batch: number, patch: number) =>
  ({ fn: 'train', batch, height: patch, width: patch }) as const;

function refused(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(MemoryError);
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

describe('a call that needs more memory than there is', () => {
  it('is refused with the batch and the patch that fit, which do', () => {
    const message = refused(() => requireRoom(asked(false), step(64, 512), memory(2 * giga)));
    expect(message).toMatch(
      /^a training step of batch 64 and patch 512 takes about \d+ GB of memory in the tensorflow engine, and 2\.0 GB of 8\.0 GB are free: /,
    );
    const batch = Number(/: batch (\d+)/.exec(message)![1]);
    const patch = Number(/patch (\d+) would fit/.exec(message)![1]);
    expect(patch % 16).toBe(0);
    for (const [call, above] of [
      [step(batch, 512), step(batch + 1, 512)],
      [step(64, patch), step(64, patch + 16)],
    ] as const) {
      expect(requireRoom(asked(), call, memory(2 * giga))).toBeLessThanOrEqual(1);
      refused(() => requireRoom(asked(), above, memory(2 * giga)));
    }
  });

  it('is tried where that is asked for, and `--force` is named only where a command has it', () => {
    const small = memory(1e6);
    expect(requireRoom(asked(true), step(64, 512), small)).toBeGreaterThan(1);
    expect(refused(() => requireRoom(asked(false), step(2, 32), small))).toMatch(/--force/);
    expect(refused(() => requireRoom(asked(), step(2, 32), small))).not.toMatch(/--force/);
  });

  it('has no batch and no patch that fits where the network alone is too large', () => {
    expect(refused(() => requireRoom(asked(false), step(2, 32), memory(1e6)))).toMatch(
      /no batch and no patch would fit: make the network smaller/,
    );
  });
});

describe('an engine that looks at the memory before each call', () => {
  const image = (n: number, size: number) => ({
    shape: [n, size, size, 3],
    // The engine is not asked, so that nobody reads it.
    data: new Float32Array(0),
  });

  it('refuses a call that is too large, and passes on the others', async () => {
    const calls: string[] = [];
    const engine = {
      name: 'portable',
      call: async (fn: string) => {
        calls.push(fn);
        return {};
      },
    } as unknown as Engine;
    const guarded = withRoom(engine, program, false);
    await guarded.call('predict', { image: image(1, 32) });
    await expect(guarded.call('predict', { image: image(4096, 8192) })).rejects.toThrow(
      /a prediction of 4096 tiles of 8192x8192 takes about [\d.]+ [TP]B/,
    );
    expect(calls).toEqual(['predict']);
  });
});
