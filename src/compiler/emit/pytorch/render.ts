import { countOf, type UnitClass } from './classes.js';
import { holes } from './code.js';
import { type Construct, keyOf } from './unit.js';

const indent = (depth: number, line: string): string =>
  line === '' ? '' : `${'    '.repeat(depth)}${line}`;

/** Text of the file in a docstring. */
export const docstring = (text: string): readonly string[] => {
  const lines = text
    .replace(/\\/g, '\\\\')
    .replace(/"""/g, "'''")
    .split('\n')
    .map((line) => line.trim());
  return lines.length === 1 ? [`"""${lines[0]}"""`] : [`"""${lines[0]}`, ...lines.slice(1), '"""'];
};

/** The classes of Python, in their order; the first of a block has its text. */
export function renderClasses(classes: ReadonlyMap<string, UnitClass>): readonly string[] {
  const documented = new Set<unknown>([null]);
  return [...classes.values()].map((unitClass) => {
    const { definition } = unitClass.units[0].application;
    const doc = documented.has(definition) ? null : (definition?.doc ?? null);
    documented.add(definition);
    return renderClass(unitClass, doc, classes).join('\n');
  });
}

function renderClass(
  unitClass: UnitClass,
  doc: string | null,
  classes: ReadonlyMap<string, UnitClass>,
): readonly string[] {
  const { name, units, parameters } = unitClass;
  const [unit] = units;
  const members = membersOf(unitClass, classes);
  const given = ['self', ...parameters.map((parameter) => parameter.name)].join(', ');
  const initialiser =
    members.length === 0
      ? []
      : [
          indent(1, `def __init__(${given}):`),
          ...['super().__init__()', ...members].map((line) => indent(2, line)),
          '',
        ];
  const inputs = ['self', ...unit.inputs, ...unit.foreign.map((module) => module.name)].join(', ');
  return [
    `class ${name}(nn.Module):`,
    ...(doc ? [...docstring(doc).map((line) => indent(1, line)), ''] : []),
    ...initialiser,
    indent(1, `def forward(${inputs}):`),
    ...unit.lines.map((line) => indent(2, line)),
  ];
}

function membersOf(
  unitClass: UnitClass,
  classes: ReadonlyMap<string, UnitClass>,
): readonly string[] {
  let start = 0;
  return unitClass.units[0].members.map(({ attribute, construct, count }) => {
    const made = constructorCall(construct, start, unitClass, classes);
    start += countOf(construct);
    const value = count === null ? made : `nn.ModuleList([${made} for _ in range(${count})])`;
    return `self.${attribute} = ${value}`;
  });
}

function constructorCall(
  construct: Construct,
  start: number,
  { expression }: UnitClass,
  classes: ReadonlyMap<string, UnitClass>,
): string {
  if (construct.kind === 'block') {
    const { name, parameters } = classes.get(keyOf(construct.unit))!;
    const args = parameters.map((p) => `${p.name}=${expression(start + p.position)}`);
    return `${name}(${args.join(', ')})`;
  }
  let position = start;
  return construct.text.replace(holes, () => expression(position++));
}
