import { type Diagnostic, type Diagnostics, diagnostic } from '../diagnostics/diagnostic.js';
import type { Graph } from '../ir/graph.js';
import type { ImageSize } from '../sizes/size.js';
import { fixedValue, printSize } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import { type ImageAxis, imageAxes, type NearestSizes, nearestSizes } from './nearest.js';
import { atLeast, type Requirement, requirementsOf } from './requirements.js';
import { failureAt } from './size-failure.js';
import { around } from './solve.js';

/** What a size of images gives one symbol, or one side of an input that has a number there. */
export interface Fit {
  /** `H`; `height of image` for an input of a fixed size. */
  readonly name: string;
  readonly value: number;
  readonly fits: boolean;
}

/** One place of one input, and what a size of images puts there. */
interface Filling {
  readonly input: string;
  readonly place: ImageAxis;
  readonly given: number;
  readonly symbol: string | null;
  readonly wanted: number | undefined;
}

/**
 * Whether images of `size` fit every input of `graph`: a symbol in the place of a height stands for the height, one in that of a
 * width for the width. What does not fit is reported: at the first operation that fails, or at the line of an input
 * whose size is a number or whose symbol would be two.
 */
export function fitImages(
  graph: Graph,
  size: ImageSize,
  inputSpans: ReadonlyMap<string, Span>,
  diagnostics: Diagnostics,
): readonly Fit[] {
  const requirements = new Map(requirementsOf(graph).map((each) => [each.symbol, each]));
  const nearest = { image: size, ...nearestSizes(graph, requirements, size) };
  const fits = new Map<string, Fit>();
  for (const filling of fillingsOf(graph, size)) {
    const { input, given, symbol, place } = filling;
    const name = symbol ?? `${place.side} of ${input}`;
    const earlier = fits.get(name);
    const requirement = requirements.get(symbol ?? '');
    const misfit =
      atInput(filling, earlier, inputSpans.get(input), nearest) ??
      (requirement && !earlier && !takes(requirement, given)
        ? atOperation(graph, requirement, filling, nearest)
        : undefined);
    if (misfit) diagnostics.add(misfit);
    fits.set(name, {
      name,
      value: earlier?.value ?? given,
      fits: !misfit && (earlier?.fits ?? true),
    });
  }
  return [...fits.values()];
}

const fillingsOf = (graph: Graph, size: ImageSize): readonly Filling[] =>
  graph.inputs.flatMap(({ name, value }) =>
    imageAxes.map((place): Filling => {
      const along = value.type.shape[place.axis]!;
      const { symbol } = along;
      return { input: name, place, given: size[place.side], symbol, wanted: fixedValue(along) };
    }),
  );

const takes = (requirement: Requirement, n: number): boolean =>
  n >= requirement.least && atLeast(requirement, n) === n;

type Nearest = NearestSizes & { readonly image: ImageSize };

/** An input that has another number there, or a symbol that stands for another one already. */
function atInput(
  { input, given, symbol, wanted, place: { side } }: Filling,
  earlier: Fit | undefined,
  span: Span | undefined,
  nearest: Nearest,
): Diagnostic | undefined {
  if (!span) return undefined;
  if (symbol !== null && earlier && earlier.value !== given) {
    const values = [earlier.value, given] as const;
    return diagnostic('NET0406', span, { kind: 'twice', symbol, values, ...nearest });
  }
  if (wanted === undefined || wanted === given) return undefined;
  return diagnostic('NET0406', span, { kind: 'fixed', input, side, wanted, given, ...nearest });
}

function atOperation(
  graph: Graph,
  { symbol, modulus, remainder, vanishes, least }: Requirement,
  { given, place: { axis, side } }: Filling,
  nearest: Nearest,
): Diagnostic | undefined {
  const failure = failureAt(graph, symbol, axis, given);
  const origin = failure?.node.origin;
  if (!failure || !origin) return undefined;
  const { size, value, arrives } = failure;
  const facts = {
    kind: 'operation',
    model: graph.name,
    ...{ symbol, modulus, remainder, side, value: given },
    least: vanishes ? least : null,
    makes: { size: printSize(size), value },
    arrives: arrives && { size: printSize(arrives.size), value: arrives.value },
    ...nearest,
  } as const;
  return diagnostic('NET0406', origin.site, facts, around(origin));
}
