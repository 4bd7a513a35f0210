import type { Application } from '../expand/application.js';
import type { BlockDefinition } from '../syntax/ast.js';

/** The text of a block from its name on, without comments, by name. */
export type Definitions = ReadonlyMap<string, string>;

/** The blocks of files that a network applies, in the order of their first use. */
export function definitionsIn(tree: Application): Definitions {
  const texts = new Map<string, string>();
  const visit = ({ definition, children }: Application): void => {
    if (definition) texts.set(definition.name.text, textOf(definition));
    children.forEach(visit);
  };
  visit(tree);
  return texts;
}

/** Blocks that only one of two networks applies, or that it defines in other words. */
export function definitionsOnlyIn(one: Definitions, other: Definitions): Definitions {
  const words = (text: string | undefined): string | undefined => text?.replace(/\s+/g, ' ');
  return new Map([...one].filter(([name, text]) => words(other.get(name)) !== words(text)));
}

function textOf({ name, body }: BlockDefinition): string {
  const { file, start } = name.span;
  return file.text
    .slice(start, body.span.end)
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*$/, '').trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
