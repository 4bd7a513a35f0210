import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { InputError } from '../errors/errors.js';
import { readJson } from '../files/disk.js';
import { layout, runPath } from '../runs/layout.js';
import { type Departures, isOwn, type Subject } from './subject.js';

/**
 * The folder that scores go to: `out`, else the run's own where they are of the run's own test, else
 * one beside, named by what is other about them. Scores of something else are never written over:
 * throws `InputError` where `out` holds any, or other files.
 */
export async function destinationOf(
  subject: Subject,
  departures: Departures,
  out: string | undefined,
): Promise<string> {
  const { run } = subject;
  const own = isOwn(departures);
  if (out === undefined) return own ? run : beside(subject, departures);
  if (own && resolve(out) === resolve(run)) return run;
  const entries = await readdir(out).catch((): string[] => []);
  const way = 'choose another folder by --out';
  if (entries.includes(layout.record)) throw new InputError(`${out} holds a run: ${way}`);
  if (entries.length > 0 && !entries.includes(layout.scores)) {
    throw new InputError(`${out} holds other files: ${way}`);
  }
  if (entries.length > 0 && !(await holdsSame(out, subject))) {
    throw new InputError(`${out} holds scores of something else: ${way}, or remove it`);
  }
  return out;
}

/** The first folder of that name, with a number behind it from the second on, that is free or holds scores of the same. */
async function beside(subject: Subject, departures: Departures): Promise<string> {
  const name = nameOf(subject, departures);
  for (let n = 1; ; n++) {
    const folder = join(runPath(subject.run, 'evaluations'), n === 1 ? name : `${name}-${n}`);
    if (!existsSync(folder) || (await holdsSame(folder, subject))) return folder;
  }
}

/** What tells evaluations of a run apart. A longer training, or another computer, is the same one anew. */
const keyOf = (subject: Partial<Subject>): string => {
  const { split, data, weights, checkpoint, ensemble = [], settings } = subject;
  const file = checkpoint && basename(checkpoint.file);
  const others = ensemble.map((one) => one.file);
  return JSON.stringify([split, data?.source, data?.sha256, weights, file, others, settings]);
};

async function holdsSame(folder: string, subject: Subject): Promise<boolean> {
  const path = runPath(folder, 'scores');
  const there = (await readJson(path).catch(() => null)) as Partial<Subject> | undefined | null;
  return there !== undefined && there !== null && keyOf(there) === keyOf(subject);
}

/** How long a name that is made of settings gets at most. */
const longest = 80;

function nameOf(
  { data: { source, root }, split, weights, checkpoint, ensemble }: Subject,
  departures: Departures,
): string {
  const file = basename(checkpoint.file, extname(checkpoint.file));
  const parts = [
    ...(departures.data ? [root === null ? source : basename(resolve(root))] : []),
    ...(departures.split ? [split] : []),
    ...(departures.weights ? [file === weights ? weights : `${weights}-${file}`] : []),
    ...(departures.ensemble ? [`ensemble-of-${ensemble.length + 1}`] : []),
    ...departures.settings.map(({ key, after }) => `${key.split('.').at(-1)}-${after}`),
  ];
  const name = parts.join('-').replace(/[^\p{L}\p{N}._]+/gu, '-');
  return name.slice(0, longest).replace(/^[.-]+|[.-]+$/g, '') || 'other';
}
