import { argument, type Parameters, parametersOf } from './parameters.js';
import { py } from './python/parse.js';
import {
  assign,
  attribute,
  comprehension,
  type Expression,
  keywords,
  name,
  type PythonClass,
  type PythonFunction,
  type Statement,
} from './python/tree.js';
import { changed, changedAll } from './python/walk.js';
import { type Construct, literalsOf, type Unit } from './unit.js';

/** Units that share a class. */
export interface UnitClass {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly parameters: Parameters;
}

/** The class of each unit below `root`, those that others hold first. */
export function classesOf(root: Unit): ReadonlyMap<string, UnitClass> {
  const groups = new Map<string, Unit[]>();
  const collect = (unit: Unit): void => {
    for (const { construct } of unit.members)
      if (construct.kind === 'block') collect(construct.unit);
    const group = groups.get(unit.key);
    if (group) group.push(unit);
    else groups.set(unit.key, [unit]);
  };
  collect(root);
  const names = namesOf(groups);
  const classes = new Map<string, UnitClass>();
  for (const [key, units] of groups) {
    const parameters = parametersOf(units, (unit) => classes.get(unit.key)!.parameters);
    classes.set(key, { name: names.get(key)!, units, parameters });
  }
  return classes;
}

/** `Unit`, or by the argument that tells classes of one block apart: `UShape_depth4`. */
function namesOf(groups: ReadonlyMap<string, readonly Unit[]>): ReadonlyMap<string, string> {
  const ofBlock = new Map<string, (readonly Unit[])[]>();
  for (const units of groups.values()) {
    const block = units[0]!.application.block as string;
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
            ? `_${parameter}${argument(units[0]!, parameter)}`
            : `_${i + 1}`;
      names.set(units[0]!.key, `${block}${suffix}`);
    });
  }
  return names;
}

/** The last parameter whose argument is one in each class and another in every class. */
function tellingParameter(alternatives: readonly (readonly Unit[])[]): string | undefined {
  const parameters = alternatives[0]![0]!.application.configuration.map(([name]) => name);
  return parameters.findLast((parameter) => {
    const values = alternatives.map(
      (units) => new Set(units.map((unit) => argument(unit, parameter))),
    );
    const single = values.every((set) => set.size === 1 && /^\w+$/.test([...set].join()));
    return single && new Set(values.flatMap((set) => [...set])).size === values.length;
  });
}

/** The classes of Python, in their order; the first of a block has its text. */
export function pythonClasses(classes: ReadonlyMap<string, UnitClass>): readonly PythonClass[] {
  const documented = new Set<unknown>([null]);
  return [...classes.values()].map((unitClass) => {
    const { definition } = unitClass.units[0]!.application;
    const doc = documented.has(definition) ? undefined : (definition?.doc ?? undefined);
    documented.add(definition);
    return pythonClass(unitClass, doc, classes);
  });
}

function pythonClass(
  { name: text, units, parameters }: UnitClass,
  doc: string | undefined,
  classes: ReadonlyMap<string, UnitClass>,
): PythonClass {
  const unit = units[0]!;
  const numbers = parameters.expressions.values();
  const next = (): Expression => numbers.next().value!;
  const members = unit.members.map(({ attribute: at, construct, count }): Statement => {
    const made = constructed(construct, next, classes);
    const all = count === null ? made : py`nn.ModuleList(${comprehension(made, count)})`;
    return assign([attribute(self, at)], all);
  });
  // What is left are the numbers of `forward`.
  const stored = new Set<string>();
  const ofInstance = (e: Expression): Expression => {
    if (e.kind !== 'name') return e;
    stored.add(e.text!);
    return attribute(self, e.text!);
  };
  const body = changedAll(unit.body, (e) => (e.hint ? changed(next(), ofInstance) : e));
  const fields = [...stored].map((one) => assign([attribute(self, one)], name(one)));
  const first: Statement = { kind: 'run', values: [py`super().__init__()`] };
  const given = parameters.taken.map((parameter) => parameter.name);
  const inputs = [...unit.inputs, ...unit.foreign.map((module) => module.name)];
  const forward = method('forward', inputs, body);
  const isBare = members.length + fields.length === 0;
  const methods = isBare
    ? [forward]
    : [method('__init__', given, [first, ...fields, ...members]), forward];
  return { kind: 'class', name: text, base: 'nn.Module', doc, body: methods };
}

const self = name('self');
const method = (
  text: string,
  parameters: readonly string[],
  body: readonly Statement[],
): PythonFunction => ({ kind: 'function', name: text, parameters: ['self', ...parameters], body });

/** What makes a module; `next` is what each number is here, in their order. */
function constructed(
  construct: Construct,
  next: () => Expression,
  classes: ReadonlyMap<string, UnitClass>,
): Expression {
  if (construct.kind === 'builtin') return changed(construct.code, (e) => (e.hint ? next() : e));
  const { name: text, parameters } = classes.get(construct.unit.key)!;
  const numbers = literalsOf(construct).map(next);
  const given = parameters.taken.map((p) => [p.name, numbers[p.position]!]);
  return py`${name(text)}(${keywords(Object.fromEntries(given))})`;
}
