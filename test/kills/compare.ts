import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Of what lies in them depends on when and where the run was made; that they are there is compared. */
const timely = /^(run\.json|experiment\.yaml|report\.html|curves\.svg)$/;
/** One file a session; and what a killed process was writing, hidden beside its place. */
const ignored = /^tensorboard(\/|$)|(^|\/)\.[^/]*\.[0-9a-f]{8}$/;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile() && !ignored.test(name))
    .sort();

/**
 * The files of a run that are not as they are in one that was never interrupted, each with how.
 * @param folder that both are named from, as the commands that made them named them
 */
export function differencesOf(folder: string, run: string, whole: string): string[] {
  const [found, wanted] = [filesIn(join(folder, run)), filesIn(join(folder, whole))];
  const missing = wanted
    .filter((name) => !found.includes(name))
    .map((name) => `${name} is missing`);
  const added = found
    .filter((name) => !wanted.includes(name))
    .map((name) => `${name} is left over`);
  const others = wanted
    .filter((name) => found.includes(name) && !timely.test(name))
    .filter((name) => !contentOf(folder, run, name).equals(contentOf(folder, whole, name)))
    .map((name) => `${name} is another`);
  return [...missing, ...added, ...others];
}

/** The bytes of a file, without what a clock or the run's name put there. */
function contentOf(folder: string, run: string, name: string): Buffer {
  const bytes = readFileSync(join(folder, run, name));
  if (!/\.(jsonl?|csv)$/.test(name)) return bytes;
  const text = bytes.toString().replaceAll(/"seconds":[^,}]*/g, '"seconds":0');
  return Buffer.from(text.replaceAll(new RegExp(`(?<=[",/])${run}(?=[",/])`, 'g'), 'RUN'));
}
