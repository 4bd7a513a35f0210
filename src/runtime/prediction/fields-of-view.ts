import { resolve } from 'node:path';
import { openDataset } from '../data/dataset.js';
import { ruleOfFiles } from '../data/masks/read-mask.js';
import type { MaskRule } from '../data/masks/rule.js';
import { findsFov } from '../data/preprocess/steps.js';
import type { Frame } from '../data/sample.js';
import { readFrame, requireSizes } from '../data/sources/read-entry.js';
import { InputError } from '../errors/errors.js';
import type { DataOptions } from '../experiments/options/data.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import { withFoundFov } from './found-fields.js';
import { filesOf, type Input } from './inputs.js';

/**
 * Where the field of view of an image comes from: a file that was named, the run's own dataset, the photograph itself, which may
 * show none and is then whole; or there is none.
 */
export type FovOrigin = 'given' | 'dataset' | 'found' | 'whole' | 'none';

/** Reads a slice of an image with the field of view that it is to have. */
export type ReadWithFov = (
  input: Input,
  slice: number,
) => Promise<{ readonly frame: Frame; readonly origin: FovOrigin }>;

export interface FovWanted {
  /** A pattern with `{id}`, `fundus`, `none`; undefined: as the run was trained. */
  readonly wanted: string | undefined;
  /** Whether the run was trained inside fields of view. */
  readonly trained: boolean;
  readonly steps: PreprocessOptions;
  /** The run's own images, whose fields of view are known. */
  readonly data: DataOptions;
  readonly inputs: readonly Input[];
}

/**
 * How images get their field of view. What is asked for comes first; else, of a run that was trained inside one, an image of the
 * run's own dataset has the one it has there, and of any other colour photograph it is found. Throws `InputError` where none fits.
 */
export async function fieldsOfView(options: FovWanted): Promise<ReadWithFov> {
  const { wanted, trained, steps, data, inputs } = options;
  if (wanted === 'none') return async (input, slice) => read(input, slice, null, 'none');
  if (wanted === 'fundus') return async (input, slice) => found(input, slice);
  if (wanted !== undefined) {
    const files = await filesOf(wanted, '--fov');
    requireIds(inputs, wanted);
    const rule = await ruleOf(inputs.flatMap(({ id }) => files.get(id) ?? []));
    return async (input, slice) => {
      const path = givenTo(input, files, wanted);
      if (slice === 0) await requireSizes(input.path, [path]);
      return read(input, slice, path, 'given', rule);
    };
  }
  if (!trained) return async (input, slice) => read(input, slice, null, 'none');
  const finds = findsFov(steps);
  const known = await knownFields(data);
  const rule = await ruleOf(inputs.flatMap(({ path }) => known.get(resolve(path)) ?? []));
  return async (input, slice) => {
    const path = known.get(resolve(input.path));
    if (path !== undefined) return read(input, slice, path, 'dataset', rule);
    return finds ? read(input, slice, null, 'found') : found(input, slice);
  };
}

/** Images of one id would share a field of view. */
function requireIds(inputs: readonly Input[], pattern: string): void {
  const first = new Map<string, string>();
  for (const { path, id } of inputs) {
    const other = first.get(id);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${path} have the same id ${id}, so that ${pattern} cannot tell them apart: predict them one after the other`,
      );
    }
    first.set(id, path);
  }
}

function givenTo({ path, id }: Input, files: ReadonlyMap<string, string>, pattern: string): string {
  const file = files.get(id);
  if (file !== undefined) return file;
  throw new InputError(
    `${path} has no field of view ${pattern.replace('{id}', id)}: add it, or give --fov none for the whole frame`,
  );
}

/** How fields of view are read: as those of a dataset, by one rule that all of them fit. */
const ruleOf = async (paths: readonly string[]): Promise<MaskRule | undefined> =>
  paths.length === 0 ? undefined : ruleOfFiles([...new Set(paths)], undefined, 'fields of view');

async function read(
  { path, id }: Input,
  slice: number,
  fov: string | null,
  origin: FovOrigin,
  rule?: MaskRule,
) {
  return { frame: await readFrame(id, { image: path, fov, slice }, rule), origin };
}

/** The field of view that a photograph shows. Other images show none. */
async function found(input: Input, slice: number) {
  const { frame } = await read(input, slice, null, 'found');
  const way = 'give them by --fov, as --fov masks/{id}.png, or --fov none for the whole frame';
  const inside = withFoundFov(frame, input.path, way);
  const origin: FovOrigin = inside.fov?.data.includes(0) ? 'found' : 'whole';
  return { frame: inside, origin };
}

/** Fields of view by their images. A dataset that is not at hand, or not whole, has none to give. */
async function knownFields(data: DataOptions): Promise<ReadonlyMap<string, string>> {
  if (!('root' in data)) return new Map();
  const dataset = await openDataset(data).catch((error) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  const { train = [], validation = [], test = [], unlabelled = [] } = dataset ?? {};
  const entries = [train, validation, test, unlabelled].flat();
  return new Map(
    entries.flatMap(({ files }) =>
      files?.fov ? [[resolve(files.image), files.fov] as const] : [],
    ),
  );
}
