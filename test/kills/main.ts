// node test/run.mjs test/kills/main.ts [--kills n] [--minutes n] [--seed n] [--from i] [--engine portable|tensorflow]
//   [--only runs|ablations]
// Kills trainings, scorings and ablations at moments of every phase, lets them go on, and ends with status 1 where one does not end
// to the byte as one that was never interrupted. By default 200 kills, half of them on each engine that is there.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findInstallation } from '../../src/runtime/engines/setup/setup.js';
import { Dice } from '../compiler/format/dice.js';
import { killAblation, killRun, type Outcome, wholeRuns } from './chains.js';
import { experimentFolder } from './files.js';
import type { Kill } from './netc.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    minutes: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
    from: { type: 'string', default: '0' },
    engine: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);

const hasTensorFlow = (await findInstallation('cpu')) !== null;
const engines = values.engine
  ? [values.engine]
  : ['portable', ...(hasTensorFlow ? ['tensorflow'] : [])];
let faults = 0;
for (const engine of engines)
  faults += await onEngine(engine, Number(values.kills) / engines.length);
process.exitCode = faults > 0 ? 1 : 0;

/** Every fifth is an ablation. How many did not end as they should. */
async function onEngine(engine: string, wanted: number): Promise<number> {
  const until = Date.now() + (Number(values.minutes) * 60_000) / engines.length;
  const folder = experimentFolder(engine);
  const whole = await wholeRuns(folder, values.only !== 'runs');
  const kills: Kill[] = [];
  let [runs, bad, said] = [0, 0, Date.now()];
  for (let i = Number(values.from); kills.length < wanted && Date.now() < until; i++, runs++) {
    const dice = new Dice(Math.imul(seed, 0x9e3779b1) + Math.imul(i, 0x85ebca6b));
    const isAblation = values.only ? values.only === 'ablations' : i % 5 === 4;
    const outcome = await (isAblation ? killAblation : killRun)(`run-${i}`, whole, dice);
    kills.push(...outcome.kills);
    if (Date.now() - said > 60_000) {
      said = Date.now();
      console.log(`${engine}: ${kills.length} kills, ${bad} runs not as they would have been`);
    }
    if (outcome.faults.length === 0) continue;
    bad++;
    tell(i, outcome, engine, folder);
  }
  console.log(
    `${engine}: ${kills.length} kills of ${runs} runs and ablations, ${bad} not as they would have been; seed ${seed}`,
  );
  console.log(tableOf(kills));
  if (bad === 0) rmSync(folder, { recursive: true });
  return bad;
}

function tell(i: number, { kills, faults }: Outcome, engine: string, folder: string): void {
  for (const kill of kills) console.log(`killed: ${JSON.stringify(kill)}`);
  for (const fault of faults) console.log(fault);
  console.log(
    `${folder}/run-${i}: npm run test:kills -- --seed ${seed} --from ${i} --kills 1 --engine ${engine}\n`,
  );
}

/** How many kills were of each phase. */
function tableOf(kills: readonly Kill[]): string {
  const counts = new Map<string, number>();
  for (const { command, phase, signal } of kills) {
    const name = `${command} ${phase} ${signal}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${String(count).padStart(5)}  ${name}`)
    .join('\n');
}
