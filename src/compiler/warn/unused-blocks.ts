import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
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
  const isModel = ({ kind }: Definition): boolean => kind === 'model' || kind === 'variant';
  if (!all.some(isModel)) return [];
  const needs = needsOf(definitions);
  const used = new Set<Definition>();
  for (const definition of all) {
    if (isModel(definition) || named.has(definition.name.text)) {
      reach(definition, needs, used);
    }
  }
  const unused = all.filter((each) => !used.has(each));
  const needed = new Set<Definition>();
  for (const each of unused) {
    for (const other of needs.get(each) ?? []) if (other !== each) needed.add(other);
  }
  // Blocks that only need each other in a ring have no outermost: the first in the text stands for it.
  return [...unused.filter((each) => !needed.has(each)), ...unused].flatMap((block) => {
    if (used.has(block)) return [];
    reach(block, needs, used);
    const { name, span } = block;
    return [diagnostic('NET0903', name.span, { name: name.text, definition: span })];
  });
}

type Needs = ReadonlyMap<Definition, ReadonlySet<Definition>>;

/** The definitions that each names. */
function needsOf(definitions: Definitions): Needs {
  const needs = new Map<Definition, ReadonlySet<Definition>>();
  for (const [definition, uses] of definitions) {
    const named = uses.flatMap(({ target }) =>
      target.kind === 'definition' ? [target.definition] : [],
    );
    needs.set(definition, new Set(named));
  }
  return needs;
}

function reach(from: Definition, needs: Needs, used: Set<Definition>): void {
  const todo = [from];
  for (let at = todo.pop(); at; at = todo.pop()) {
    if (used.has(at) || !needs.has(at)) continue;
    used.add(at);
    for (const each of needs.get(at) ?? []) todo.push(each);
  }
}
