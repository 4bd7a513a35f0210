import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../../../src/compiler/diagnostics/codes.js';
import type { Explanation } from '../../../src/compiler/diagnostics/explain/explanation.js';
import { explanations } from '../../../src/compiler/diagnostics/explain/index.js';
import { exampleDiagnostics } from '../../../src/runtime/preparation/check-text.js';

const pages = Object.entries(explanations) as [Code, Explanation][];

const all = Object.keys(codes) as Code[];

/** They say how many others are not shown, a hundred lines behind the first: many.test.ts has their cases. */
const counting: readonly Code[] = ['NET0017', 'NET0911'];

/** The codes in the expected output of test/errors. */
function codesOfCases(): ReadonlySet<string> {
  const folder = 'test/errors';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => /\.(net|yaml)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^(?:\/\/|#) (?:error|warning) (NET\d{4}):/gm)].map(([, code]) => code!),
    ),
  );
}

describe('an explanation', () => {
  it.each(pages)('of %s shows a text that earns it, first of all', (code, page) => {
    const errors = exampleDiagnostics(page.wrong, page);
    const ofKind = errors.filter(({ severity }) => severity === codes[code].severity);
    const first = counting.includes(code) ? ofKind.at(-1) : ofKind[0];
    expect(first?.code, errors.map(({ message }) => message).join('\n')).toBe(code);
  });

  it.each(pages)('of %s puts it right', (code, page) => {
    const errors = exampleDiagnostics(page.right, page);
    const kept = errors.filter((one) => one.severity === 'error' || one.code === code);
    expect(kept.map(({ message }) => message)).toEqual([]);
  });
});

describe('a code', () => {
  const cases = codesOfCases();

  it.each(all.filter((code) => !counting.includes(code)))(
    '%s has its case under test/errors',
    (code) => {
      expect([...cases]).toContain(code);
    },
  );
});
