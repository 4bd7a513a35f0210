import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile } from '../../compiler/source/source.js';
import type { SettingFacts } from '../experiments/setting-error.js';
import { reportSchemaErrors, type SchemaError, validator } from '../yaml/schema-errors.js';
import { type Path, parseYaml, plainValue, spanOfKey, spanOfValue } from '../yaml/source.js';
import { type MapText, mapSchema } from './map-schema.js';
import { spellings, substitutions, TemplateError } from './template.js';

/** One tensor under two names. */
export interface TensorNames {
  /** What they may call it; the first is what `export` writes. */
  readonly theirs: readonly string[];
  readonly ours: string;
  /** Which of their axes is each of ours; null where they lie alike. */
  readonly axes: readonly number[] | null;
}

/** How another implementation names and lays out the weights of a network. */
export interface WeightMap {
  readonly pairs: readonly TensorNames[];
  /** Whether a tensor of theirs holds no weights. */
  readonly ignores: (name: string) => boolean;
}

const validate = validator(mapSchema, 'the map');

/** The map in `file`; what is wrong with it is reported, all of it, and then the result is undefined. */
export function loadWeightMap(file: SourceFile, diagnostics: Diagnostics): WeightMap | undefined {
  const source = parseYaml(file, diagnostics);
  if (!source) return undefined;
  const spanOf = (path: Path, part: SchemaError['part']) =>
    part === 'key' ? spanOfKey(source, path) : spanOfValue(source, path);
  const value: unknown = plainValue(source);
  reportSchemaErrors(validate(value), spanOf, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const report: Report = (path, part, facts) =>
    diagnostics.report('NET0605', spanOf(path, part), facts);
  const text = value as MapText;
  const pairs = pairsOf(text, report);
  const ignored = text.ignore.map(wildcard);
  if (diagnostics.hasErrors) return undefined;
  return { pairs, ignores: (name) => ignored.some((pattern) => pattern.test(name)) };
}

type Report = (path: Path, part: SchemaError['part'], facts: SettingFacts) => void;

/** `*` stands for any text, the rest for itself. */
const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

function pairsOf({ levels, layers, tensors }: MapText, report: Report): TensorNames[] {
  const kinds = new Map(
    Object.entries(layers).map(([kind, leaves]) => [kind, leavesOf(kind, leaves, report)]),
  );
  const pairs: TensorNames[] = [];
  // Their names have dots and ours slashes, so that one set holds both.
  const taken = new Set<string>();
  for (const [kind, templates] of Object.entries(tensors)) {
    const leaves = kinds.get(kind);
    if (!leaves) {
      const facts = { kind: 'layerKind', layer: kind, known: [...kinds.keys()] } as const;
      report(['tensors', kind], 'key', facts);
    }
    for (const [theirs, ours] of Object.entries(templates)) {
      const path = ['tensors', kind, theirs];
      for (const pair of expanded(theirs, ours, leaves ?? [], levels, path, report)) {
        for (const name of [...pair.theirs, pair.ours]) {
          if (taken.has(name)) report(path, 'key', { kind: 'tensorTwice', name });
          taken.add(name);
        }
        pairs.push(pair);
      }
    }
  }
  return pairs;
}

interface Leaf {
  readonly theirs: string;
  readonly ours: string;
  readonly axes: readonly number[] | null;
}

function leavesOf(kind: string, leaves: MapText['layers'][string], report: Report): Leaf[] {
  return Object.entries(leaves).map(([theirs, leaf]) => {
    if (typeof leaf === 'string') return { theirs, ours: leaf, axes: null };
    const [from, to] = leaf.axes.split(' -> ');
    const axes = [...to!].map((letter) => from!.indexOf(letter));
    if (
      [...axes].sort((a, b) => a - b).some((axis, i) => axis !== i) ||
      to!.length !== from!.length
    ) {
      report(['layers', kind, theirs, 'axes'], 'value', { kind: 'axes', axes: leaf.axes });
    }
    return { theirs, ours: leaf.to, axes };
  });
}

/** The tensors of all layers that one line of the map stands for. */
function expanded(
  theirs: string,
  ours: string,
  leaves: readonly Leaf[],
  levels: MapText['levels'],
  path: Path,
  report: Report,
): TensorNames[] {
  try {
    return substitutions(theirs, ours, levels).flatMap(([layer, path]) =>
      leaves.map((leaf) => ({
        theirs: spellings(layer).map((name) => `${name}.${leaf.theirs}`),
        ours: `${path}/${leaf.ours}`,
        axes: leaf.axes,
      })),
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { level, side } = error;
    const facts = { level, isUnknown: side === 'theirs', known: Object.keys(levels) };
    report(path, side === 'ours' ? 'value' : 'key', { kind: 'level', ...facts });
    return [];
  }
}
