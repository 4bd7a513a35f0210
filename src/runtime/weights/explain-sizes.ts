import type { Variable } from '../../compiler/ir/graph.js';
import type { Misfit } from './misfit.js';

/** A model whose parameters can be tried. */
export interface Adjustable {
  readonly name: string;
  /** Its parameters that are whole numbers, as they are now. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Its variables with other parameters; undefined where they do not go together. */
  readonly variables: (
    changed: Readonly<Record<string, number>>,
  ) => readonly Variable[] | undefined;
}

/** Parameters that would fit, by name. */
export interface Adjustment {
  readonly changed: Readonly<Record<string, number>>;
}

/** How many parameters may differ at once. */
const mostChanges = 3;
/** Up to this a number counts things, such as halvings, and its neighbours are tried. */
const largestCount = 8;

/**
 * The parameters of the model with which all would fit, or undefined where there are none: those that sizes tell of, one
 * after the other, the one that mends most first.
 * @param misfitsOf those that are left with these variables
 */
export function explainSizes(
  model: Adjustable,
  misfitsOf: (variables: readonly Variable[]) => readonly Misfit[],
  found: readonly Misfit[],
): Adjustment | undefined {
  let [changed, left]: [Record<string, number>, readonly Misfit[]] = [{}, found];
  for (let round = 0; round < mostChanges && left.length > 0; round++) {
    const before = left.length;
    for (const next of candidates({ ...model.numbers, ...changed }, left)) {
      const variables = model.variables({ ...changed, ...next });
      const misfits = variables && misfitsOf(variables);
      if (!misfits || misfits.length >= left.length) continue;
      [changed, left] = [{ ...changed, ...next }, misfits];
      if (left.length === 0) return { changed };
    }
    if (left.length === before) return undefined;
  }
  return undefined;
}

/** One parameter with another value each. */
function candidates(
  numbers: Readonly<Record<string, number>>,
  misfits: readonly Misfit[],
): Record<string, number>[] {
  const sizes = new Map<string, readonly [given: number, wanted: number]>();
  for (const { extents } of misfits) {
    for (const [axis, given] of extents?.given.entries() ?? []) {
      const wanted = extents!.wanted[axis];
      if (wanted !== undefined && given !== wanted)
        sizes.set(`${given}/${wanted}`, [given, wanted]);
    }
  }
  return Object.entries(numbers).flatMap(([name, value]) => {
    const scaled = [...sizes.values()].map(([given, wanted]) => (value * given) / wanted);
    const equal = [...sizes.values()].filter(([, wanted]) => wanted === value);
    const near = value <= largestCount ? [value - 1, value + 1, value - 2, value + 2] : [];
    const tried = new Set([...equal.map(([given]) => given), ...scaled, ...near]);
    return [...tried]
      .filter((other) => Number.isInteger(other) && other > 0 && other !== value)
      .slice(0, 8)
      .map((other) => ({ [name]: other }));
  });
}

/** Which parameters all would fit, those of the model, and what to add. */
export function printAdjustment({ numbers }: Adjustable, { changed }: Adjustment): string {
  const names = Object.keys(changed);
  const theirs = names.map((name) => `${name}=${changed[name]}`).join(', ');
  const ours = names.map((name) => `${name}=${numbers[name]}`).join(', ');
  const settings = names.map((name) => `--set ${name}=${changed[name]}`).join(' ');
  return `all its tensors fit ${theirs}, and the model has ${ours}: add ${settings}`;
}
