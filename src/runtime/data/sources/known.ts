import { InputError } from '../../errors/errors.js';
import type { KnownKind } from '../../experiments/options/data.js';
import { filesBelow, type Listed, requireRoot } from './files.js';
import { drive } from './known/drive.js';
import { isic } from './known/isic.js';
import { lung } from './known/lung.js';
import type { PublishedDataset } from './known/published.js';
import { chase, hrf, stare } from './known/retinas.js';
import { type PartTexts, partTexts } from './parts.js';
import { anyOf, patternOf } from './pattern.js';
import { contentsOf } from './propose/contents.js';
import { type PartRoles, pairParts, requireApart, type Source, sourceOf } from './source.js';

/** The published datasets, those first whose names tell most. */
export const known = { drive, isic, chase, stare, hrf, lung } as const satisfies Readonly<
  Record<KnownKind, PublishedDataset>
>;

/** The dataset that files are of, by their names alone; undefined where none is known. */
export const kindOf = (files: readonly Listed[]): KnownKind | undefined =>
  (Object.keys(known) as KnownKind[]).find((kind) =>
    files.some(({ path }) => known[kind].mark.test(path)),
  );

/** A published dataset in the folder `root` or below it. Throws one `InputError` with all that is wrong. */
export async function openKnown(kind: KnownKind, root: string): Promise<Source> {
  const layout: PublishedDataset = known[kind];
  await requireRoot(root, layout.name);
  const files = (await filesBelow(root)).filter(({ path }) => !layout.ignored?.test(path));
  const roles = layout.parts(files).flatMap((texts) => divided(texts, files, layout));
  requireApart(files, roles);
  const parts = pairParts(files, roles);
  const there = parts.filter(({ paired: { counts } }) => counts.images + counts.masks > 0);
  if (there.length === 0) {
    throw new InputError(
      `${root} has none of ${layout.wanted} (it has ${contentsOf(files)}): set data.root to the folder of ${layout.name}`,
    );
  }
  const patientOf = (image: string) => layout.patient?.exec(image)?.[1] ?? null;
  const advice = () =>
    there.some(({ paired: { counts } }) => counts.images === 0 || counts.masks === 0)
      ? [`${layout.name} has ${layout.wanted}: set data.root to the folder around them`]
      : [];
  return sourceOf(there, { root, classes: layout.classes, patientOf }, advice);
}

/** What the layout does not divide itself may lie in folders of its parts. */
function divided(
  texts: PartTexts,
  files: readonly Listed[],
  layout: PublishedDataset,
): readonly PartRoles[] {
  const finds = (text: string): boolean => {
    const pattern = patternOf(text, 'its layout', layout.id);
    return files.some(({ path }) => pattern.find(path) !== undefined);
  };
  const all = texts.part === null ? partTexts(files, texts, finds) : [texts];
  return all.map((one) => rolesOf(one, layout));
}

function rolesOf({ part, images, masks, fov }: PartTexts, { id }: PublishedDataset): PartRoles {
  const pattern = (text: string) => patternOf(text, 'its layout', id);
  return {
    part,
    images: pattern(images),
    masks: anyOf(masks.map(pattern)),
    fov: fov === null ? null : pattern(fov),
  };
}
