import { printValue } from '../../expand/values.js';
import { holes } from './code.js';
import { type Construct, keyOf, type Literal, literalsOf, type Unit } from './unit.js';

/** A parameter of a constructor, and the first number that it stands for. */
interface Parameter {
  readonly name: string;
  readonly position: number;
}

/** Units that share a class. */
export interface UnitClass {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly parameters: readonly Parameter[];
  /** What the number at a place is in the constructor. */
  expression(position: number): string;
}

/** The class of each unit below `root`, those that others hold first. */
export function classesOf(root: Unit): ReadonlyMap<string, UnitClass> {
  const groups = new Map<string, Unit[]>();
  const collect = (unit: Unit): void => {
    for (const { construct } of unit.members)
      if (construct.kind === 'block') collect(construct.unit);
    const group = groups.get(keyOf(unit));
    if (group) group.push(unit);
    else groups.set(keyOf(unit), [unit]);
  };
  collect(root);
  const names = namesOf(groups);
  const classes = new Map<string, UnitClass>();
  for (const [key, units] of groups) classes.set(key, classOf(names.get(key)!, units, classes));
  return classes;
}

/** `Unit`, or by the argument that tells classes of one block apart: `UShape_depth4`. */
function namesOf(groups: ReadonlyMap<string, readonly Unit[]>): ReadonlyMap<string, string> {
  const ofBlock = new Map<string, (readonly Unit[])[]>();
  for (const units of groups.values()) {
    const block = units[0].application.block as string;
    ofBlock.set(block, [...(ofBlock.get(block) ?? []), units]);
  }
  const names = new Map<string, string>();
  for (const [block, alternatives] of ofBlock) {
    const parameter = alternatives.length > 1 ? tellingParameter(alternatives) : undefined;
    alternatives.forEach((units, i) => {
      const suffix =
        alternatives.length === 1
          ? ''
          : parameter
            ? `_${parameter}${argument(units[0], parameter)}`
            : `_${i + 1}`;
      names.set(keyOf(units[0]), `${block}${suffix}`);
    });
  }
  return names;
}

function argument({ application }: Unit, parameter: string): string {
  const value = application.configuration.find(([name]) => name === parameter)?.[1];
  return value ? printValue(value) : '';
}

/** The last parameter whose argument is one in each class and another in every class. */
function tellingParameter(alternatives: readonly (readonly Unit[])[]): string | undefined {
  const parameters = alternatives[0][0].application.configuration.map(([name]) => name);
  return parameters.findLast((parameter) => {
    const values = alternatives.map(
      (units) => new Set(units.map((unit) => argument(unit, parameter))),
    );
    const single = values.every((set) => set.size === 1 && /^\w+$/.test([...set][0]));
    return single && new Set(values.flatMap((set) => [...set])).size === values.length;
  });
}

function classOf(
  name: string,
  units: readonly Unit[],
  classes: ReadonlyMap<string, UnitClass>,
): UnitClass {
  const rows = units.map(literalsOf);
  const column = (position: number): readonly number[] => rows.map((row) => row[position].value);
  const known: { readonly name: string; readonly values: readonly number[] }[] = [];
  const arguments_ = numericArguments(units);
  const parameters: Parameter[] = [];
  const texts = new Map<number, string>();

  function declare(name: string, values: readonly number[], position: number): string {
    let unique = name;
    for (let n = 2; known.some((other) => other.name === unique); n++) unique = `${name}_${n}`;
    known.push({ name: unique, values });
    parameters.push({ name: unique, position });
    return unique;
  }

  function textOf({ hint }: Literal, position: number): string {
    const values = column(position);
    if (values.every((value) => value === values[0])) return `${values[0]}`;
    const same = known.find((other) => equal(other.values, values));
    if (same) return same.name;
    const given = arguments_.find((other) => equal(other.values, values));
    if (given) return declare(given.name, values, position);
    const scaled = known.map((other) => scaling(other, values)).find((text) => text !== undefined);
    if (scaled !== undefined) return scaled;
    return declare(hint, values, position);
  }

  for (const position of positionsFirst(rows[0], arguments_, column)) {
    const literal = hinted(units[0], position, classes);
    if (literal) texts.set(position, textOf(literal, position));
  }
  parameters.sort((a, b) => a.position - b.position);
  return { name, units, parameters, expression: (position) => texts.get(position)! };
}

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value === b[i]);

/** The numbers that equal an argument of the block come first, so that others can be told by them. */
function positionsFirst(
  row: readonly Literal[],
  given: readonly { readonly values: readonly number[] }[],
  column: (position: number) => readonly number[],
): readonly number[] {
  const all = row.map((_, position) => position);
  const named = all.filter((position) =>
    given.some(({ values }) => equal(values, column(position))),
  );
  return [...named, ...all.filter((position) => !named.includes(position))];
}

function numericArguments(units: readonly Unit[]) {
  const names = units[0].application.configuration
    .filter(([, value]) => value.kind === 'number')
    .map(([name]) => name);
  return names.map((name) => ({ name, values: units.map((unit) => Number(argument(unit, name))) }));
}

/** `name * 2` or `name // 2`, where that is what all the values are. */
function scaling(
  { name, values: base }: { readonly name: string; readonly values: readonly number[] },
  values: readonly number[],
): string | undefined {
  const factor = values[0] / base[0];
  if (!values.every((value, i) => value === base[i] * factor)) return undefined;
  if (Number.isInteger(factor)) return `${name} * ${factor}`;
  return Number.isInteger(1 / factor) ? `${name} // ${1 / factor}` : undefined;
}

/** The number at a place with what it would be called; undefined where a block inside does not take it. */
function hinted(
  unit: Unit,
  position: number,
  classes: ReadonlyMap<string, UnitClass>,
): Literal | undefined {
  let start = 0;
  for (const { construct } of unit.members) {
    const numbers = countOf(construct);
    if (position < start + numbers) return literalIn(construct, position - start, classes);
    start += numbers;
  }
  return undefined;
}

function literalIn(
  construct: Construct,
  position: number,
  classes: ReadonlyMap<string, UnitClass>,
): Literal | undefined {
  if (construct.kind === 'builtin') {
    const [, hint, value] = [...construct.text.matchAll(holes)][position];
    return { hint, value: Number(value) };
  }
  const taken = classes.get(keyOf(construct.unit))!.parameters.find((p) => p.position === position);
  return taken && { hint: taken.name, value: literalsOf(construct.unit)[position].value };
}

export const countOf = (construct: Construct): number =>
  construct.kind === 'block'
    ? literalsOf(construct.unit).length
    : [...construct.text.matchAll(holes)].length;
