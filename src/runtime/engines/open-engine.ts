import { visibleLines } from '../../compiler/diagnostics/visible.js';
import type { Program } from '../../compiler/ir/graph.js';
import { towersOf } from '../../compiler/passes/towers/towers.js';
import { EngineError } from '../errors/errors.js';
import type { EngineOptions } from '../experiments/options/engine.js';
import type { Engine } from './engine.js';
import { withRoom } from './memory/room.js';
import { openPortable } from './portable/client.js';
import { openReference } from './reference.js';
import { findInstallation, whyMissing } from './setup/setup.js';
import { openTensorFlow } from './tensorflow/client.js';

export interface OpenEngineOptions {
  /** Is told in one line why `auto` is the portable engine. */
  readonly say?: (line: string) => void;
  /** Functions that `Engine.time` will be asked for. */
  readonly timed?: readonly string[];
  /** Whether calls are tried that need more memory than there is; undefined where the command has no `--force`. */
  readonly force?: boolean | undefined;
}

const toUser = (line: string): void => {
  process.stderr.write(visibleLines(`${line}\n`));
};

/**
 * The engine that is asked for, with `program` in it. `auto` is TensorFlow; where that is not set up it is the portable engine. An
 * engine asked for by name is never another. Its calls reject with `MemoryError` where memory is short.
 * @throws EngineError where it cannot be opened
 */
export async function openEngine(
  program: Program,
  options: EngineOptions,
  { say = toUser, timed = [], force }: OpenEngineOptions = {},
): Promise<Engine> {
  const engine = await opened(program, options, say, timed);
  // What a GPU has is not known.
  return onGpu(engine) ? engine : withRoom(engine, program, force);
}

const onGpu = ({ description }: Engine): boolean => description.endsWith('GPU');

async function opened(
  program: Program,
  options: EngineOptions,
  say: (line: string) => void,
  timed: readonly string[],
): Promise<Engine> {
  const { gpu, threads } = options;
  const kind = options.kind === 'auto' ? await bestKind(gpu, say) : options.kind;
  if (kind === 'tensorflow')
    return openTensorFlow(program, {
      timed,
      gpu,
      ...(threads === null ? {} : { threads }),
    });
  const devices = towersOf(program);
  if (devices > 1)
    throw new EngineError(
      `The ${kind} engine is one device, and ${devices} are wanted: give engine.devices 1.`,
    );
  if (gpu === 'require')
    throw new EngineError(`The ${kind} engine uses no GPU, and one is required.`);
  return kind === 'portable' ? openPortable(program) : openReference(program);
}

/** Which engine `openEngine` would open; null where it may compute on a GPU. */
export async function engineFor({ kind, gpu }: EngineOptions): Promise<Engine['name'] | null> {
  const name = kind === 'auto' ? await bestKind(gpu, () => {}) : kind;
  if (name !== 'tensorflow' || gpu === 'never') return name;
  return (await findInstallation('gpu')) === null ? name : null;
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
