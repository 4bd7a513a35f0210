import type { FolderOptions } from '../../../experiments/options/data.js';
import type { Listed } from '../files.js';
import type { Role } from '../pairs.js';
import { partCalled } from '../parts.js';
import type { PairedPart } from '../source.js';
import { saysFov } from './groups.js';
import { type Proposal, propose } from './propose.js';

type Patterns = Pick<FolderOptions, 'images' | 'patient'>;

/** Patterns that would pair more than those in use: a sentence for masks, one for fields of view. */
export const adviceOn = (
  files: readonly Listed[],
  patterns: Patterns,
  parts: readonly PairedPart[],
): string[] => [...onMasks(files, patterns, parts), ...onFov(files, patterns, parts)];

function onMasks(
  files: readonly Listed[],
  { images, patient }: Patterns,
  parts: readonly PairedPart[],
): string[] {
  const found = propose(files, images);
  if (!found) return [];
  const part = partCalled(found.folder);
  const looked = parts.filter((one) => part === undefined || one.part === part);
  const sum = (count: (paired: PairedPart['paired']) => number) =>
    looked.reduce((all, { paired }) => all + count(paired), 0);
  const unpaired = ({ lone }: PairedPart['paired'], role: Role) =>
    lone.filter((one) => one.role === role && one.missing !== 'fov').length;
  const clashing = ({ clashes }: PairedPart['paired'], role: Role) =>
    clashes.filter((clash) => clash.role === role).length;
  // A missing field of view has nothing to do with masks.
  const pairs = sum((paired) => {
    return paired.counts.images - clashing(paired, 'images') - unpaired(paired, 'images');
  });
  const lone = sum((paired) =>
    (['images', 'masks'] as const)
      .map((role) => unpaired(paired, role) + clashing(paired, role))
      .reduce((a, b) => a + b),
  );
  const isWhole = found.pairs === pairs && pairs > 1 && found.lone === 0 && lone > 0;
  const masks = new Set(looked.map((one) => one.masks.text));
  if ((found.pairs <= pairs && !isWhole) || (masks.has(found.masks) && images === found.images))
    return [];
  const said = [
    ...(found.images === images ? [] : [`data.images: ${quoted(found.images)}`]),
    `data.masks: ${quoted(found.masks)}`,
    ...(patient !== null && found.images.includes('{patient}') ? ['no data.patient'] : []),
  ];
  return [`${said.join(' and ')} would pair ${countOf(found)}`];
}

/** Where images lack a field of view: among the files that are neither image nor mask. */
function onFov(
  files: readonly Listed[],
  { images }: Patterns,
  parts: readonly PairedPart[],
): string[] {
  const lacking = parts.filter(({ paired }) =>
    paired.lone.some(({ missing }) => missing === 'fov'),
  );
  if (lacking.length === 0) return [];
  const isMask = (path: string) => lacking.some(({ masks }) => masks.find(path));
  const others = files.filter(({ path }) => !isMask(path));
  const found = propose(others, images, saysFov);
  const part = found && partCalled(found.folder);
  const isLacking = part === undefined || lacking.some((one) => one.part === part);
  if (!found || found.images !== images || !isLacking) return [];
  return [`data.fov: ${quoted(found.masks)} would pair ${countOf(found)}`];
}

const quoted = (text: string): string => (/^[*{]/.test(text) ? `"${text}"` : text);

const countOf = ({ pairs, all, folder }: Proposal): string =>
  `${pairs} of ${all} images${folder === '' ? '' : ` in ${folder}`}`;
