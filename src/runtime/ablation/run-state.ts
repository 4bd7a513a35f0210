import { existsSync } from 'node:fs';
import { openDataset } from '../data/dataset.js';
import { manifestOf } from '../data/manifest.js';
import { identityOf, startHash } from '../runs/identity.js';
import { runPath } from '../runs/layout.js';
import { readRecord } from '../runs/record.js';
import { outdatedStep } from '../runs/scored-step.js';
import { readScores } from '../runs/scores.js';
import type { PlannedRun } from './ablation.js';

/** How far a run is: not begun, or of another experiment; begun; trained; scored. */
export type RunState = 'none' | 'begun' | 'trained' | 'done';

/** How far a run is by what lies in its folder. */
export async function stateOf(folder: string, identity: string): Promise<RunState> {
  const kept = await readRecord(folder);
  if (kept.identity !== identity) return 'none';
  // A training that was killed at its very end has left its lock, which the next one removes.
  if (!kept.usage || existsSync(runPath(folder, 'lock'))) return 'begun';
  // What `netc evaluate` writes last: a run whose scoring was interrupted has scores without it.
  if (!existsSync(runPath(folder, 'report'))) return 'trained';
  const scored = await readScores(folder);
  return scored && (await outdatedStep(folder, scored)) === undefined ? 'done' : 'trained';
}

/** The identity of each run. Reads the images of each dataset once. */
export async function identitiesOf(
  runs: readonly PlannedRun[],
): Promise<ReadonlyMap<PlannedRun, string>> {
  const hashes = new Map<string, string>();
  const identities = new Map<PlannedRun, string>();
  for (const run of runs) {
    const { data } = run.experiment;
    const key = JSON.stringify(data);
    const hash = hashes.get(key) ?? (await manifestOf(await openDataset(data), data)).hash;
    hashes.set(key, hash);
    identities.set(
      run,
      identityOf(run.experiment, run.network, hash, await startHash(run.experiment)),
    );
  }
  return identities;
}
