/** The tables a map has for `<name>`, by name. */
export type Levels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A template that names no table. */
export class TemplateError extends Error {
  constructor(
    readonly level: string,
    readonly side: 'theirs' | 'ours',
  ) {
    super(side === 'ours' ? `<${level}> stands on the right only` : `there is no level ${level}`);
  }
}

const slot = /<(\w+)>/g;
const slotsOf = (template: string): Set<string> =>
  new Set([...template.matchAll(slot)].map(([, name]) => name!));

/**
 * The names that a pair of templates stands for: `<name>` is, entry by entry of that table, its key in `theirs` and its
 * value in `ours`. Throws `TemplateError`.
 */
export function substitutions(
  theirs: string,
  ours: string,
  levels: Levels,
): readonly (readonly [theirs: string, ours: string])[] {
  const names = slotsOf(theirs);
  for (const name of slotsOf(ours)) if (!names.has(name)) throw new TemplateError(name, 'ours');
  let pairs: (readonly [string, string])[] = [[theirs, ours]];
  for (const name of names) {
    if (!Object.hasOwn(levels, name)) throw new TemplateError(name, 'theirs');
    pairs = Object.entries(levels[name]!).flatMap(([key, value]) =>
      pairs.map(
        ([a, b]) => [a.replaceAll(`<${name}>`, key), b.replaceAll(`<${name}>`, value)] as const,
      ),
    );
  }
  return pairs;
}

/** The names that `Conv(_1x1|)` stands for: each of the alternatives in turn. */
export function spellings(name: string): string[] {
  const choice = /\(([^()]*)\)/.exec(name);
  if (!choice) return [name];
  const [whole, alternatives] = choice;
  const [before, after] = [name.slice(0, choice.index), name.slice(choice.index + whole.length)];
  return alternatives!.split('|').flatMap((text) => spellings(before + text + after));
}
