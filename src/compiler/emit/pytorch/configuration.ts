import { builtins } from '../../builtins/index.js';
import type { Application } from '../../expand/application.js';

/** The configuration of a built-in as its block reads it, defaults filled in. */
export function configurationOf({ block, configuration }: Application): object {
  const given = new Map(configuration);
  const { parameters } = builtins.get(block as string)!;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { read, fallback }]) => {
      const value = given.get(name) ?? fallback;
      return [name, value && read(value)];
    }),
  );
}
