import { counted } from '../../errors/counted.js';
import { InputError } from '../../errors/errors.js';
import type { MaskOptions } from '../../experiments/options/data.js';
import type { EntryFiles } from '../dataset.js';
import { orientationOf } from '../formats/affine.js';
import type { Header } from '../formats/format.js';
import { readHeader, readPicture } from '../formats/read-picture.js';
import { readMask, ruleOfFiles, unionOf } from '../masks/read-mask.js';
import type { MaskRule } from '../masks/rule.js';
import type { Frame, Sample } from '../sample.js';

/** How the masks and fields of view of a dataset are read: by rules that all its files fit. */
export interface MaskRules {
  readonly masks: MaskRule;
  /** Undefined where there are none. */
  readonly fov: MaskRule | undefined;
}

/**
 * An image and its field of view, which must be of one size and depth. Throws `InputError` where they are not, or where one
 * cannot be read.
 *
 * @param rule of all fields of view, which were held to their images; left out: what this one fits.
 */
export async function readFrame(
  id: string,
  { image, fov, slice }: Omit<EntryFiles, 'masks'>,
  rule?: MaskRule,
): Promise<Frame> {
  const picture = await readPicture(image, slice);
  if (fov === null) return { id, image: picture, fov: null };
  if (!rule) await requireSizes(image, [fov]);
  const own = rule ?? (await ruleOfFiles([fov], undefined, 'fields of view'));
  return { id, image: picture, fov: await readMask(fov, own, slice) };
}

/** @param rules of a dataset whose files were held to each other; left out: what the files of this image fit. */
export async function readSample(
  id: string,
  files: EntryFiles,
  options: MaskOptions,
  rules?: MaskRules,
): Promise<Sample> {
  const frame = await readFrame(id, files, rules?.fov);
  if (!rules) await requireSizes(files.image, files.masks);
  const rule = rules?.masks ?? (await ruleOfFiles(files.masks, options));
  const masks = [];
  for (const path of files.masks) {
    masks.push({ path, mask: await readMask(path, rule, files.slice) });
  }
  return { ...frame, mask: unionOf(masks) };
}

/** Throws `InputError` where masks or fields of view differ in size, depth or directions from their image. */
export async function requireSizes(image: string, others: readonly string[]): Promise<void> {
  const size = await readHeader(image);
  for (const path of others) {
    const header = await readHeader(path);
    const problem =
      sizeProblem({ path: image, header: size }, { path, header }) ??
      directionProblem(image, size, path, header);
    if (problem !== undefined) throw new InputError(problem);
  }
}

interface Sized {
  readonly path: string;
  readonly header: { readonly width: number; readonly height: number; readonly slices: number };
}

/** How a mask or a field of view differs in size from its image; undefined where it does not. */
export function sizeProblem(image: Sized, other: Sized): string | undefined {
  const [a, b] = [other.header, image.header];
  if (a.slices !== b.slices) {
    return `${other.path} has ${counted(a.slices, 'slice')}, but its image ${image.path} has ${counted(b.slices, 'slice')}: they must have as many`;
  }
  if (a.width === b.width && a.height === b.height) return undefined;
  return `${other.path} is ${a.width}x${a.height}, but its image ${image.path} is ${b.width}x${b.height}: they must have one size`;
}

/** Flipped or exchanged axes: a mask that does not lie on its image. Nothing where a file says nothing of it. */
export function directionProblem(
  image: string,
  a: Header,
  path: string,
  b: Header,
): string | undefined {
  if (!a.affine || !b.affine) return undefined;
  const [own, other] = [orientationOf(a.affine), orientationOf(b.affine)];
  if (own === other) return undefined;
  return `${image} is stored ${own} and ${path} ${other} by their headers, so one does not lie on the other: bring both to one orientation, as by nibabel.as_closest_canonical, or give them one affine`;
}
