import type { Variable } from '../../compiler/ir/graph.js';
import { InputError } from '../errors/errors.js';
import type { WeightsOptions } from '../experiments/options/weights.js';
import { matcherOf, patternsFor, straysOf } from '../networks/patterns.js';
import { averagedState } from './averages.js';
import { type Adjustable, explainSizes, printAdjustment } from './explain-sizes.js';
import { readWeightMap } from './files.js';
import { finite } from './finite.js';
import { misfitsOf, networkTensors, type StoredTensors } from './fit.js';
import type { WeightMap } from './map.js';
import { listed, type Misfit } from './misfit.js';
import { withoutPrefix } from './prefixes.js';
import { readTensors } from './read-tensors.js';
import { type Translation, translate } from './translate.js';

/** Weights and moments by path, and notes on where they come from. */
export interface LoadedWeights {
  readonly file: string;
  readonly tensors: StoredTensors;
  /** Paths that have none: they start as every network does. */
  readonly initial: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The weights and moments that `options` name for a network. Each that is taken must be there in its shape, and the file
 * must have no other: nothing is left at its initial value that is not named so. Throws `InputError` with all that does
 * not fit and what would.
 * @param told how `only` and `except` are told of
 */
export async function loadWeights(
  file: string,
  options: Omit<WeightsOptions, 'from'>,
  model: Adjustable,
  told: Wording = inExperiments,
): Promise<LoadedWeights> {
  const { only, except } = options;
  const variables = model.variables({}) ?? [];
  const paths = variables.map(({ path }) => path);
  const [isMeant, isLeft] = [matcherOf(only), matcherOf(except)];
  const takes = (path: string): boolean => (only.length === 0 || isMeant(path)) && !isLeft(path);
  const read = await readTensors(file);
  const map = options.map === null ? null : readWeightMap(options.map);
  const { tensors, notes } = map
    ? withoutPrefix(map, read.tensors)
    : { tensors: ownTensors(read.tensors), notes: [] };
  refuseStrays(options, model.name, [...paths, ...pathsOf(map, tensors)], told);
  const translated = (to: readonly Variable[]): Translation =>
    map ? translate(map, file, tensors, to, takes) : taken(file, tensors, to, takes);
  const { tensors: loaded, misfits } = translated(variables);
  if (misfits.length > 0) {
    const strangers = [...tensors.keys()].filter((name) => !paths.includes(name));
    if (map === null && strangers.length === tensors.size) {
      throw new InputError(namesOfOthers(file, model.name, strangers));
    }
    const adjusted = explainSizes(model, (to) => translated(to).misfits, misfits);
    throw new InputError(...explained(misfits, model, adjusted, { file, paths, takes, told }));
  }
  refuseNonFinite(file, loaded, told);
  const initial = paths.filter((path) => !loaded.has(path));
  return { file, tensors: loaded, initial, notes: [...read.notes, ...notes] };
}

type Choice = 'only' | 'except';

/** How the choice of paths is given, and so told of. */
export interface Wording {
  readonly key: (which: Choice) => string;
  readonly setting: (which: Choice, patterns: readonly string[]) => string;
}

const quoted = (patterns: readonly string[]): string[] => patterns.map((p) => JSON.stringify(p));

const inExperiments: Wording = {
  key: (which) => `weights.${which}`,
  setting: (which, patterns) => `set weights.${which}: [${quoted(patterns).join(', ')}]`,
};

export const asOptions: Wording = {
  key: (which) => `--${which}`,
  setting: (which, patterns) =>
    `add ${quoted(patterns)
      .map((pattern) => `--${which} ${pattern}`)
      .join(' ')}`,
};

/** Training that diverged leaves numbers that nothing recovers from. */
function refuseNonFinite(file: string, tensors: StoredTensors, { key }: Wording): void {
  const found = [...tensors].flatMap(([path, tensor]) => (finite(tensor) ? [] : [path]));
  if (found.length === 0) return;
  const where = found.length === 1 ? found[0] : `${found.length} tensors, such as ${found[0]}`;
  throw new InputError(
    `${file} has NaN or infinite numbers in ${where}: take an earlier checkpoint, or leave them out by ${key('except')}`,
  );
}

/** The paths that tensors of a file have, or that a map gives them. */
const pathsOf = (map: WeightMap | null, tensors: StoredTensors): string[] =>
  map === null
    ? [...tensors.keys()]
    : map.pairs.flatMap(({ theirs, ours }) =>
        theirs.some((name) => tensors.has(name)) ? [ours] : [],
      );

/** What a checkpoint of netc holds of the network, the averages where it keeps them. */
const ownTensors = (tensors: StoredTensors): StoredTensors =>
  networkTensors(new Map(Object.entries(averagedState(Object.fromEntries(tensors)))));

function refuseStrays(
  { only, except }: Pick<WeightsOptions, Choice>,
  model: string,
  paths: readonly string[],
  { key }: Wording,
): void {
  const strays = Object.entries({ only, except }).flatMap(([which, patterns]) =>
    straysOf(patterns, paths).map(({ pattern, guess }) => {
      const suggestion = guess
        ? `did you mean ${guess}?`
        : `netc weights inspect lists the paths of a run`;
      return `${key(which as Choice)}: no weight of ${model} matches ${pattern}: ${suggestion}`;
    }),
  );
  if (strays.length > 0) throw new InputError(...strays);
}

function taken(
  file: string,
  tensors: StoredTensors,
  variables: readonly Variable[],
  takes: (path: string) => boolean,
): Translation {
  const wanted = new Map([...tensors].filter(([path]) => takes(path)));
  const own = variables.filter(({ path }) => takes(path));
  return { tensors: wanted, misfits: misfitsOf(file, own, wanted) };
}

const namesOfOthers = (file: string, model: string, names: readonly string[]): string =>
  names.length === 0
    ? `${file} holds no tensors`
    : `${file} has no name of ${model}'s; it has ${names.slice(0, 2).join(', ')}: name a map of them, as in --map models/maps/pytorch-unet.yaml`;

interface Found {
  readonly file: string;
  readonly paths: readonly string[];
  readonly takes: (path: string) => boolean;
  readonly told: Wording;
}

/** What does not fit, and what would: other parameters, or which paths to leave out. */
function explained(
  misfits: readonly Misfit[],
  model: Adjustable,
  adjusted: ReturnType<typeof explainSizes>,
  { file, paths, takes, told }: Found,
): string[] {
  const bad = new Set(misfits.flatMap(({ path }) => (path === undefined ? [] : [path])));
  const good = paths.filter((path) => takes(path) && !bad.has(path));
  const suggestion = patternsInstead([...bad], good, [...new Set([...paths, ...bad])], told);
  if (adjusted) {
    const first = misfits.find(({ extents }) => extents) ?? misfits[0]!;
    const few = good.length > bad.size ? suggestion : [];
    return [
      `${misfits.length} tensors do not fit ${model.name}, such as: ${first.message}`,
      `${file}: ${printAdjustment(model, adjusted)}`,
      ...few,
    ];
  }
  const isUnnamed = misfits.some(({ path }) => path === undefined);
  const ignored = 'tensors that are of no use to the network are named under ignore of the map';
  return [...listed(misfits), ...(isUnnamed ? [ignored] : []), ...suggestion];
}

/** More patterns than these are no advice. */
const mostPatterns = 8;

/** Patterns that take what fits, and nothing else. */
function patternsInstead(
  bad: readonly string[],
  good: readonly string[],
  all: readonly string[],
  { setting }: Wording,
): string[] {
  if (bad.length === 0 || good.length === 0) return [];
  const [except, only] = [patternsFor(bad, all), patternsFor(good, all)];
  const isShort = only.length < except.length;
  const patterns = isShort ? only : except;
  if (patterns.length > mostPatterns) return [];
  const given = setting(isShort ? 'only' : 'except', patterns);
  return [`to take what fits and leave the rest at its initial values, ${given}`];
}
