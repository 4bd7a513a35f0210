import { table } from './marked-parts.mjs';

const head = `# Every key of an experiment

An experiment is a YAML file that \`netc train\` runs. [training.md](training.md), [data.md](data.md) and [preprocessing.md](preprocessing.md) show how the
keys work together; this page lists them all. It is made by \`npm run docs\` from the schema that checks experiments and that editors complete from, so it
is always complete.

- \`model.path\`, \`data.kind\`, \`output\` and either \`steps\` or \`epochs\` must be given. Any other key may be left out, unless its section is there and the
  table marks it **required**. Where the default is *none*, the last column says what happens without the key.
- A section that comes in kinds takes the keys of its \`kind\` and no others.
- On the command line a key is set by its path: \`--set optimiser.kind=sgd\`, \`--set data.split.seed=2\`. All commands that take
  an experiment or a run accept it. The run's \`experiment.yaml\` holds the result, with every default filled in.
- An unknown key is an error that suggests the nearest one.
`;

/** `docs/experiment-keys.md`, by its path, from the schema of experiments. */
export function experimentKeys({ schema, kinds }) {
  const sections = Object.entries(schema.properties);
  const parts = [
    head.trim(),
    '## At the top',
    tableOf(sections.map(([key, value]) => [key, linked(key, value, kinds), schema.required])),
    ...sections.flatMap(([key, value]) => sectionOf(key, value, kinds)),
  ];
  return { 'docs/experiment-keys.md': `${parts.join('\n\n')}\n` };
}

/** A section at the top: see there a table of their own. */
function linked(key, value, kinds) {
  if (!kinds[key] && !inner(value)) return value;
  return { ...value, title: `[section](#${key.replace('.', '').toLowerCase()})` };
}

/** What a section's keys are, or what a list's steps are. */
const inner = (value) => value.properties ?? value.items?.properties;

function sectionOf(key, value, kinds) {
  if (kinds[key]) return [`## ${key}`, ...kindsOf(key, value, kinds)];
  if (!inner(value)) return [];
  const required = value.required ?? [];
  const rows = Object.entries(inner(value)).map(([name, one]) => [name, one, required]);
  const shown = value.items ? rows.map(([name, one]) => [name, step(one), []]) : rows;
  return [`## ${key}`, value.description, tableOf(shown.flatMap(nested))];
}

/** A step of a list has no default: it is done where it is written. */
const step = (value) => ({ ...value, isStep: true });

/** A key, and where it is a section itself, the keys in it. */
function nested([key, value, required]) {
  const inside = Object.entries(value.properties ?? {}).map(([name, one]) => [
    `${key}.${name}`,
    one,
    (value.required ?? []).map((each) => `${key}.${each}`),
  ]);
  return [[key, value, required], ...inside.flatMap(nested)];
}

function kindsOf(key, value, kinds) {
  const schemas = Object.entries(kinds[key]);
  const list = schemas.map(([kind, { description }]) => [`\`${kind}\``, description]);
  const deeper = Object.keys(kinds).filter((other) => other.startsWith(`${key}.`));
  const fallback = value?.default?.kind;
  const said = fallback === undefined ? 'It must be given.' : `By default it is \`${fallback}\`.`;
  return [
    ...(value === undefined ? [] : [`${value.description} ${said}`]),
    table(['kind', ''], list),
    kindRows(key, schemas, kinds),
    ...deeper.flatMap((other) => [`### ${other}`, ...kindsOf(other, undefined, kinds)]),
  ];
}

/** The keys of all kinds: those that say the same of several kinds once. */
function kindRows(section, schemas, deeper) {
  const rows = new Map();
  for (const [kind, { properties, required }] of schemas) {
    for (const [key, value] of Object.entries(properties)) {
      if (key === 'kind') continue;
      const path = `${section}.${key}`;
      const cells = cellsOf([key, deeper[path] ? linked(path, value, deeper) : value, required]);
      const same = rows.get(cells.join('\n')) ?? { cells, kinds: [] };
      same.kinds.push(`\`${kind}\``);
      rows.set(cells.join('\n'), same);
    }
  }
  const all = schemas.length;
  return table(
    ['key', 'of kind', 'value', 'default', 'meaning'],
    [...rows.values()].map(({ cells: [key, ...rest], kinds }) => [
      key,
      kinds.length === all ? 'all' : kinds.join(', '),
      ...rest,
    ]),
  );
}

const tableOf = (rows) => table(['key', 'value', 'default', 'meaning'], rows.map(cellsOf));

const cellsOf = ([key, value, required]) => [
  `\`${key}\``,
  takenBy(value),
  fallbackOf(key, value, required),
  value.description,
];

function fallbackOf(key, value, required) {
  if (required?.includes(key)) return '**required**';
  if (value.isStep) return '';
  if (value.default === undefined || value.default === null) return 'none';
  if (value.title?.startsWith('[section]') && !value.items) {
    return value.default.kind === undefined ? 'see there' : `\`${value.default.kind}\``;
  }
  return `\`${inYaml(value.default)}\``;
}

/** A value as YAML has it in one line. */
function inYaml(value) {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${inYaml(each)}`);
  return `{${entries.join(', ')}}`;
}

/** What a key takes, in words. */
function takenBy(schema) {
  if (schema.title) return schema.title;
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(', ');
  const types = [schema.type].flat().filter((type) => type !== 'null');
  return types.map((type) => words[type](schema)).join('; or ');
}

const words = {
  string: ({ pattern }) => (pattern ? `text of the form \`${pattern}\`` : 'text'),
  boolean: () => '`true`, `false`',
  integer: (schema) => `whole number${rangeOf(schema)}`,
  number: (schema) => `number${rangeOf(schema)}`,
  array: ({ items }) => `list of ${takenBy(items)}`,
  object: ({ properties, additionalProperties: each }) =>
    properties ? `{${Object.keys(properties).join(', ')}}` : `map of names to ${takenBy(each)}`,
};

/** Whole numbers end at 2^31 - 1, which need not be said. */
function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) {
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const high = maximum > 1e9 ? exclusiveMaximum : (exclusiveMaximum ?? maximum);
  const lowest = exclusiveMinimum === undefined ? `at least ${low}` : `above ${low}`;
  const highest = exclusiveMaximum === undefined ? `at most ${high}` : `below ${high}`;
  if (low !== undefined && high !== undefined) {
    const isPlain = exclusiveMinimum === undefined && exclusiveMaximum === undefined;
    return isPlain ? `, ${low} to ${high}` : `, ${lowest} and ${highest}`;
  }
  return low === undefined ? '' : `, ${lowest}`;
}
