import { InputError } from '../../errors/errors.js';
import { type FolderOptions, usual } from '../../experiments/options/data.js';
import { classesOf } from '../masks/labels.js';
import { filesBelow, type Listed, requireRoot } from './files.js';
import { kindOf, openKnown } from './known.js';
import { namesPart, type PartTexts, partCalled, partTexts, withoutPart } from './parts.js';
import { anyOf, patternOf } from './pattern.js';
import { adviceOn } from './propose/advice.js';
import { contentsOf } from './propose/contents.js';
import { evidenceOf, isPicture } from './propose/groups.js';
import {
  isWithoutTruth,
  type PairedPart,
  type PartRoles,
  pairParts,
  requireApart,
  type Source,
  type SourceOptions,
  sourceOf,
} from './source.js';

/**
 * Any folder of images and masks, divided as its folders `train`, `validation` and `test` are where it has any. One where
 * the usual patterns find no mask may be a published dataset. Throws one `InputError` with all that is wrong, and with
 * patterns that would pair more where there are any.
 */
export async function openFolder(options: FolderOptions): Promise<Source> {
  const { root, labels, patient } = options;
  await requireRoot(root, 'images and masks');
  const files = await filesBelow(root);
  const parts = pairParts(files, rolesIn(files, options));
  const kind = isUnsaid(options) && countOf(parts, 'masks') === 0 ? kindOf(files) : undefined;
  if (kind !== undefined) return openKnown(kind, root);
  const advice = () => adviceOn(files, options, parts);
  if (countOf(parts, 'images') + countOf(parts, 'masks') === 0) {
    const asked = `${options.images} with ${[options.masks].flat().join(' or ')}`;
    const [way] = [
      ...advice(),
      `set data.images and data.masks to patterns of its names (it has ${contentsOf(files)})`,
    ];
    throw new InputError(`${root} has no files ${asked}: ${way}`);
  }
  requireTruthFound(files, parts);
  const classes = labels ? classesOf(labels) : ['foreground'];
  return sourceOf(parts, { root, classes, patientOf: patientReader(patient) }, advice);
}

const countOf = (parts: readonly PairedPart[], role: 'images' | 'masks'): number =>
  parts.reduce((sum, { paired }) => sum + paired.counts[role], 0);

const isUnsaid = ({ images, masks, fov, labels, patient }: FolderOptions): boolean =>
  images === usual.images && masks === usual.masks && !fov && !labels && !patient;

function rolesIn(files: readonly Listed[], options: FolderOptions): PartRoles[] {
  const finds = (text: string): boolean => {
    const pattern = patternOf(text, 'data.images');
    return files.some(({ path }) => pattern.find(path) !== undefined);
  };
  const { images, fov, patient } = options;
  const masks = [options.masks].flat();
  const texts = { images, masks, fov: fov ?? usualFov(images, files) };
  checkPatient(texts, patient);
  const parts = partTexts(files, texts, finds).map(rolesOf);
  if (!namesPart(texts)) requireApart(files, parts);
  return parts;
}

/** `fov` beside the folder of images, or in the root, where there are such files. */
function usualFov(images: string, files: readonly Listed[]): string | null {
  const beside = `${images.split('/').slice(0, -2).concat('fov').join('/')}/{id}.*`;
  const isThere = (text: string): boolean => {
    const pattern = patternOf(text, 'data.fov');
    return files.some(({ path }) => pattern.find(path) ?? pattern.find(withoutPart(path).path));
  };
  return [beside, 'fov/{id}.*'].find(isThere) ?? null;
}

function checkPatient(
  { images, masks }: Pick<PartTexts, 'images' | 'masks'>,
  patient: string | null,
) {
  const has = (text: string) => text.includes('{patient}');
  if (masks.some(has) && !(has(images) && masks.every(has)))
    throw new InputError('data.masks has {patient}: write it in data.images and every mask too');
  if (has(images) && patient !== null)
    throw new InputError('data.images has {patient}: leave data.patient out');
}

const rolesOf = ({ part, images, masks, fov }: PartTexts): PartRoles => ({
  part,
  images: patternOf(images, 'data.images'),
  masks: anyOf(masks.map((text) => patternOf(text, 'data.masks'))),
  fov: fov === null ? null : patternOf(fov, 'data.fov'),
});

/** Throws `InputError` where a part seems to be without ground truth only because its masks are called otherwise. */
function requireTruthFound(files: readonly Listed[], parts: readonly PairedPart[]): void {
  for (const { part, paired, ...roles } of parts) {
    if (!isWithoutTruth(part, paired)) continue;
    const other = files.find(({ path }) => {
      const { path: rest, folder } = withoutPart(path);
      const isFound = roles.images.find(path) ?? roles.fov?.find(path);
      return partCalled(folder) === part && !isFound && isPicture(rest) && evidenceOf(rest) > 0;
    });
    if (!other) continue;
    throw new InputError(
      `${other.path} looks like a mask, and data.masks, ${roles.masks.text}, finds none there: write the pattern as it is called, or take those files away`,
    );
  }
}

function patientReader(patient: string | null): SourceOptions['patientOf'] {
  if (patient === null) return () => null;
  const expression = compiled(patient);
  return (image) => expression.exec(image)?.[1];
}

function compiled(patient: string): RegExp {
  try {
    return new RegExp(patient);
  } catch {
    throw new InputError(`data.patient is no regular expression: ${patient}`);
  }
}
