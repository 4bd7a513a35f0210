import type { Command } from 'commander';
import type { CompileOptions } from '../compiler/compile.js';
import type { Overrides } from '../compiler/expand/overrides.js';
import { InputError } from '../runtime/errors/errors.js';
import { type CompiledFile, compileFile } from '../runtime/networks/compile-file.js';
import { printDiagnostics } from './failure.js';

export interface ModelOptions {
  readonly model?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** For options that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

/** A command over one `.net` file: which model of it, with which parameters. */
export const modelCommand = (
  program: Command,
  name: string,
  description: string,
  argument = 'a .net file',
): Command =>
  modelOptions(program.command(name).description(description).argument('<file>', argument));

/** Which model of a file, with which parameters. */
export const modelOptions = (command: Command): Command =>
  command
    .option('--model <name>', 'which model of the file')
    .option(
      '--set <parameter=expression>',
      "set one of the model's parameters; repeat for more",
      collect,
      [],
    )
    .option('--json', 'print one JSON object');

/** `p=expression` of each `--set`, by parameter. Throws `InputError` where there is no `=`. */
export function parseOverrides(settings: readonly string[]): Overrides {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at > 0) return [setting.slice(0, at).trim(), setting.slice(at + 1)];
      throw new InputError(`--set ${setting}: write --set parameter=expression`);
    }),
  );
}

/**
 * The compiled model; warnings are printed. Throws `DiagnosedError` with the errors of the file.
 */
export function compileGiven(
  file: string,
  { model, set, json }: ModelOptions,
  after?: CompileOptions['after'],
): CompiledFile {
  const compiled = compileFile(file, model, parseOverrides(set), { after });
  if (!json) printDiagnostics(compiled.warnings, false);
  return compiled;
}
