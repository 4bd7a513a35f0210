import type { ImageSize } from '../graph/cost.js';
import type { Graph } from '../graph/graph.js';
import { both } from './congruence.js';
import { atLeast, type Requirement } from './requirements.js';
import type { Residue } from './residue.js';
import { fixedValue } from './size.js';

/** The places of an input's shape that an image's size fills. */
export const places = [
  { axis: 1, side: 'height', things: 'rows' },
  { axis: 2, side: 'width', things: 'columns' },
] as const;
export type Place = (typeof places)[number];

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
  const common = places.map(({ axis }) => commonOf(graph, requirements, axis));
  const [rows, columns] = common;
  // A symbol in both places asks for square images.
  const square = graph.inputs.some(({ value: { type } }) => {
    return type.shape[1].symbol !== null && type.shape[1].symbol === type.shape[2].symbol;
  });
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

function commonOf(
  graph: Graph,
  requirements: ReadonlyMap<string, Requirement>,
  axis: number,
): Common | undefined {
  let residue: Residue | undefined = { symbol: '', modulus: 1, remainder: 0 };
  let [least, most] = [1, Number.POSITIVE_INFINITY];
  for (const { value } of graph.inputs) {
    const size = value.type.shape[axis];
    const number = fixedValue(size);
    const requirement = requirements.get(size.symbol ?? '');
    if (requirement) residue = residue && both(residue, requirement);
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
