// node test/run.mjs test/fuzz/main.ts texts|experiments|weights [--cases n] [--seed n] [--from i] [--minutes n] [--out folder]
// Tries damaged and random files, and ends with status 1 where one of them crashes netc, hangs it or is taken for whole.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mostSeconds, type Work, work } from './child.js';
import { openExperiments } from './experiments/subject.js';
import { type Finding, findingsFile, progressFile } from './progress.js';
import type { Open } from './subject.js';
import { openTexts } from './texts/subject.js';
import { findingsIn, type Summary, watch } from './watch.js';
import { openWeights } from './weights/subject.js';

const subjects: Readonly<Record<string, { readonly open: Open; readonly cases: number }>> = {
  texts: { open: openTexts, cases: 1_000_000 },
  experiments: { open: openExperiments, cases: 100_000 },
  weights: { open: openWeights, cases: 100_000 },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string' },
    out: { type: 'string' },
    /** A process that this script started. */
    work: { type: 'string' },
  },
});
const [name = ''] = positionals;
const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
if (!subject) {
  console.error(`name one of ${Object.keys(subjects).join(', ')}`);
  process.exit(2);
}
if (values.work === undefined) process.exitCode = await watched(subject.cases);
else await work(subject.open, JSON.parse(values.work));

async function watched(usual: number): Promise<number> {
  const from = Number(values.from);
  const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
  const folder = values.out ?? mkdtempSync(join(tmpdir(), `netc-fuzz-${name}-`));
  mkdirSync(folder, { recursive: true });
  for (const file of [findingsFile, progressFile]) rmSync(join(folder, file), { force: true });
  const asked: Work = {
    seed: Number(values.seed),
    from,
    to: from + Number(values.cases ?? usual),
    // JSON has no infinity.
    until: Math.min(Number.MAX_SAFE_INTEGER, Date.now() + minutes * 60_000),
    folder,
  };
  const start = (part: Work) => [process.argv[1]!, name, '--work', JSON.stringify(part)];
  const summary = await watch(start, asked, (soFar) => console.log(lineOf(soFar)));
  for (const finding of findingsIn(folder)) console.log(`\n${told(finding, folder)}`);
  console.log(`${lineOf(summary)}; seed ${values.seed}`);
  return summary.findings.length === 0 ? 0 : 1;
}

function lineOf({ cases, outcomes, slowest, findings }: Summary): string {
  const count = (...kinds: Finding['kind'][]): number =>
    findings.filter(({ kind }) => kinds.includes(kind)).length;
  const came = Object.entries(outcomes).map(([outcome, n]) => `${n} ${outcome}`);
  return [
    `${cases} ${name} (${came.join(', ')})`,
    `${count('crash', 'death')} crashes`,
    `${count('slow', 'hang')} over ${mostSeconds} s`,
    `the slowest ${slowest.seconds.toFixed(2)} s (${slowest.index})`,
  ].join(', ');
}

function told({ kind, index, name: file, what, detail }: Finding, folder: string): string {
  const again = `npm run fuzz:${name} -- --seed ${values.seed} --from ${index} --cases 1`;
  const few = detail.split('\n').slice(0, 12).join('\n');
  return `${kind}: ${what}\n${few}\n${join(folder, `${index}-${kind}-${file}`)}\n${again}`;
}
