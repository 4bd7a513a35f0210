import type { Altered, Difference, Total } from '../../compiler/diff/difference.js';
import type { ChangeGroup, Shown } from '../../compiler/diff/groups.js';
import { grouped, short } from './numbers.js';
import { table } from './table.js';
import { wrapped } from './wrap.js';

/** A network as the title names it. */
export interface Side {
  readonly file: string;
  readonly model: string;
}

type Sides = readonly [before: Side, after: Side];

const width = 100;
/** Lines of block texts that one answer shows; further blocks are named. */
const definitionLines = 18;

/**
 * A difference for a reader who would draw it: parameters, the distinct changes with their places and costs, the text
 * of the blocks that only one network has, shapes, totals. At most 100 columns.
 */
export function printDifference(difference: Difference, sides: Sides, size: string): string {
  const { parameters, changes, inputs, outputs, sizes } = difference;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [title, ...lines.flatMap((line) => wrapped(line, 2, width)), ''];
  const ports = [...altered(inputs), ...altered(outputs), ...sizes.map(changeOf)];
  const titles = titlesOf(sides);
  const [before, after] = sides.map(({ file, model }) => `${model} (${file})`);
  return [
    `${before} -> ${after}`,
    '',
    ...section('parameters', altered(parameters)),
    ...section('blocks', changes.flatMap(linesOf)),
    ...(changes.length > 0 ? definitions(difference, titles) : []),
    ...section('inputs, outputs, sizes', ports),
    ...(isSame(difference) ? ['no difference'] : totalsOf(difference, titles, size)),
    '',
  ].join('\n');
}

type Titles = readonly [before: string, after: string];

const titlesOf = ([{ model: before }, { model: after }]: Sides): Titles =>
  before === after ? ['before', 'after'] : [before, after];

const altered = (list: readonly Altered[]): readonly string[] =>
  list.map((each) => `${each.name}: ${changeOf(each)}`);

const changeOf = ({ before, after }: Altered): string =>
  `${before ?? '(none)'} -> ${after ?? '(none)'}`;

function linesOf(group: ChangeGroup): readonly string[] {
  const { kind, before, after, feeds, shares } = group;
  const [old, now] = [before, after].map((each) => each.map(printShown).join(', '));
  const what = {
    replaced: `${old} -> ${now}`,
    configured: `${old} -> ${now}`,
    added: `+ ${now}`,
    removed: `- ${old}`,
    rewired: `${old} of ${feeds?.[0].join(', ')} -> of ${feeds?.[1].join(', ')}`,
  }[kind];
  const [a, b] = shares;
  const cost = [
    a.parameters + b.parameters > 0
      ? `weights ${short(a.parameters)} -> ${short(b.parameters)}`
      : [],
    a.multiplyAdds + b.multiplyAdds > 0
      ? `multiply-adds ${short(a.multiplyAdds)} -> ${short(b.multiplyAdds)}`
      : [],
  ].flat();
  const lines = [`${placesOf(group)}: ${what}`];
  return cost.length > 0 && kind !== 'rewired' ? [...lines, `  ${cost.join(', ')}`] : lines;
}

function placesOf({ kind, within, segments, paths, of }: ChangeGroup): string {
  const one = kind !== 'added' && kind !== 'removed';
  const what = one && segments.length <= 4 ? `${segments.join(', ')} in ${within}` : within;
  const shown = paths.slice(0, 3).map((path) => (path === '' ? within : path));
  const more = paths.length > shown.length ? `, and ${paths.length - shown.length} more` : '';
  if (paths.length < of)
    return `${what} at ${shown.join(', ')}${more} (${paths.length} of ${of} places)`;
  return paths.length === 1 ? what : `${what}, ${paths.length} places`;
}

function printShown({ block, segment, configuration }: Shown): string {
  const args = configuration.map(([name, values]) =>
    name === '' ? rangeOf(values) : `${name}: ${rangeOf(values)}`,
  );
  return `${block ?? segment}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
}

/** `64..1024` for numbers that differ from place to place. */
function rangeOf(values: readonly string[]): string {
  const numbers = values.map(Number);
  if (values.length === 1 || numbers.some(Number.isNaN)) return values.join(' or ');
  return `${Math.min(...numbers)}..${Math.max(...numbers)}`;
}

function definitions(
  { definitions: both }: Difference,
  [before, after]: Titles,
): readonly string[] {
  const lines: string[] = [];
  const left: string[] = [];
  for (const [side, texts] of both.entries()) {
    const sign = side === 0 ? '-' : '+';
    for (const [name, text] of texts) {
      const block = text.split('\n').flatMap((line) => wrapped(line, 0, width - 2));
      if (lines.length + block.length > definitionLines) left.push(`${sign} ${name}`);
      else lines.push(...block.map((line, i) => `${i === 0 ? sign : ' '} ${line}`));
    }
  }
  if (left.length > 0) lines.push(`  further blocks: ${left.join(', ')}`);
  if (lines.length === 0) return [];
  return [`blocks only in ${before} (-), only in ${after} (+)`, ...lines, ''];
}

const totals = [
  ['trained weights', 'parameters'],
  ['running statistics', 'state'],
  ['multiply-adds', 'multiplyAdds'],
  ['bytes a training step keeps', 'training'],
  ['bytes alive in a prediction', 'inference'],
] as const satisfies readonly (readonly [string, keyof Total])[];

function totalsOf({ totals: [a, b] }: Difference, titles: Titles, size: string): readonly string[] {
  const rows = totals.map(([title, key]) => [
    title,
    grouped(a[key]),
    grouped(b[key]),
    a[key] === 0 ? '' : (b[key] / a[key]).toFixed(2),
  ]);
  return [table([`one image of ${size}`, ...titles, 'ratio'], rows)];
}

/** Whether both networks compute the same at the same cost, whatever their parameters and texts. */
function isSame({ changes, inputs, outputs, sizes, totals: [a, b] }: Difference): boolean {
  const altered = changes.length + inputs.length + outputs.length + sizes.length;
  return altered === 0 && totals.every(([, key]) => a[key] === b[key]);
}

/** Plain data: texts of blocks by name, `before` and `after` in the place of pairs. */
export function differenceToJson(difference: Difference): object {
  const { changes, definitions, totals, ...altered } = difference;
  const sides = <T>([before, after]: readonly [T, T]): object => ({ before, after });
  return {
    same: isSame(difference),
    ...altered,
    changes: changes.map(({ shares, feeds, ...change }) => ({
      ...change,
      ...(feeds && { feeds: sides(feeds) }),
      shares: sides(shares),
    })),
    definitions: sides([Object.fromEntries(definitions[0]), Object.fromEntries(definitions[1])]),
    totals: sides(totals),
  };
}
