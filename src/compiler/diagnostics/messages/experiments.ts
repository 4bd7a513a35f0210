import type { Span } from '../../source/source.js';
import { type Advice, error, errorByKind } from './entry.js';
import { type ForeignKey, foreignKeyAdvice, onCommandLine } from './foreign-key.js';
import { settings } from './settings.js';
import { append, nearest, replace } from './words.js';

type Key = { readonly where: string; readonly key: string };

/** What a schema asks of a value. */
export type Rule =
  | { readonly kind: 'notEmpty' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'type'; readonly types: readonly string[] }
  | { readonly kind: 'bound'; readonly bound: keyof typeof bounds; readonly limit: number }
  /** In the words of the checker of schemas. */
  | { readonly kind: 'other'; readonly rule: string };

type Value = Key & {
  /** Whether it is all of the document. */
  readonly isWhole: boolean;
  /** As JSON; a number that JSON does not have as YAML writes it: `.nan`. */
  readonly value: string;
  readonly rule: Rule;
  /** What it is, where that says more than its type. */
  readonly title: string | null;
  /** A value in YAML that would do; `isWritten` where the schema names it. */
  readonly example: { readonly text: string; readonly isWritten: boolean } | null;
  /** What netc calls the value. */
  readonly ours?: string | undefined;
  /** The kind that the value names in the place of its section. */
  readonly section?: { readonly path: string; readonly kind: string } | undefined;
};

export const experiments = {
  NET0601: errorByKind('Not YAML', {
    alias: ({ name }: { name: string }, { span }) => ({
      message: `this is not YAML: nothing is marked &${name}, which *${name} repeats`,
      suggestion: replace(span, `"*${name}"`, `for a text write \`"*${name}"\``),
    }),
    circle: ({ name }: { name: string }) => ({
      message: `*${name} repeats what it is inside of, without end`,
      suggestion: `write out what is meant in place of *${name}`,
    }),
    repeated: ({ most }: { most: number }) => ({
      message: `the aliases of this text repeat more than ${most} values`,
      suggestion: 'write out what is meant: no experiment is that long',
    }),
    deep: ({ levels }: { levels: number }) => ({
      message: `values are more than ${levels} levels deep inside one another`,
      suggestion: 'no experiment is that deep: see docs/experiment-keys.md',
    }),
    quotes: ({ text }: { text: string }, { span }) => ({
      message: 'this is not YAML: a text that begins with { needs quotes',
      suggestion: replace(span, `"${text}"`),
    }),
    /** `rest` ends where the partner is missing. */
    bracket: ({ open, close, rest }: { open: string; close: string; rest: Span }) => ({
      message: `this is not YAML: a ${open} is not closed`,
      suggestion: append(rest, close, `close it with ${close}`),
    }),
    twice: ({ key }: { key: string }) => ({
      message: `this is not YAML: ${key} is given twice in one section`,
      suggestion: 'keep one of the two',
    }),
    /** `reason` is the sentence of the reader of YAML, `code` its own. */
    syntax: ({ code, reason }: { code: string; reason: string }) => ({
      message: `this is not YAML: ${decapitalised(reason)}`,
      suggestion:
        syntaxAdvice[code] ??
        'look at the signs and the indentation of this line and the one before',
    }),
  }),
  NET0602: errorByKind('Unknown key', {
    key: (f: Key & { known: readonly string[]; foreign?: ForeignKey | undefined }, { span }) => ({
      message: `${f.where} has no key ${f.key}`,
      suggestion: f.foreign
        ? foreignKeyAdvice(f.foreign, span)
        : (nearest(span, f.key, f.known) ?? `known here: ${f.known.join(', ')}`),
    }),
    /** Of the command line; no parameter of the model, and a key of several sections. */
    several: ({ key, paths }: { key: string; paths: readonly string[] }) => ({
      message: `the model has no parameter ${key}, and the experiment has ${paths.join(' and ')}`,
      suggestion: `say which, as in --set ${paths[0]}=...`,
    }),
  }),
  /** `foreign` is the key that another library has for `kind`, with the kind it names. */
  NET0603: error(
    'Missing key',
    (
      f: Key & {
        isWhole: boolean;
        description: string | null;
        example: string;
        foreign?: { key: string; kind: string } | undefined;
      },
    ) => ({
      message: `${f.where} needs ${f.key}${f.description === null ? '' : `: ${decapitalised(f.description)}`}`,
      suggestion: f.foreign
        ? `netc calls ${f.foreign.key} kind: \`kind: ${f.foreign.kind}\``
        : `add \`${f.key}: ${f.example}\`${f.isWhole ? '' : ` under ${f.where}`}`,
    }),
  ),
  NET0604: errorByKind('Value does not fit', {
    value: (facts: Value, { span }) => ({
      message: `${facts.where} ${wish(facts)}, not ${facts.value}`,
      suggestion: otherValue(facts, span),
    }),
    /** `meant` is a file that there is. */
    file: ({ path, meant }: { path: string; meant: string | null }) => ({
      message: `${path} is missing`,
      suggestion:
        meant === null
          ? 'name an experiment, from the folder of this file'
          : `did you mean ${meant}?`,
    }),
  }),
  NET0605: error('Settings do not fit together', settings),
};

/** What to do about what the reader of YAML refuses, by its code. */
const syntaxAdvice: Readonly<Record<string, string>> = {
  BAD_INDENT: 'begin keys of one section in one column, and indent its sections by two spaces',
  TAB_AS_INDENT: 'indent by two spaces in place of the tab',
  MISSING_CHAR: 'close what is open: a quote, a bracket, or a key with its colon',
  MULTILINE_IMPLICIT_KEY: 'put a colon after the key, and a space: `key: value`',
  BLOCK_AS_IMPLICIT_KEY:
    'put a text with a colon in quotes, or the second key on a line of its own',
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_DQ_ESCAPE: "write a backslash twice, or use single quotes, 'like this'",
  MULTIPLE_DOCS: 'leave the line --- out: a file is one experiment',
};

const decapitalised = (sentence: string): string =>
  sentence.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');

const bounds = {
  minimum: (limit: number) => `${limit} or more`,
  maximum: (limit: number) => `${limit} or less`,
  exclusiveMinimum: (limit: number) => `more than ${limit}`,
  exclusiveMaximum: (limit: number) => `less than ${limit}`,
  minItems: (limit: number) => `a list of ${limit} or more`,
};

export const isBound = (keyword: string): keyword is keyof typeof bounds =>
  Object.hasOwn(bounds, keyword);

const types: Readonly<Record<string, string>> = {
  object: 'keys with their values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function wish({ rule, title }: Value): string {
  if (rule.kind === 'notEmpty') return 'must not be empty';
  if (title !== null) return `must be ${title}`;
  switch (rule.kind) {
    case 'oneOf':
      return `must be ${rule.values.join(' or ')}`;
    case 'type':
      return `must be ${rule.types.map((type) => types[type] ?? type).join(' or ')}`;
    case 'bound':
      return `must be ${bounds[rule.bound](rule.limit)}`;
    default:
      return rule.rule;
  }
}

/** What to write in place of a value. */
function otherValue(facts: Value, span: Span): Advice {
  const { key, rule, example, ours, section } = facts;
  const text = facts.value.replace(/^"(.*)"$/s, '$1');
  if (ours !== undefined) return replace(span, ours, `netc calls it ${ours}`);
  if (section) return kindInside(section, span);
  const near = rule.kind === 'oneOf' && nearest(span, text, rule.values);
  if (near) return near;
  if (rule.kind === 'type' && rule.types.join() === 'boolean') {
    return `write \`${key}: ${/^(no|off|false|0)$/i.test(text) ? 'false' : 'true'}\``;
  }
  if (rule.kind === 'bound' && !example?.isWritten) return `give ${bounds[rule.bound](rule.limit)}`;
  if (facts.isWhole) return 'write keys with a colon, such as `model:`, each on its line';
  return example === null
    ? `write another value for ${key}`
    : `write one, as in \`${/^\d+$/.test(key) ? '-' : `${key}:`} ${example.text}\``;
}

/** `optimiser: sgd`, which names the kind in the place of the section. */
function kindInside({ path, kind }: NonNullable<Value['section']>, span: Span): Advice {
  if (onCommandLine(span) !== undefined) return `name its kind: --set ${path}.kind=${kind}`;
  const text = `{kind: ${kind}}`;
  return replace(span, text, `name its kind: \`${path.split('.').at(-1)}: ${text}\``);
}
