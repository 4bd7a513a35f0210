import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type Made, stages } from '../compiler/compile.js';
import { didYouMean } from '../compiler/diagnostics/suggest.js';
import { print } from '../compiler/ir/print.js';
import { passes } from '../compiler/passes/passes.js';
import { printTree } from '../compiler/syntax/print-tree.js';
import { writeAtomically } from '../runtime/files/disk.js';

/** What `--dump-after` takes: the stages to the graph as written, and the steps from there to what predicts. */
const steps = [...stages, { name: 'inference' }, ...passes].map(({ name }) => name);

export const dumpableSteps = steps.join(', ');

/** A value of `--dump-after`, beside those given before it. */
export function parseStep(name: string, earlier: readonly string[] = []): string[] {
  if (steps.includes(name)) return [...earlier, name];
  const meant = didYouMean(name, steps);
  const help = meant ? `Did you mean ${meant}?` : `The stages are ${dumpableSteps}.`;
  throw new InvalidArgumentError(`There is no stage ${name}. ${help}`);
}

/** The text of what the stages have made so far; undefined where a mistake left nothing. */
export function textOf(stage: string, { modules, expanded, graph }: Made): string | undefined {
  if (stage === 'load' || stage === 'check') {
    return modules?.map(({ file }) => printTree(file)).join('\n');
  }
  if (stage === 'expand') return expanded && print(expanded.builder.finish([]));
  return graph && print(graph);
}

/** Texts by stage, to a folder if there is one, a file each, else to standard output. */
export async function writeDumps(
  dumps: ReadonlyMap<string, string>,
  folder: string | undefined,
): Promise<void> {
  for (const [stage, text] of dumps) {
    if (folder === undefined) process.stdout.write(`--- after ${stage}\n${text}`);
    else await writeAtomically(join(folder, `${stage}.txt`), text);
  }
}
