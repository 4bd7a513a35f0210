import type { Expression, PythonClass, PythonFunction, PythonModule, Statement } from './tree.js';

const widest = 100;
/** How tightly an expression holds together. */
const [sum, product, unary, atom] = [0, 1, 2, 3];

function levelOf({ kind, text, value = 0 }: Expression): number {
  if (kind === 'binary') return text === '+' || text === '-' ? sum : product;
  return kind === 'negative' || (kind === 'number' && value < 0) ? unary : atom;
}

const within = (e: Expression, wanted: number): string =>
  levelOf(e) < wanted ? `(${textOf(e)})` : textOf(e);

const listed = (parts: readonly Expression[]): string => parts.map(textOf).join(', ');
const numeral = (n: number): string => String(n).replace('Infinity', 'float("inf")');

const written: Readonly<Record<Expression['kind'], (e: Expression) => string>> = {
  name: ({ text }) => text!,
  // Until it is known to be a parameter or none, it is as long as one.
  number: ({ value, hint }) => hint ?? numeral(value!),
  string: ({ text }) => JSON.stringify(text),
  attribute: ({ parts: [of], text }) => `${within(of!, atom)}.${text}`,
  call: ({ parts: [callee, ...given] }) => `${within(callee!, atom)}(${listed(given)})`,
  keyword: ({ parts: [value], text }) => `${text}=${textOf(value!)}`,
  // Left-associative: the right operand is bracketed where it is of the same level.
  binary: (e) =>
    `${within(e.parts[0]!, levelOf(e))} ${e.text} ${within(e.parts[1]!, levelOf(e) + 1)}`,
  negative: ({ parts: [x] }) => `-${within(x!, unary)}`,
  index: ({ parts: [of, ...keys] }) => `${within(of!, atom)}[${listed(keys)}]`,
  slice: ({ parts: [from, to] }) => `${textOf(from!)}:${textOf(to!)}`,
  tuple: ({ parts }) => `(${listed(parts)}${parts.length === 1 ? ',' : ''})`,
  list: ({ parts }) => `[${listed(parts)}]`,
  comprehension: ({ parts: [value], text }) => `[${textOf(value!)} for _ in range(${text})]`,
  dictionary: ({ parts }) => `{${parts.map(entry).join(', ')}}`,
  starred: ({ parts: [x] }) => `*${within(x!, atom)}`,
};

const entry = ({ text, parts: [value] }: Expression): string =>
  `${JSON.stringify(text)}: ${textOf(value!)}`;

const known = new WeakMap<Expression, string>();

/** An expression on one line. */
export function textOf(e: Expression): string {
  const text = known.get(e) ?? written[e.kind](e);
  known.set(e, text);
  return text;
}

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`));

/** Items on as few lines as hold them. */
function filled(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1)} ${item},`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(`${item},`);
  }
  return lines;
}

/** `head` and an expression, the items of whose last bracket get lines of their own where one line does not hold it. */
function laidOut(head: string, e: Expression, width: number): readonly string[] {
  const line = head + textOf(e);
  if (line.length <= width) return [line];
  if (e.kind === 'dictionary')
    return [`${head}{`, ...indented(e.parts.map((part) => `${entry(part)},`)), '}'];
  if (e.kind !== 'call') return [line];
  const [callee, ...given] = e.parts;
  const all = listed(given);
  const inner = all.length <= width - 4 ? [all] : filled(given.map(textOf), width - 4);
  return [`${head}${within(callee!, atom)}(`, ...indented(inner), ')'];
}

const valuesOf = (head: string, values: readonly Expression[], width: number) =>
  values.length === 1 ? laidOut(head, values[0]!, width) : [head + listed(values)];

function linesOf(statement: Statement, width: number): readonly string[] {
  if (statement.kind === 'for') {
    const inner = statement.body.flatMap((one) => linesOf(one, width - 4));
    return [`for ${statement.variable} in range(${statement.count}):`, ...indented(inner)];
  }
  if (statement.kind === 'run') return valuesOf('', statement.values, width);
  const head = statement.kind === 'return' ? 'return ' : `${listed(statement.targets)} = `;
  return valuesOf(head, statement.values, width);
}

function docstring(text: string): readonly string[] {
  const [first, ...others] = text
    .replace(/\\/g, '\\\\')
    .replace(/"""/g, "'''")
    .split('\n')
    .map((line) => line.trim());
  return others.length === 0 ? [`"""${first}"""`] : [`"""${first}`, ...others, '"""'];
}

function definitionLines(one: PythonFunction | PythonClass, width: number): readonly string[] {
  const doc = one.doc ? docstring(one.doc) : [];
  if (one.kind === 'function') {
    const body = one.body.flatMap((statement) => linesOf(statement, width - 4));
    return [`def ${one.name}(${one.parameters.join(', ')}):`, ...indented([...doc, ...body])];
  }
  const parts = [...(one.doc ? [doc] : []), ...one.body.map((m) => definitionLines(m, width - 4))];
  const body = parts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
  return [`class ${one.name}(${one.base}):`, ...indented(body)];
}

export function printModule({ doc, imports, body }: PythonModule): string {
  const heading = [...docstring(doc), '', ...imports];
  const parts = [heading, ...body.map((one) => definitionLines(one, widest))];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n\n')}\n`;
}
