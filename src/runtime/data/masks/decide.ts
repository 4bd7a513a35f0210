import type { MaskOptions } from '../../experiments/options/data.js';
import { sharedValues } from './labels.js';
import { absentFrom, misfitOf, type Noun, oddIn, unnamedIn } from './refusal.js';
import { type Counted, classifier, hasAlpha, type MaskRule, ruleOf, valuesOf } from './rule.js';

/** How all files are read, or why they cannot be. */
export interface Decision {
  /** Undefined where there are problems. */
  readonly rule: MaskRule | undefined;
  /** One sentence each, with the way on. */
  readonly problems: readonly string[];
  /** The rule in words. */
  readonly note: string;
  /** Files without a pixel of foreground. */
  readonly empty: ReadonlySet<string>;
}

/** One rule for all files. */
export function decide(files: readonly Counted[], options: MaskOptions, noun: Noun): Decision {
  const problems = [...sharedValues(options), ...files.flatMap((file) => damagesOf(file))];
  const base = { options, alpha: hasAlpha(files), small: false };
  const rule = ruleOf(files, options);
  if (problems.length === 0 && !rule) problems.push(misfitOf(files, base, noun));
  const unnamed = rule?.kind === 'labels' ? unnamedIn(files, rule) : undefined;
  if (unnamed !== undefined) problems.push(unnamed);
  if (rule?.kind === 'white') problems.push(...oddIn(files, rule, noun));
  const usable = problems.length === 0 ? rule : undefined;
  return {
    rule: usable,
    problems,
    note: usable ? noteOf(files, usable, noun) : '',
    empty: new Set(
      usable ? files.filter((file) => isEmpty(file, usable)).map(({ path }) => path) : [],
    ),
  };
}

/** What no rule can mend. */
function damagesOf({ path, census }: Counted): string[] {
  const { notFinite, rounded, more, alpha, values } = census;
  const problems: string[] = [];
  if (notFinite > 0)
    problems.push(`${path} has ${notFinite} pixels that are NaN or infinite: give each a class`);
  if (rounded > 0) {
    problems.push(
      `${path} has ${rounded} values that 32 bits of floating point cannot hold: number the classes from 0`,
    );
  }
  if (more) problems.push(`${path} has thousands of values, as a photograph has: name a mask`);
  if ((alpha?.values.length ?? 0) > 1 && values.length > 1 && !alpha?.black) {
    problems.push(
      `${path} has transparency that differs from pixel to pixel beside its colours: save it without`,
    );
  }
  return problems;
}

function isEmpty(file: Counted, rule: MaskRule): boolean {
  const classOf = classifier(rule, file.census.white);
  return valuesOf(file, rule).every(([code]) => classOf(code) === 0);
}

function noteOf(files: readonly Counted[], rule: MaskRule, noun: Noun): string {
  const where = rule.alpha ? ', in their transparency' : '';
  const ignored = [rule.options.ignore ?? []].flat();
  const left = ignored.length === 0 ? '' : `; ${ignored.join(', ')} is not judged`;
  if (rule.kind === 'labels') {
    const absent = absentFrom(files, rule);
    const none = absent.length === 0 ? '' : `; no file has ${absent.join(', ')}`;
    return `${noun}: by data.labels${none}${left}${where}`;
  }
  const inside = noun === 'masks' ? 'foreground' : 'inside';
  if (rule.kind === 'ones') return `${noun}: 0 and 1, ${inside} is 1${left}${where}`;
  const shades = new Set(files.flatMap((file) => valuesOf(file, rule).map(([code]) => code)));
  const between =
    shades.size > 2
      ? `, with edges between: ${inside} is above one half of white`
      : `, ${inside} is white`;
  return `${noun}: 0 and white${between}${left}${where}`;
}
