import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { withoutLines } from '../diagnostics/removal.js';
import type { Use } from '../names/binding.js';
import type { Definition } from '../syntax/ast.js';

type Definitions = ReadonlyMap<Definition, readonly Use[]>;

/**
 * Warns of blocks that no model of the file reaches. Blocks of a file without a model are for others. Of blocks that only
 * another unused one needs, nothing is said: they go with it.
 */
export function unusedBlocks(
  definitions: Definitions,
  named: ReadonlySet<string>,
): readonly Diagnostic[] {
  const all = [...definitions.keys()];
  const models = all.filter(({ kind }) => kind === 'model' || kind === 'variant');
  if (models.length === 0) return [];
  const used = new Set<Definition>();
  for (const definition of all) {
    if (models.includes(definition) || named.has(definition.name.text)) {
      reach(definition, definitions, used);
    }
  }
  const unused = all.filter((each) => !used.has(each));
  const needed = (block: Definition): boolean =>
    unused.some((each) => each !== block && reads(each, block, definitions));
  // Blocks that only need each other in a ring have no outermost: the first in the text stands for it.
  return [...unused.filter((each) => !needed(each)), ...unused].flatMap((block) => {
    if (used.has(block)) return [];
    reach(block, definitions, used);
    return [warningOf(block)];
  });
}

const reads = (definition: Definition, block: Definition, definitions: Definitions): boolean =>
  (definitions.get(definition) ?? []).some(
    ({ target }) => target.kind === 'definition' && target.definition === block,
  );

function reach(from: Definition, definitions: Definitions, used: Set<Definition>): void {
  if (used.has(from)) return;
  used.add(from);
  for (const each of definitions.keys()) {
    if (reads(from, each, definitions)) reach(each, definitions, used);
  }
}

function warningOf({ name, span }: Definition): Diagnostic {
  return diagnostic('NET0903', {
    message: `no model of this file uses the block ${name.text}`,
    span: name.span,
    suggestion: { message: 'drop it, or move it to a file of blocks', edits: withoutLines(span) },
  });
}
