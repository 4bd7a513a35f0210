import type { Graph, Value } from '../ir/graph.js';
import { type Result, valuesOf } from '../values/value.js';
import type { Application } from './application.js';
import type { Expanded } from './expand.js';
import { joinPath } from './expansion.js';

/** A value of a graph under a name that the text has for it. */
export interface NamedValue {
  /** The path of the instance or of the step of a loop that it is a value in, and its name there: `up/gate/alpha`, `state[1]/sum`. */
  readonly name: string;
  readonly value: Value;
}

/**
 * The values that lines of `let`, the states of loops, and instances have names for, in the order in which they are computed. `graph`
 * is of `expanded`, sizes solved and no pass over it; what none of its outputs depends on is left out, as are names of an input.
 */
export function namedValues({ tree, builder }: Expanded, graph: Graph): readonly NamedValue[] {
  const unreached = new Set(builder.unreached().nodes);
  const kept = builder.nodes.filter((node) => !unreached.has(node));
  if (kept.length !== graph.nodes.length) throw new Error('the graph is not of this expansion');
  /** Of the values as they were expanded, those that `graph` has of them. */
  const final = new Map<Value, Value>();
  graph.nodes.forEach(({ results }, i) => {
    for (const [j, result] of results.entries()) final.set(kept[i]!.results[j]!, result);
  });
  const found: NamedValue[] = [];
  for (const [name, value] of told(tree)) {
    const own = final.get(value);
    if (own) found.push({ name, value: own });
  }
  return found.sort((a, b) => a.value.id - b.value.id);
}

/** All that has a name in `tree`, each name once: an instance that is used again has its values again. */
function told(tree: Application): readonly (readonly [string, Value])[] {
  const uses = new Map<string, number>();
  const all: (readonly [string, Value])[] = [];
  const visit = (application: Application, path: string): void => {
    for (const [name, result] of application.named) {
      for (const [entry, value] of tensorsIn(name, result)) {
        const whole = joinPath(path, entry);
        const use = (uses.get(whole) ?? 0) + 1;
        uses.set(whole, use);
        all.push([use === 1 ? whole : `${whole} (use ${use})`, value]);
      }
    }
    for (const child of application.children) visit(child, joinPath(path, child.segment));
  };
  visit(tree, '');
  return all;
}

/** Those of a list, and of several values, with their places in it. */
function tensorsIn(name: string, result: Result): readonly (readonly [string, Value])[] {
  if (result.kind === 'tensor') return [[name, result.value]];
  const items = result.kind === 'list' ? result.items : valuesOf(result);
  if (result.kind !== 'list' && result.kind !== 'several') return [];
  return items.flatMap((item, i) => tensorsIn(`${name}[${i}]`, item));
}
