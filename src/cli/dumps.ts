import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type After, type Look, type Stage, stages } from '../compiler/compile.js';
import { didYouMean } from '../compiler/diagnostics/suggest.js';
import { programFunctions } from '../compiler/gradient/functions.js';
import { print } from '../compiler/ir/print.js';
import { printTree } from '../compiler/syntax/print-tree.js';
import { writeAtomically } from '../runtime/files/disk.js';
import { printText } from './output.js';

const names = stages.map(({ name }) => name);

/** A stage as it is given: those of `predict` may go without the function. */
const stageOf = (given: string): Stage | undefined =>
  [given, `predict/${given}`].flatMap(
    (name) => stages.find((stage) => stage.name === name) ?? [],
  )[0];

/** What `--dump-after` takes, the functions of a program with theirs in braces. */
const known = [
  ...stages.filter(({ fn }) => fn === null).map(({ name }) => name),
  ...programFunctions.map(
    ({ name, stages: own }) => `${name}/{${own.map((stage) => stage.name).join(', ')}}`,
  ),
];

export const dumpableSteps = `${known.join(', ')}; predict/ may be left out`;

/** A value of `--dump-after`, beside those given before it. */
export function parseStep(name: string, earlier: readonly string[] = []): string[] {
  if (stageOf(name) !== undefined) return [...earlier, name];
  const meant = didYouMean(name, [...names, ...names.map((each) => each.replace('predict/', ''))]);
  const help = meant ? `Did you mean ${meant}? ` : '';
  throw new InvalidArgumentError(
    `There is no stage ${name}. ${help}The stages are ${dumpableSteps}.`,
  );
}

/** Texts by stage as it was given. */
export type Dumps = Map<string, string>;

/** Keeps in `dumps` what each of the `wanted` stages leaves. */
export const dumping =
  (wanted: readonly string[], dumps: Dumps): After =>
  ({ name, look }, made) => {
    for (const given of wanted) {
      const text = stageOf(given)?.name === name ? textOf(look(made)) : undefined;
      if (text !== undefined) dumps.set(given, text);
    }
  };

function textOf(seen: Look): string | undefined {
  if (seen === undefined) return undefined;
  return 'nodes' in seen ? print(seen) : seen.map(({ file }) => printTree(file)).join('\n');
}

/** The function of the first of the `wanted` stages that a program with `functions` has not. */
export const missingFunction = (
  wanted: readonly string[],
  functions: Readonly<Record<string, unknown>>,
): string | undefined =>
  wanted.flatMap((given) => stageOf(given)?.fn ?? []).find((fn) => !Object.hasOwn(functions, fn));

/** To a folder if there is one, a file each, else to standard output. */
export async function writeDumps(dumps: Dumps, folder: string | undefined): Promise<void> {
  for (const [stage, text] of dumps) {
    if (folder === undefined) printText(`--- after ${stage}\n${text}`);
    else await writeAtomically(join(folder, `${stage}.txt`), text);
  }
}
