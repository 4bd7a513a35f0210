import { counted } from '../../errors/counted.js';
import type { Label } from '../../experiments/options/data.js';
import { oddity } from './edges.js';
import { background, classesOf, isColour, labelOf, numbersByCode } from './labels.js';
import { type Counted, type MaskRule, shadesOf, type Values, valuesOf } from './rule.js';

/** What is counted: `masks` or `fields of view`. */
export type Noun = 'masks' | 'fields of view';

/** A value, and where it was found. */
interface Found {
  readonly code: number;
  readonly pixels: number;
  readonly files: number;
  readonly example: string;
}

/** How many values are listed before the rest is counted. */
const listed = 8;
/** More classes than this are not written out for somebody to paste. */
const mostWritten = 12;

function found(files: readonly Counted[], valuesIn: (file: Counted) => Values): Found[] {
  const all = new Map<number, Found>();
  for (const file of files) {
    for (const [code, pixels] of valuesIn(file)) {
      const before = all.get(code) ?? { code, pixels: 0, files: 0, example: file.path };
      all.set(code, { ...before, pixels: before.pixels + pixels, files: before.files + 1 });
    }
  }
  return [...all.values()].sort((a, b) => a.code - b.code);
}

/** `0 (3 files), 2 (120 pixels in 3 files)`, the most frequent where there are many. */
function listOf(values: readonly Found[]): string {
  const most = values.toSorted((a, b) => b.pixels - a.pixels).slice(0, listed);
  const shown = values
    .filter((value) => most.includes(value))
    .map(
      ({ code, pixels, files }) =>
        `${labelOf(code)} (${counted(pixels, 'pixel')} in ${counted(files, 'file')})`,
    );
  const rest = values.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${counted(rest, 'value')} more` : ''}`;
}

/** Why masks without labels fit no rule, with their values and what to write. */
export function misfitOf(
  files: readonly Counted[],
  rule: Omit<MaskRule, 'kind'>,
  noun: Noun,
): string {
  const values = found(files, (file) => valuesOf(file, rule));
  const coloured = values.some(({ code }) => isColour(code));
  const what = coloured ? 'are in colours' : 'are neither all of 0 and 1 nor all of 0 and white';
  const way = noun === 'masks' && apart(files, rule) ? oneClass : wayOf(values, noun);
  return `the ${noun} ${what}: ${listOf(values)}: ${way}`;
}

/** Files whose values between 0 and white are no edges, though those of all files together are: a sentence for each. */
export function oddIn(files: readonly Counted[], rule: MaskRule, noun: Noun): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const kind = oddity(shadesOf(file, rule));
    if (kind === undefined) continue;
    const values = found([file], (one) => valuesOf(one, rule));
    problems.push(
      kind === 'photograph'
        ? `${file.path} has most of its pixels between 0 and white, as a photograph has: ${listOf(values)}: name a mask`
        : `${file.path} has values between 0 and white that are no edges: ${listOf(values)}: ${wayOf(values, noun)}`,
    );
  }
  return problems;
}

const oneClass =
  'where 1 in one file means the same as 255 in another, say so, as `labels: {foreground: [1, 255]}` under data, of `kind: folder`';

/** Whether each file is of 0 and 1 or of 0 and 255, and there are both. */
function apart(files: readonly Counted[], rule: Omit<MaskRule, 'kind'>): boolean {
  const codes = files.map((file) =>
    valuesOf(file, rule).flatMap(([code]) => (code === 0 ? [] : [code])),
  );
  return (
    codes.every((own) => own.length <= 1) && String([...new Set(codes.flat())].sort()) === '1,255'
  );
}

function wayOf(values: readonly Found[], noun: Noun): string {
  const codes = values.map(({ code }) => code).filter((code) => code !== 0);
  const whole = codes.every((code) => isColour(code) || Number.isInteger(code));
  if (noun === 'fields of view') return 'save them with 0 outside and 255 inside';
  if (!whole || codes.length > mostWritten) {
    return 'save them without loss, as PNG, with 0 and 255, or with a number for each class and `labels`';
  }
  const written = `say what each value is, as \`labels: ${suggested(codes)}\` under data, of \`kind: folder\``;
  const others = codes.filter((code) => code !== 255);
  if (!codes.includes(255) || others.length === 0 || others.some(isColour)) return written;
  return `${written}; where 255 means that nobody judged, \`labels: ${suggested(others)}\` and \`ignore: 255\``;
}

function suggested(codes: readonly number[]): string {
  const names = codes.length === 1 ? ['foreground'] : codes.map((_, i) => `class${i + 1}`);
  return `{${codes.map((code, i) => `${names[i]}: ${written(labelOf(code))}`).join(', ')}}`;
}

const written = (label: Label): string => (typeof label === 'number' ? `${label}` : `"${label}"`);

/** Values that no label names, over the whole dataset; undefined where there is none. */
export function unnamedIn(files: readonly Counted[], rule: MaskRule): string | undefined {
  const { options } = rule;
  const labels = options.labels ?? {};
  const named = numbersByCode(labels, options);
  const values = found(files, (file) => valuesOf(file, rule).filter(([code]) => !named.has(code)));
  if (values.length === 0) return undefined;
  const first = values.reduce((a, b) => (b.pixels > a.pixels ? b : a));
  const codes = values.map(({ code }) => labelOf(code));
  const line = (name: string, own: Label | readonly Label[]): string =>
    `\`${name}: [${[...new Set([...[own].flat(), ...codes])].map(written).join(', ')}]\``;
  const [name] = classesOf(labels);
  const paste =
    codes.length <= mostWritten
      ? `, as ${line(name!, labels[name!]!)}, or where they are none of the classes as ${line(background, labels[background] ?? 0)}`
      : '';
  const hint = values.some(({ code }) => isColour(code))
    ? ' (of a file with a palette its colours count, not their numbers)'
    : '';
  return `the masks have values that data.labels does not name: ${listOf(values)}, as ${first.example}: add them to a class${paste}, or to data.ignore where nobody judged them${hint}`;
}

/** The classes of the labels that no file has. */
export function absentFrom(files: readonly Counted[], rule: MaskRule): readonly string[] {
  const { options } = rule;
  if (options.labels === null) return [];
  const numbers = numbersByCode(options.labels, options);
  const there = new Set(
    files.flatMap((file) => valuesOf(file, rule).map(([code]) => numbers.get(code))),
  );
  return classesOf(options.labels).filter((_, i) => !there.has(i + 1));
}
