import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/runtime/files/hash.js';
import { runPath } from '../../../src/runtime/runs/layout.js';
import { thresholdOfRun } from '../../../src/runtime/runs/scores.js';
import { weightsOfRun } from '../../../src/runtime/runs/weights-of-run.js';
import { testFolder } from '../data/folder.js';

const { root } = testFolder();
const chosen = { threshold: 'validation' } as const;

const trained = async (name: 'best' | 'last', weights: string): Promise<void> => {
  await mkdir(dirname(runPath(root(), name)), { recursive: true });
  await writeFile(runPath(root(), name), weights);
};

/** The scores that `netc evaluate` would leave for these weights. */
const scored = (weights: 'best' | 'last', content: string, thresholdFrom = 'validation') => {
  const checkpoint = { file: runPath(root(), weights), step: 1, sha256: sha256(content) };
  const measured = { metrics: {}, mean: {}, perImage: [] };
  const scores = { threshold: 0.25, thresholdFrom, weights, checkpoint, ...measured };
  return writeFile(runPath(root(), 'scores'), JSON.stringify(scores));
};

const threshold = (wanted?: 'best' | 'last') =>
  thresholdOfRun(root(), chosen, weightsOfRun(root(), wanted));

describe("a run's threshold", () => {
  it('is the fixed one, whatever was chosen', async () => {
    await trained('best', 'a');
    await scored('best', 'a');
    expect(await thresholdOfRun(root(), { threshold: 0.5 }, weightsOfRun(root()))).toBe(0.5);
  });

  it('is the chosen one for the weights it was chosen for', async () => {
    await trained('best', 'a');
    await expect(threshold()).rejects.toThrow(/is not chosen yet: run `netc evaluate /);
    await scored('best', 'a', 'fixed');
    await expect(threshold()).rejects.toThrow(/is not chosen yet/);
    await scored('best', 'a');
    expect(await threshold()).toBe(0.25);
  });

  it('is not taken over by weights that came later, nor by others of the run', async () => {
    await trained('best', 'a');
    await scored('best', 'a');
    await trained('best', 'b');
    await expect(threshold()).rejects.toThrow(
      /was chosen for other weights than .*best\.safetensors: run `netc evaluate .* again/,
    );
    await trained('best', 'a');
    await trained('last', 'b');
    expect(await threshold()).toBe(0.25);
    await expect(threshold('last')).rejects.toThrow(
      /was chosen for other weights than .*last\.safetensors: give one by --threshold/,
    );
  });
});
