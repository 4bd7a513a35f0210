import type { Command } from 'commander';
import { compileModel } from '../compiler/compile.js';
import type { Graph } from '../compiler/graph/graph.js';
import { DiagnosedError, InputError } from '../runtime/errors.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics } from './failure.js';

export interface ModelOptions {
  readonly model?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** For options that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

/** A command over one `.net` file: which model of it, with which parameters. */
export const modelCommand = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .argument('<file>', 'a .net file')
    .option('--model <name>', 'which model of the file')
    .option(
      '--set <parameter=expression>',
      "one of the model's parameters; again for more",
      collect,
      [],
    )
    .option('--json', 'print one JSON object');

/** `p=expression`, by parameter. Throws `InputError` where there is no `=`. */
export function parseOverrides(settings: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at > 0) return [setting.slice(0, at).trim(), setting.slice(at + 1)];
      throw new InputError(`--set ${setting}: write --set parameter=expression`);
    }),
  );
}

/** The model's graph; warnings are printed. Throws `DiagnosedError` with the mistakes of the file. */
export function compileFile(file: string, { model, set, json }: ModelOptions): Graph {
  const overrides = parseOverrides(set);
  const { graph, diagnostics } = compileModel(file, diskReader(), { model, overrides });
  if (!graph) throw new DiagnosedError(diagnostics);
  if (!json) printDiagnostics(diagnostics, false);
  return graph;
}
