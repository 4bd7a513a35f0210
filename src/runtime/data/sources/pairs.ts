import type { Pattern } from './pattern.js';

/** What the files of a dataset are to an image. */
export type Role = 'images' | 'masks' | 'fov';

/** The files of one image, by paths from the root. */
export interface Pair {
  readonly id: string;
  readonly image: string;
  /** One, or several whose union is meant. */
  readonly masks: readonly string[];
  readonly fov: string | null;
}

const nouns: Readonly<Record<Role, string>> = {
  images: 'image',
  masks: 'mask',
  fov: 'field-of-view mask',
};

/**
 * Pairs files by the id that their pattern finds in their path. A file that several patterns match belongs to the one with
 * the most letters written out; one that none matches is left alone. Every file without its partners and every id that two
 * files of a role have goes into `problems`.
 *
 * @param fov null: there are no field-of-view masks; otherwise each image needs one.
 */
export function pairFiles(
  files: readonly string[],
  patterns: Readonly<Record<'images' | 'masks', Pattern>> & { readonly fov: Pattern | null },
  problems: string[],
): Pair[] {
  const roles: readonly Role[] = patterns.fov ? ['images', 'masks', 'fov'] : ['images', 'masks'];
  const found = new Map(roles.map((role) => [role, new Map<string, string>()]));
  for (const path of files) {
    const [best] = roles
      .map((role) => ({ role, pattern: patterns[role] as Pattern }))
      .map(({ role, pattern }) => ({ role, letters: pattern.letters, id: pattern.idOf(path) }))
      .filter(({ id }) => id !== undefined)
      .sort((a, b) => b.letters - a.letters);
    if (!best) continue;
    const byId = found.get(best.role) as Map<string, string>;
    const id = best.id as string;
    const other = byId.get(id);
    if (other)
      problems.push(`${other} and ${path} are both the ${nouns[best.role]} of ${id}: remove one`);
    else byId.set(id, path);
  }
  const ids = [...new Set(roles.flatMap((role) => [...(found.get(role)?.keys() ?? [])]))].sort();
  const pairs: Pair[] = [];
  for (const id of ids) {
    const path = (role: Role): string | undefined => found.get(role)?.get(id);
    const [image, mask, fov] = [path('images'), path('masks'), path('fov')];
    const missing = roles.filter((role) => path(role) === undefined);
    const present = path(roles.find((role) => path(role) !== undefined) as Role);
    for (const role of missing) {
      const pattern = patterns[role] as Pattern;
      problems.push(
        `${present} has no ${nouns[role]} ${pattern.text.replace('{id}', id)}: add it or remove that file`,
      );
    }
    if (image && mask && missing.length === 0)
      pairs.push({ id, image, masks: [mask], fov: fov ?? null });
  }
  return pairs;
}
