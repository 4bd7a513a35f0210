import type { Diagnostic, Diagnostics } from '../diagnostics/diagnostic.js';
import type { Expanded } from '../expand/expand.js';
import type { Overrides } from '../expand/overrides.js';
import type { ChosenModel } from '../expand/variants.js';
import type { Graph } from '../ir/graph.js';
import type { Module } from '../load/modules.js';
import { boundOf } from '../names/bind.js';
import type { Span } from '../source/source.js';
import { mismatchedGates } from './gates.js';
import { unreachedParts } from './unreached.js';
import { findUnused, type Unused } from './unused.js';
import { weightlessOutputs } from './weightless.js';

/** A network without mistakes. */
export interface Network {
  readonly chosen: ChosenModel;
  readonly expanded: Expanded;
  readonly graph: Graph;
}

/**
 * All warnings of a file without mistakes and of the network it was expanded to; null for a file that is checked as a
 * library. Beside a mistake nothing is warned of: what depends on it is not built, or may have read the name.
 */
export function warn(
  main: Module,
  network: Network | null,
  overrides: Overrides,
  diagnostics: Diagnostics,
): void {
  const unused = findUnused(boundOf(main), namesIn(overrides));
  const graphs = network ? ofNetwork(network) : [];
  const unreached = graphs.filter(({ code }) => code === 'NET0901');
  for (const { warning, line } of unused) {
    // That a result goes nowhere says more than that the name it is bound to is not read.
    if (!unreached.some(({ span }) => line && holds(line, span))) report(warning, diagnostics);
  }
  for (const warning of graphs) report(withLine(warning, unused), diagnostics);
}

const ofNetwork = ({ chosen, expanded, graph }: Network): readonly Diagnostic[] => [
  ...unreachedParts(expanded, graph),
  ...weightlessOutputs(graph, chosen.definition.body),
  ...mismatchedGates(graph, expanded.tree),
];

/** Of what goes nowhere, the way out is the one of its line where nothing reads that. */
function withLine(warning: Diagnostic, unused: readonly Unused[]): Diagnostic {
  if (warning.code !== 'NET0901') return warning;
  const around = unused.find(({ line, isWhole }) => isWhole && line && holds(line, warning.span));
  const suggestion = around?.warning.suggestion;
  return suggestion ? { ...warning, suggestion } : warning;
}

const holds = (outer: Span, inner: Span): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;

const report = (warning: Diagnostic, diagnostics: Diagnostics): void => diagnostics.add(warning);

/** The names of blocks in `--set` values: what is passed there is used. */
const namesIn = (overrides: Overrides): ReadonlySet<string> =>
  new Set(Object.values(overrides).flatMap((text) => text.match(/\b[A-Z]\w*/g) ?? []));
