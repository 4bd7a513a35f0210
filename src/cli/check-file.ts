import { compileAll } from '../compiler/compile-all.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { DiagnosedError } from '../runtime/errors/errors.js';
import { kindOfFile, otherKind } from '../runtime/files/kinds.js';
import { missing } from '../runtime/files/missing.js';
import { diskReader } from '../runtime/files/source-reader.js';
import { type CompiledModel, isCompiled } from '../runtime/networks/compile-file.js';
import { type ModelSizes, sizesOf } from './check-sizes.js';
import { type ModelOptions, parseOverrides } from './model-command.js';

export interface CheckOptions extends ModelOptions {
  readonly describe?: boolean;
  readonly size?: ImageSize;
}

export interface Checked {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Those without errors. */
  readonly models: readonly CompiledModel[];
  /** Of each of them. */
  readonly sizes: readonly ModelSizes[];
}

/** Throws `InputError` where there is no such file, or it is neither a network nor an experiment. */
export async function checkFile(file: string, options: CheckOptions): Promise<Checked> {
  if (!/\.ya?ml$/i.test(file)) return checkNetwork(file, options);
  return { file, diagnostics: await experimentDiagnostics(file, options), models: [], sizes: [] };
}

function checkNetwork(file: string, { model, set, size }: CheckOptions): Checked {
  const reader = diskReader();
  const checked = compileAll(file, reader, { model, overrides: parseOverrides(set) });
  if (!checked.main && reader.refusal?.(file)) throw new DiagnosedError(checked.diagnostics);
  if (!checked.main) throw missing(file, 'name a .net file', 'network');
  const found = new Diagnostics();
  found.add(...checked.diagnostics);
  const wrong = found.hasErrors ? otherKind(file, 'network') : undefined;
  if (wrong) throw wrong;
  const sizes = checked.models.flatMap((each) => sizesOf(each, size, found) ?? []);
  return { file, diagnostics: found.all(), models: checked.models.filter(isCompiled), sizes };
}

/** Of an experiment or an ablation and the networks they name; images are not looked at, as `netc data check` does. */
async function experimentDiagnostics(
  file: string,
  { set }: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  const { checkExperiment } = await import('../runtime/preparation/check-experiment.js');
  const { openAblation } = await import('../runtime/ablation/load-ablation.js');
  try {
    if (kindOfFile(file) !== 'ablation') {
      return checkExperiment(openExperiment(file, { set, flags: [] })).warnings;
    }
    openAblation(file, { set });
    return [];
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnostics;
    throw error;
  }
}
