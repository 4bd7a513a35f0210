import { visibleLines } from '../../compiler/diagnostics/visible.js';
import type { Program } from '../../compiler/ir/graph.js';
import { EngineError } from '../errors/errors.js';
import type { EngineOptions } from '../experiments/options/engine.js';
import type { Engine } from './engine.js';
import { openPortable } from './portable/client.js';
import { openReference } from './reference.js';
import { findInstallation, whyMissing } from './setup/setup.js';
import { openTensorFlow } from './tensorflow/client.js';

/**
 * The engine that is asked for, with `program` in it. `auto` is TensorFlow; where that is not set up it is the portable
 * engine, and `say` is told why in one line. An engine asked for by name is never another.
 * @param timed functions that `Engine.time` will be asked for
 * @throws EngineError where it cannot be opened
 */
export async function openEngine(
  program: Program,
  options: EngineOptions,
  say: (line: string) => void = (line) => process.stderr.write(visibleLines(`${line}\n`)),
  timed: readonly string[] = [],
): Promise<Engine> {
  const { gpu, threads } = options;
  const kind = options.kind === 'auto' ? await bestKind(gpu, say) : options.kind;
  if (kind === 'tensorflow')
    return openTensorFlow(program, {
      timed,
      gpu,
      ...(threads === null ? {} : { threads }),
    });
  if (gpu === 'require')
    throw new EngineError(`The ${kind} engine uses no GPU, and one is required.`);
  return kind === 'portable' ? openPortable(program) : openReference(program);
}

/** A GPU that is required is asked of TensorFlow, which says what is missing. */
async function bestKind(
  gpu: EngineOptions['gpu'],
  say: (line: string) => void,
): Promise<'tensorflow' | 'portable'> {
  const installed = await Promise.all([findInstallation('cpu'), findInstallation('gpu')]);
  if (gpu === 'require' || installed.some((found) => found !== null)) return 'tensorflow';
  say(`Using the portable engine, which is several times slower. ${await whyMissing()}`);
  return 'portable';
}
