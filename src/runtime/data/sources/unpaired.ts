import type { Clash, Lone, Paired, Role, Roles } from './pairs.js';
import { textFor } from './pattern.js';

const nouns: Readonly<Record<Role, readonly [one: string, many: string]>> = {
  images: ['image', 'images'],
  masks: ['mask', 'masks'],
  fov: ['field-of-view mask', 'field-of-view masks'],
};

/** So many files of a kind are named each; of more, as many as examples. */
const named = 5;

/** What is wrong with the pairs of one part: a line a file where they are few, else one for all of them. */
export function unpairedProblems({ lone, clashes, counts }: Paired, roles: Roles): string[] {
  const problems = clashes.length > named ? manyClashes(clashes) : clashes.map(clashProblem);
  for (const role of ['images', 'masks', 'fov'] as const) {
    for (const missing of ['images', 'masks', 'fov'] as const) {
      const these = lone.filter((one) => one.role === role && one.missing === missing);
      if (these.length === 0) continue;
      if (counts[missing] === 0) problems.push(noneProblem(these, roles));
      else if (these.length > named) problems.push(manyLone(these, counts[role], roles));
      else problems.push(...these.map((one) => loneProblem(one, roles)));
    }
  }
  return problems;
}

const loneProblem = ({ file, missing, ...found }: Lone, roles: Roles): string =>
  `${file.path} has no ${nouns[missing][0]} ${textFor(roles[missing] ?? roles.images, found)}: add it or remove that file`;

/** A whole role is missing: a folder is missing, or called otherwise. */
function noneProblem(lone: readonly Lone[], roles: Roles): string {
  const { role, missing, file } = lone[0]!;
  const text = roles[missing]?.text.replaceAll('**/', '');
  const whose =
    lone.length === 1 ? file.path : `${lone.length} ${nouns[role][1]}, as ${file.path},`;
  return `no file fits ${text}: ${whose} ${lone.length === 1 ? 'has' : 'have'} no ${nouns[missing][0]}`;
}

function manyLone(lone: readonly Lone[], all: number, roles: Roles): string {
  const { role, missing } = lone[0]!;
  const [text, whose] = [roles[missing]?.text.replaceAll('**/', ''), nouns[role][1]];
  const files = lone.map(({ file }) => file.path);
  return `${lone.length} of ${all} ${whose} have no ${nouns[missing][0]} ${text}: ${examples(files)}`;
}

function clashProblem({ role, id, paths: [one, other] }: Clash): string {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const way =
    folderOf(one) === folderOf(other)
      ? 'remove one'
      : role === 'masks'
        ? 'name one of them by data.masks, or for their union list a pattern of each'
        : 'remove one, or tell them apart by {patient} in data.images and data.masks';
  return `${one} and ${other} are both the ${nouns[role][0]} of ${id}: ${way}`;
}

const manyClashes = (clashes: readonly Clash[]): string[] => [
  `${clashes.length} ids have two files of one role: ${examples(clashes.map(({ paths }) => paths.join(' and ')))}`,
];

/** The first few, and how many more. */
export function examples(all: readonly string[], shown: number = named): string {
  const more = all.length - shown;
  const first = all.slice(0, shown).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}
