import { printValue } from '../../values/value.js';
import { freeName } from './names.js';
import { py } from './python/parse.js';
import { type Expression, name, number } from './python/tree.js';
import type { Literal } from './python/walk.js';
import { literalsOf, type Unit } from './unit.js';

/** A parameter of a constructor, and the first number that it stands for. */
export interface Parameter {
  readonly name: string;
  readonly position: number;
}

export interface Parameters {
  readonly taken: readonly Parameter[];
  /** What each number is in the class; undefined for one inside a block that does not take it. */
  readonly expressions: readonly (Expression | undefined)[];
}

/** A name in the class with what it is in each unit. */
interface Column {
  readonly name: string;
  readonly values: readonly number[];
}

/** The argument that a unit's application has for a parameter of its block. */
export function argument({ application }: Unit, parameter: string): string {
  const value = application.configuration.find(([name]) => name === parameter)?.[1];
  return value ? printValue(value) : '';
}

/** The numbers in which units of one class differ become its parameters; `inner` are those of the classes they hold. */
export function parametersOf(
  units: readonly Unit[],
  inner: (unit: Unit) => Parameters,
): Parameters {
  const unit = units[0]!;
  const rows = units.map(({ literals }) => literals);
  const literals = visibleLiterals(unit, inner);
  const column = (position: number): readonly number[] => rows.map((row) => row[position]!.value);
  const known: Column[] = [];
  const given = numericArguments(units);
  const taken: Parameter[] = [];
  const attributes = new Set(unit.members.map(({ attribute }) => attribute));

  function declare(wanted: string, values: readonly number[], position: number): Expression {
    const used = new Set([...attributes, ...known.map((other) => other.name)]);
    const text = freeName(wanted, used);
    known.push({ name: text, values });
    taken.push({ name: text, position });
    return name(text);
  }

  function expressionOf({ hint }: Literal, position: number): Expression {
    const values = column(position);
    const [first = 0] = values;
    if (values.every((value) => value === first)) return number(first);
    const same = known.find((other) => equal(other.values, values));
    if (same) return name(same.name);
    const argument = given.find((other) => equal(other.values, values));
    if (argument) return declare(argument.name, values, position);
    const scaled = known.map((other) => scaling(other, values)).find((e) => e !== undefined);
    return scaled ?? declare(hint, values, position);
  }

  const expressions: (Expression | undefined)[] = literals.map(() => undefined);
  for (const position of positionsFirst(literals, given, column)) {
    const literal = literals[position];
    if (literal) expressions[position] = expressionOf(literal, position);
  }
  taken.sort((a, b) => a.position - b.position);
  return { taken, expressions };
}

/** The numbers of a unit; undefined for those inside a block that does not take them. */
function visibleLiterals(
  unit: Unit,
  inner: (unit: Unit) => Parameters,
): readonly (Literal | undefined)[] {
  const held = unit.members.flatMap(({ construct }): readonly (Literal | undefined)[] => {
    const literals = literalsOf(construct);
    if (construct.kind === 'builtin') return literals;
    const { taken } = inner(construct.unit);
    return literals.map(({ value }, position) => {
      const parameter = taken.find((one) => one.position === position);
      return parameter && { hint: parameter.name, value };
    });
  });
  return [...held, ...unit.literals.slice(held.length)];
}

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value === b[i]);

/** The numbers that equal an argument of the block come first, so that others can be told by them. */
function positionsFirst(
  literals: readonly unknown[],
  given: readonly Column[],
  column: (position: number) => readonly number[],
): readonly number[] {
  const all = literals.map((_, position) => position);
  const named = all.filter((position) =>
    given.some(({ values }) => equal(values, column(position))),
  );
  return [...named, ...all.filter((position) => !named.includes(position))];
}

function numericArguments(units: readonly Unit[]): readonly Column[] {
  const names = units[0]!.application.configuration
    .filter(([, value]) => value.kind === 'number')
    .map(([text]) => text);
  return names.map((text) => ({
    name: text,
    values: units.map((unit) => Number(argument(unit, text))),
  }));
}

/** `name * 2` or `name // 2`, where that is what all the values are. */
function scaling(
  { name: text, values: base }: Column,
  values: readonly number[],
): Expression | undefined {
  const [from = 0, to = 0] = [base[0], values[0]];
  const whole = [...base, ...values].every((value) => Number.isInteger(value) && value > 0);
  const factor = to / from;
  if (!whole || !values.every((value, i) => value === base[i]! * factor)) return undefined;
  if (Number.isInteger(factor)) return py`${name(text)} * ${factor}`;
  return Number.isInteger(1 / factor) ? py`${name(text)} // ${1 / factor}` : undefined;
}
