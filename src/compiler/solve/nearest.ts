import type { Graph } from '../ir/graph.js';
import type { Residue } from '../sizes/residue.js';
import type { ImageSize } from '../sizes/size.js';
import { fixedValue, type Size } from '../sizes/size.js';
import { bothInRange } from './congruence.js';
import { atLeast, type Requirement, requirementsOf } from './requirements.js';

/** The places of an input's shape that an image's size fills. */
export const imageAxes = [
  { axis: 1, side: 'height' },
  { axis: 2, side: 'width' },
] as const;
export type ImageAxis = (typeof imageAxes)[number];

/** The nearest sizes of images that all inputs take, neither side smaller, or neither larger; undefined where there is none. */
export interface NearestSizes {
  readonly above: ImageSize | undefined;
  readonly below: ImageSize | undefined;
}

export function nearestSizes(
  graph: Graph,
  requirements: ReadonlyMap<string, Requirement>,
  size: ImageSize,
): NearestSizes {
  return nearestOf(askedBy(graph, requirements), size);
}

/**
 * The size nearest to `size`, itself where it is one, that all the graphs take; of two as near the larger. Undefined
 * where there is none, as where two inputs have fixed sizes that differ.
 */
export function nearestTaken(graphs: readonly Graph[], size: ImageSize): ImageSize | undefined {
  const asked = graphs.flatMap((graph) => {
    return askedBy(graph, new Map(requirementsOf(graph).map((each) => [each.symbol, each])));
  });
  const { above, below } = nearestOf(asked, size);
  if (!above || !below) return above ?? below;
  const far = ({ height, width }: ImageSize): number =>
    Math.abs(height - size.height) + Math.abs(width - size.width);
  return far(below) < far(above) ? below : above;
}

/** What one input asks of its height and of its width. */
interface Asked {
  readonly sides: readonly [height: Side, width: Side];
  /** A symbol in both places asks for square images. */
  readonly square: boolean;
}

interface Side {
  readonly number: number | undefined;
  readonly requirement: Requirement | undefined;
}

const askedBy = (graph: Graph, requirements: ReadonlyMap<string, Requirement>): readonly Asked[] =>
  graph.inputs.map(({ value: { type } }) => {
    const [, height, width] = type.shape;
    const side = (size: Size): Side => ({
      number: fixedValue(size),
      requirement: requirements.get(size.symbol ?? ''),
    });
    return {
      sides: [side(height!), side(width!)],
      square: height!.symbol !== null && height!.symbol === width!.symbol,
    };
  });

function nearestOf(asked: readonly Asked[], size: ImageSize): NearestSizes {
  const rows = commonOf(asked.map(({ sides: [height] }) => height));
  const columns = commonOf(asked.map(({ sides: [, width] }) => width));
  const square = asked.some((one) => one.square);
  if (!rows || !columns) return { above: undefined, below: undefined };
  const most = Math.max(size.height, size.width);
  const fewest = Math.min(size.height, size.width);
  const above = {
    height: upwards(rows, square ? most : size.height),
    width: upwards(columns, square ? most : size.width),
  };
  const height = downwards(rows, square ? fewest : size.height);
  const width = downwards(columns, square ? fewest : size.width);
  const enlarges = above.height >= size.height && above.width >= size.width;
  return {
    above: enlarges ? above : undefined,
    below: height === undefined || width === undefined ? undefined : { height, width },
  };
}

/** What the sizes along one axis may be, for all inputs at once. */
interface Common {
  readonly residue: Residue;
  readonly least: number;
  readonly most: number;
}

function commonOf(sides: readonly Side[]): Common | undefined {
  let residue: Residue | undefined = { symbol: '', modulus: 1, remainder: 0 };
  let [least, most] = [1, Number.POSITIVE_INFINITY];
  for (const { number, requirement } of sides) {
    if (requirement) residue = residue && bothInRange(residue, requirement);
    least = Math.max(least, number ?? requirement?.least ?? 1);
    most = Math.min(most, number ?? most);
  }
  if (!residue || atLeast(residue, least) > most) return undefined;
  return { residue, least: atLeast(residue, least), most };
}

const upwards = ({ residue, least, most }: Common, n: number): number =>
  Math.min(atLeast(residue, Math.max(n, least)), most);

function downwards({ residue, least, most }: Common, n: number): number | undefined {
  const below = atLeast(residue, Math.min(n, most) - residue.modulus + 1);
  return below >= least ? below : undefined;
}
