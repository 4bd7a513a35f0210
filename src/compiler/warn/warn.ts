import { type Diagnostic, type Diagnostics, diagnostic, isOf } from '../diagnostics/diagnostic.js';
import type { Expanded } from '../expand/expand.js';
import type { Overrides } from '../expand/overrides.js';
import type { Graph } from '../ir/graph.js';
import { boundOf } from '../names/bind.js';
import type { Bound } from '../names/bound.js';
import type { ChosenModel } from '../names/variants.js';
import type { Span } from '../source/source.js';
import { firstAbove } from '../syntax/found-errors.js';
import type { Module } from '../syntax/module.js';
import { mismatchedGates } from './gates.js';
import { unreachedParts } from './unreached.js';
import { findUnused, type Unused } from './unused.js';
import { weightlessOutputs } from './weightless.js';

/** A network without errors. */
export interface Network {
  readonly chosen: ChosenModel;
  readonly expanded: Expanded;
  readonly graph: Graph;
}

/**
 * All warnings of a file without errors and of the network it was expanded to; null for a file that is checked as a
 * library. A file with errors has no warnings: what depends on an error is not built, or may have read the name.
 */
export function warn(
  main: Module,
  network: Network | null,
  overrides: Overrides,
  diagnostics: Diagnostics,
): void {
  const unused = unusedIn(boundOf(main), namesIn(overrides));
  const graphs = network ? ofNetwork(network) : [];
  const unreached = graphs.flatMap(({ code, span }) =>
    code === 'NET0901' && span.file === main.file.source ? [span.start] : [],
  );
  unreached.sort((a, b) => a - b);
  for (const { warning, line } of unused) {
    // That a result goes nowhere says more than that the name it is bound to is not read.
    const goesNowhere =
      line && (unreached[firstAbove(unreached, line.start - 1)] ?? line.end) < line.end;
    if (!goesNowhere) diagnostics.add(warning);
  }
  for (const warning of graphs) {
    if (diagnostics.isFull('warning')) diagnostics.leaveOut(warning.code, warning.span);
    else diagnostics.add(withLine(warning, unused));
  }
}

/** Of a file whose models are checked one after the other it is the same each time. */
const known = new WeakMap<Bound, readonly Unused[]>();

function unusedIn(bound: Bound, named: ReadonlySet<string>): readonly Unused[] {
  const found = (named.size === 0 ? known.get(bound) : undefined) ?? findUnused(bound, named);
  if (named.size === 0) known.set(bound, found);
  return found;
}

const ofNetwork = ({ chosen, expanded, graph }: Network): readonly Diagnostic[] => [
  ...unreachedParts(expanded, graph),
  ...weightlessOutputs(graph, chosen.definition.body),
  ...mismatchedGates(graph, expanded.tree),
];

/** What goes nowhere is told with the line that binds it and nothing else, where nothing reads that. */
function withLine(warning: Diagnostic, unused: readonly Unused[]): Diagnostic {
  if (!isOf(warning, 'NET0901')) return warning;
  const { span, facts, origin } = warning;
  const around = unused.find(({ line, isWhole }) => isWhole && line && holds(line, span));
  return around ? diagnostic('NET0901', span, { ...facts, line: around.line }, origin) : warning;
}

const holds = (outer: Span, inner: Span): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;

/** The names of blocks in `--set` values: what is passed there is used. */
const namesIn = (overrides: Overrides): ReadonlySet<string> =>
  new Set(Object.values(overrides).flatMap((text) => text.match(/\b[A-Z]\w*/g) ?? []));
