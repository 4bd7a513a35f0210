import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import { placeBareKeys } from '../experiments/bare-keys.js';
import { loadExperiment } from '../experiments/load-experiment.js';
import { type Override, overrideOf, parseOverride } from '../experiments/overrides.js';
import { inOurWords } from '../experiments/validate.js';
import { otherKind } from '../files/kinds.js';
import { missing, nearestFile } from '../files/missing.js';
import { readText } from '../files/text.js';
import type { Network } from '../networks/network.js';
import { checkExperiment } from '../preparation/check-experiment.js';
import { reportSchemaErrors, type SchemaError, validator } from '../yaml/schema-errors.js';
import {
  type Path,
  parseYaml,
  plainValue,
  spanOfKey,
  spanOfValue,
  type YamlSource,
} from '../yaml/source.js';
import type { Ablation, PaperName, PlannedRun } from './ablation.js';
import type { WrittenResources } from './resources.js';
import { ablationSchema } from './schema.js';
import { overrideAt, variantOverrides } from './variant-overrides.js';

/** The file as its schema fills it. */
interface AblationText {
  readonly experiment: string;
  readonly variants: readonly { readonly name: string }[];
  readonly seeds: readonly number[] | null;
  readonly folds: number | null;
  readonly metric: string;
  readonly paper?: PaperName;
  readonly resources: WrittenResources | null;
  readonly output: string | null;
}

export interface AblationSettings {
  /** As `--set` of `netc train`: in every run, above what variants say. */
  readonly set: readonly string[];
  readonly out?: string;
  /** The name of the only run that is wanted. */
  readonly only?: string;
}

const validate = validator(ablationSchema, 'the ablation');

/**
 * The ablation at `path`, each of its experiments checked and its networks compiled. Throws `DiagnosedError` with all
 * that is wrong, wherever it was written.
 */
export function openAblation(path: string, { set, out, only }: AblationSettings): Ablation {
  const { source, ablation, diagnostics } = readAblation(path);
  const name = nameOf(path);
  const output = out ?? outputOf(path, ablation);
  checkNames(ablation, source, diagnostics);
  const base = experimentOf(ablation.experiment, source, diagnostics);
  const given = set.map((setting) => parseOverride(setting, diagnostics)).filter(isOverride);
  checkDecided(given, ablation, diagnostics);
  if (!base || diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  const runs = plannedRuns({ ablation, source, base, given, output, only });
  const { metric, paper = null, resources } = ablation;
  const variants = ablation.variants.map((variant) => variant.name);
  return { name, variants, metric, paper, output, runs, resources };
}

/** Where an ablation's runs and report go where nothing else is said; no experiment is opened. Throws as `openAblation` does. */
export const ablationOutput = (path: string): string => outputOf(path, readAblation(path).ablation);

const nameOf = (path: string): string => basename(path, extname(path));

const outputOf = (path: string, { output }: AblationText): string =>
  output ?? join('runs', 'ablations', nameOf(path));

/** The text at `path`, held to the schema. */
function readAblation(path: string) {
  const text = readText(path);
  if (text === undefined) throw missing(path, "name an ablation's file", 'ablation');
  const diagnostics = new Diagnostics();
  const source = parseYaml({ path, text }, diagnostics);
  if (!source) throw otherKind(path, 'ablation') ?? new DiagnosedError(diagnostics.all());
  const value: unknown = plainValue(source);
  reportSchemaErrors(validate(value).map(inOurWordsOf), spanOf(source), diagnostics);
  if (diagnostics.hasErrors)
    throw otherKind(path, 'ablation') ?? new DiagnosedError(diagnostics.all());
  return { source, ablation: value as AblationText, diagnostics };
}

/** What the ablation decides for each run cannot be set for all of them. */
function checkDecided(
  given: readonly Override[],
  { seeds }: AblationText,
  diagnostics: Diagnostics,
): void {
  for (const { path, bare, source } of given) {
    const key = bare?.key ?? path.join('.');
    if (key !== 'output' && (key !== 'seed' || seeds === null)) continue;
    const span = { file: source.file, start: 0, end: source.file.text.length };
    diagnostics.report('NET0605', span, { kind: key === 'output' ? 'ownOutputs' : 'ownSeeds' });
  }
}

/** A variant has keys of the experiment; so may the ablation's own top, in error. */
const inOurWordsOf = (error: SchemaError): SchemaError =>
  inOurWords(error, error.path[0] === 'variants' ? error.path.slice(0, 2) : []);

const isOverride = (value: Override | undefined): value is Override => value !== undefined;

const spanOf = (source: YamlSource) => (path: Path, part: SchemaError['part']) =>
  part === 'key' ? spanOfKey(source, path) : spanOfValue(source, path);

/** A name as a folder: `Attention U-Net` is `attention-u-net`. */
const folderName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'variant';

function checkNames({ variants }: AblationText, source: YamlSource, into: Diagnostics): void {
  const first = new Map<string, number>();
  for (const [i, { name }] of variants.entries()) {
    const folder = folderName(name);
    const earlier = first.get(folder);
    if (earlier === undefined) {
      first.set(folder, i);
      continue;
    }
    const placeOf = (n: number) => spanOfValue(source, ['variants', n, 'name']);
    const facts = { kind: 'sameFolder', folder, name, other: placeOf(earlier) } as const;
    into.report('NET0605', placeOf(i), facts);
  }
}

function experimentOf(given: string, source: YamlSource, into: Diagnostics) {
  const path = isAbsolute(given) ? given : join(dirname(source.file.path), given);
  const text = readText(path);
  if (text !== undefined) return parseYaml({ path, text }, into);
  const facts = { kind: 'file', path, meant: nearestFile(path) ?? null } as const;
  into.report('NET0604', spanOfValue(source, ['experiment']), facts);
  return undefined;
}

interface Plan {
  readonly ablation: AblationText;
  readonly source: YamlSource;
  readonly base: YamlSource;
  readonly given: readonly Override[];
  readonly output: string;
  readonly only: string | undefined;
}

function plannedRuns(plan: Plan): PlannedRun[] {
  // What is wrong with the experiment is wrong in each variant of it, and told once.
  const found = new Diagnostics();
  const runs = plan.ablation.variants.flatMap((_, i) => {
    try {
      return runsOfVariant(plan, i);
    } catch (error) {
      if (!(error instanceof DiagnosedError)) throw error;
      found.add(...error.diagnostics);
      return [];
    }
  });
  if (found.hasErrors) throw new DiagnosedError(found.all());
  return runs;
}

function runsOfVariant(plan: Plan, i: number): PlannedRun[] {
  const { ablation, source, base, given, output, only } = plan;
  const { name: variant } = ablation.variants[i]!;
  const written = [...variantOverrides(source, ['variants', i], base), ...given];
  const misplaced = new Diagnostics();
  const changes = placeBareKeys(written, base, misplaced);
  if (misplaced.hasErrors) throw new DiagnosedError(misplaced.all());
  const folds = ablation.folds;
  const runs: PlannedRun[] = [];
  let network: Network | undefined;
  for (const [n, seed] of (ablation.seeds ?? [null]).entries()) {
    for (const fold of folds === null ? [null] : Array.from({ length: folds }, (_, k) => k + 1)) {
      const diagnostics = new Diagnostics();
      const overrides = [
        ...changes,
        ...(seed === null ? [] : [overrideAt(source, ['seeds', n], ['seed'])]),
        ...(fold === null ? [] : foldOverrides(source, base, fold)),
        overrideOf(['output'], '"."', 'output', diagnostics),
      ].filter(isOverride);
      const loaded = loadExperiment(base.file, overrides, diagnostics);
      if (!loaded) throw new DiagnosedError(diagnostics.all());
      const ending = `-s${loaded.experiment.seed}${fold === null ? '' : `-f${fold}`}`;
      const name = `${folderName(variant)}${ending}`;
      if (only !== undefined && only !== name) continue;
      // The network of a variant is the same from every seed.
      network ??= checkExperiment(loaded);
      const folder = join(output, 'runs', name);
      const experiment = { ...loaded.experiment, output: folder };
      runs.push({ name, variant, seed: experiment.seed, fold, folder, experiment, network });
    }
  }
  return runs;
}

function foldOverrides(source: YamlSource, base: YamlSource, fold: number): Override[] {
  const folds = source.document.get('folds');
  const split = ['data', 'split'];
  if (base.document.getIn([...split, 'kind']) !== 'folds') {
    return [overrideAt(source, ['folds'], split, { kind: 'folds', folds, fold })];
  }
  return [
    overrideAt(source, ['folds'], [...split, 'folds']),
    overrideAt(source, ['folds'], [...split, 'fold'], fold),
  ];
}
