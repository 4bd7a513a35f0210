import type { DiagnosticParts, Diagnostics, Suggestion } from '../diagnostics/diagnostic.js';
import type { ImageSize } from '../ir/cost.js';
import type { Graph } from '../ir/graph.js';
import { fixedValue } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import { type NearestSizes, nearestSizes, type Place, places } from './nearest.js';
import { residueWords } from './requirement-words.js';
import { atLeast, type Requirement, requirementsOf } from './requirements.js';
import { failureAt, failureWords } from './size-mistake.js';
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
  readonly place: Place;
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
  const wayOut = wayOutOf(nearestSizes(graph, requirements, size), size);
  const suggestion = wayOut ? { suggestion: wayOut } : {};
  const fits = new Map<string, Fit>();
  for (const filling of fillingsOf(graph, size)) {
    const { input, given, symbol, place } = filling;
    const name = symbol ?? `${place.side} of ${input}`;
    const earlier = fits.get(name);
    const requirement = requirements.get(symbol ?? '');
    const refusal = atInput(filling, earlier, inputSpans.get(input));
    const misfit =
      requirement && !earlier && !takes(requirement, given)
        ? atOperation(graph, requirement, filling)
        : undefined;
    const mistake = refusal ?? misfit;
    if (mistake) diagnostics.report('NET0406', { ...mistake, ...suggestion });
    fits.set(name, {
      name,
      value: earlier?.value ?? given,
      fits: !mistake && (earlier?.fits ?? true),
    });
  }
  return [...fits.values()];
}

const fillingsOf = (graph: Graph, size: ImageSize): readonly Filling[] =>
  graph.inputs.flatMap(({ name, value }) =>
    places.map((place): Filling => {
      const along = value.type.shape[place.axis];
      const { symbol } = along;
      return { input: name, place, given: size[place.side], symbol, wanted: fixedValue(along) };
    }),
  );

const takes = (requirement: Requirement, n: number): boolean =>
  n >= requirement.least && atLeast(requirement, n) === n;

/** An input that has another number there, or a symbol that stands for another one already. */
function atInput(
  { input, given, symbol, wanted, place }: Filling,
  earlier: Fit | undefined,
  span: Span | undefined,
): DiagnosticParts | undefined {
  if (!span) return undefined;
  if (symbol !== null && earlier && earlier.value !== given) {
    return { message: `${symbol} would be both ${earlier.value} and ${given}`, span };
  }
  if (wanted === undefined || wanted === given) return undefined;
  const message = `${input} has ${wanted} ${place.things}, and the images have ${given}`;
  return { message, span };
}

function atOperation(
  graph: Graph,
  requirement: Requirement,
  { given, place }: Filling,
): DiagnosticParts | undefined {
  const { symbol, modulus, vanishes, least } = requirement;
  const failure = failureAt(graph, symbol, place.axis, given);
  const origin = failure?.node.origin;
  if (!failure || !origin) return undefined;
  const wants = [
    ...(modulus === 1 ? [] : [residueWords(requirement)]),
    ...(vanishes ? [`${least} or more`] : []),
  ];
  return {
    message: `${symbol} is ${given}, and ${graph.name} wants ${wants.join(', ')}`,
    span: origin.site,
    label: failureWords(failure, place.things),
    origin: around(origin),
  };
}

/** `pad to 592x576 (8 rows and 11 columns more), or crop to 576x560`. */
function wayOutOf({ above, below }: NearestSizes, size: ImageSize): Suggestion | undefined {
  const ways: string[] = [];
  if (above) {
    const more = [
      counted(above.height - size.height, 'row'),
      counted(above.width - size.width, 'column'),
    ].filter((words) => words !== '');
    ways.push(`pad to ${above.height}x${above.width} (${more.join(' and ')} more)`);
  }
  if (below) ways.push(`crop to ${below.height}x${below.width}`);
  return ways.length === 0 ? undefined : { message: ways.join(', or ') };
}

const counted = (n: number, noun: string): string =>
  n === 0 ? '' : `${n} ${noun}${n === 1 ? '' : 's'}`;
