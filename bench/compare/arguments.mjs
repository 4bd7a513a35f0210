// The command line of `npm run bench`.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { peers, workloads } from './workloads.mjs';

const usage = `npm run --silent bench -- [options] > bench/results.md
  --workloads a,b   of ${workloads.map(({ name }) => name).join(', ')}
  --peers a,b       of ${Object.keys(peers).join(', ')}
  --only train      or predict
  --rounds n        bursts of each side; 7 if left out
  --threads n       of one operation; as many as there are cores if left out
  --json FILE       all figures`;

/** Exits with 2 where the command line is at fault. */
export function readArguments(given) {
  try {
    return settingsOf(given);
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage}\n`);
    return process.exit(2);
  }
}

function settingsOf(args) {
  const text = { type: 'string' };
  const names = ['workloads', 'peers', 'only', 'rounds', 'threads', 'json'];
  const options = Object.fromEntries(names.map((name) => [name, text]));
  const { values } = parseArgs({ args, options });
  const byName = Object.fromEntries(workloads.map((workload) => [workload.name, workload]));
  const calls = { train: ['train'], predict: ['predict'], both: ['train', 'predict'] };
  return {
    workloads: chosen('--workloads', values.workloads, byName),
    names: chosen('--peers', values.peers, keysOf(peers)),
    calls: chosen('--only', values.only ?? 'both', calls)[0],
    rounds: wholeNumber('--rounds', values.rounds ?? 7),
    threads: wholeNumber('--threads', values.threads ?? availableParallelism()),
    json: values.json,
  };
}

function wholeNumber(option, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`${option} is a whole number from 1, not ${text}`);
}

const keysOf = (table) => Object.fromEntries(Object.keys(table).map((key) => [key, key]));

/** The entries that a list of names asks for, in the table's order; all where there is none. */
export function chosen(option, list, table) {
  if (list === undefined) return Object.values(table);
  const names = list.split(',');
  const unknown = names.filter((name) => !Object.hasOwn(table, name));
  if (unknown.length > 0)
    throw new RangeError(
      `${option} does not know ${unknown.join(', ')}; it takes ${Object.keys(table).join(', ')}`,
    );
  return Object.keys(table).flatMap((name) => (names.includes(name) ? [table[name]] : []));
}
