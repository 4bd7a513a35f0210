import type { Overrides } from '../../compiler/expand/overrides.js';
import { DiagnosedError } from '../errors/errors.js';
import type { CompiledFile } from '../networks/compile-file.js';
import type { Adjustable } from './explain-sizes.js';

type Compiled = Pick<CompiledFile, 'graph' | 'tree'>;

/** A compiled model whose whole numbers can be tried: `again` compiles it with some of them changed. */
export function adjustable(
  { graph, tree }: Compiled,
  again: (changed: Overrides) => Compiled,
): Adjustable {
  const numbers = tree.configuration.flatMap(([name, value]) =>
    value.kind === 'number' && Number.isInteger(value.value) ? [[name, value.value] as const] : [],
  );
  return {
    name: graph.name,
    numbers: Object.fromEntries(numbers),
    variables(changed) {
      const entries = Object.entries(changed).map(([name, value]) => [name, String(value)]);
      if (entries.length === 0) return graph.variables;
      try {
        return again(Object.fromEntries(entries)).graph.variables;
      } catch (error) {
        if (error instanceof DiagnosedError) return undefined;
        throw error;
      }
    },
  };
}
