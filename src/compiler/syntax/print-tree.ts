import type { File } from './ast.js';

/**
 * The tree of a file as indented text, one part a line, without its places in the source:
 *
 *     - let
 *       pattern:
 *         names
 *           - features
 *       value: arrow
 *         from: name image
 */
export function printTree({ source, imports, definitions }: File): string {
  const parts = linesOf({ imports, definitions }, '  ');
  return [`file ${source.path}`, ...parts].map((line) => `${line}\n`).join('');
}

type Fields = Readonly<Record<string, unknown>>;

/** What says where a part stands, not what it is. */
const places = new Set(['span', 'operatorSpan', 'source']);

const isPart = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What fits behind the name of its field: a number, a text, a name, an expression that is one of these. */
function wordOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return undefined;
  if (!isPart(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  if (value.kind === undefined) return typeof value.text === 'string' ? value.text : undefined;
  if (value.kind === 'name') return `name ${value.text}`;
  if (value.kind === 'number' || value.kind === 'boolean') return `${value.kind} ${value.value}`;
  return value.kind === 'string' ? `string ${JSON.stringify(value.value)}` : undefined;
}

/** Whether the head of a part shows its name: a definition or a port, not an argument or an attribute. */
const showsName = ({ kind }: Fields): boolean => kind !== undefined && kind !== 'attribute';

/** The kind of a part, with the name it binds. */
const headOf = (part: Fields): string =>
  [part.kind, showsName(part) ? wordOf(part.name ?? '') : ''].filter(Boolean).join(' ');

/** The lines of all fields of `part` but those that its head shows. */
const linesOf = (part: Fields, indent: string): string[] =>
  Object.entries(part).flatMap(([field, value]) => {
    if (places.has(field) || field === 'kind' || value === null) return [];
    if (field === 'name' && showsName(part)) return [];
    const word = wordOf(value);
    if (word !== undefined) return [`${indent}${field}: ${word}`];
    const inner = `${indent}  `;
    if (isPart(value)) {
      return [`${indent}${field}: ${headOf(value)}`.trimEnd(), ...linesOf(value, inner)];
    }
    const items = (value as readonly unknown[]).flatMap((item) => itemLines(item, inner));
    return items.length === 0 ? [] : [`${indent}${field}`, ...items];
  });

/** An item of a list behind its dash. */
function itemLines(item: unknown, indent: string): string[] {
  const word = wordOf(item);
  if (word !== undefined) return [`${indent}- ${word}`];
  const part = item as Fields;
  const lines = linesOf(part, `${indent}  `);
  const head = headOf(part);
  if (head !== '') return [`${indent}- ${head}`, ...lines];
  const [first = '', ...rest] = lines;
  return [`${indent}- ${first.trimStart()}`, ...rest];
}
