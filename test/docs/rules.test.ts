import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../../src/compiler/diagnostics/codes.js';
import { explanations } from '../../src/compiler/diagnostics/explain/index.js';

// The rules of docs/reference.md, each under a label such as names-3; who implements, tests or explains a rule cites it.

const reference = readFileSync('docs/reference.md', 'utf8');

/** The rules in order: each label with its text, up to the next rule or heading. */
const rules = new Map(
  [...reference.matchAll(/^<a id="([a-z]+-\d+)"><\/a>\*\*\1\*\*([\s\S]*?)(?=^<a id=|^## )/gm)].map(
    ([, label, text]) => [label!, text!],
  ),
);
const labels = [...rules.keys()];
const families = [...new Set(labels.map((label) => label.split('-')[0]!))];

const textsUnder = (folder: string, ending: RegExp): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name))
      .map((name) => join(folder, name))
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );

const sources = textsUnder('src', /\.ts$/);
const tests = textsUnder('test', /\.(ts|net|yaml)$/);
const pages = textsUnder('docs', /\.md$/);

const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g)]
    .map(([comment]) => comment)
    .join('\n');

/** The titles of tests that begin with labels: `'names-2, names-3: scope'`. */
const titlesOf = (text: string): string =>
  [...text.matchAll(/(?:describe|test|it|\]\))\(\s*['"`]((?:[a-z]+-\d+(?:, )?)+): /g)]
    .map(([, cited]) => cited)
    .join('\n');

const labelsIn = (text: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\\b(?:${families.join('|')})-\\d+\\b`, 'g'))].map(
    ([found]) => found,
  );

/** What stands in brackets as a label does, `(names-3)` or `(names-1 and names-3)`, be it one or misspelled. */
const bracketed = (text: string): readonly string[] =>
  [...text.matchAll(/\(((?:[a-z]+-\d+(?:, | and )?)+)\)/g)].flatMap(
    ([, inside]) => inside!.match(/[a-z]+-\d+/g) ?? [],
  );

const citedIn = (texts: Iterable<string>, of: (text: string) => string): ReadonlySet<string> =>
  new Set([...texts].flatMap((text) => labelsIn(of(text))));

describe('the rules of the reference', () => {
  it('are numbered from 1 in each family, in order', () => {
    const anchors = [...reference.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect(labels).toEqual(anchors);
    const counted = families.flatMap((family) => {
      const own = labels.filter((label) => label.startsWith(`${family}-`));
      return own.map((_, i) => `${family}-${i + 1}`);
    });
    expect(labels).toEqual(counted);
  });

  it.each([
    ['comments of src', sources, commentsOf],
    ['titles of tests', tests, titlesOf],
  ] as const)('are each cited in the %s', (_, texts, of) => {
    const cited = citedIn(texts.values(), of);
    expect(labels.filter((label) => !cited.has(label))).toEqual([]);
  });

  it('name every code of the language', () => {
    const named = new Set([...rules.values()].flatMap((text) => text.match(/NET\d{4}/g) ?? []));
    // NET06xx are about experiments.
    const wanted = Object.keys(codes).filter((code) => !code.startsWith('NET06'));
    expect(wanted.filter((code) => !named.has(code))).toEqual([]);
  });
});

describe('a citation', () => {
  const strange = (texts: ReadonlyMap<string, string>, of: (text: string) => readonly string[]) =>
    [...texts].flatMap(([path, text]) =>
      of(text)
        .filter((label) => !rules.has(label))
        .map((label) => `${path}: ${label}`),
    );

  it.each([
    ['in src', sources],
    ['in test', tests],
  ])('%s is of a rule that exists', (_, texts) => {
    expect(strange(texts, (text) => labelsIn(commentsOf(text) + titlesOf(text)))).toEqual([]);
    expect(strange(texts, (text) => bracketed(commentsOf(text)))).toEqual([]);
  });

  it('in docs links to a rule that exists', () => {
    const links = (text: string) =>
      [...text.matchAll(/\]\((?:reference\.md)?#([a-z]+-\d+)\)/g)].map(([, label]) => label!);
    expect(strange(pages, links)).toEqual([]);
  });

  it('is never of a sentence or a design that the repository does not have', () => {
    const old = [...sources, ...tests].filter(([path, text]) =>
      path.endsWith('rules.test.ts') ? false : /\bsentences? \d|\(design/i.test(text),
    );
    expect(old.map(([path]) => path)).toEqual([]);
  });
});

const pagesOfCodes = Object.entries(explanations).filter(([code]) => !code.startsWith('NET06'));

describe('an explanation', () => {
  it.each(pagesOfCodes)('of %s cites a rule that names it', (code, { meaning }) => {
    const label = /See rule ([a-z]+-\d+) of the reference\.$/.exec(meaning)?.[1];
    expect(rules.get(label ?? '')).toContain(code as Code);
  });
});
