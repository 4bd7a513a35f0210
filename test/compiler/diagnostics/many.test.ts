import { describe, expect, test } from 'vitest';
import { compileAll } from '../../../src/compiler/compile-all.js';
import {
  type Diagnostic,
  Diagnostics,
  tally,
} from '../../../src/compiler/diagnostics/diagnostic.js';
import { readerOfTexts } from '../../../src/compiler/source/texts.js';

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join('');

const found = (text: string): readonly Diagnostic[] =>
  compileAll('main.net', readerOfTexts({ 'main.net': text })).diagnostics;

const unknown = (count: number): string =>
  `model Net {\n  input image: [N, H, W, 3]\n${lines(count, (i) => `let a${i} = missing${i}`)}  output mask = image -> Conv(1)\n}\n`;

describe('text-6: of many errors', () => {
  test('a hundred are shown, and how many more there are', () => {
    const all = found(unknown(250));
    expect(all.filter(({ code }) => code === 'NET0101')).toHaveLength(100);
    expect(all.at(-1)).toMatchObject({ code: 'NET0017', severity: 'error', facts: { count: 150 } });
    expect(all.at(-1)?.message).toBe('150 more errors from here on are not shown');
    expect(tally(all)).toEqual({ error: 250, warning: 0 });
  });

  test('a hundred are a hundred', () => {
    expect(found(unknown(100))).toHaveLength(100);
    expect(found(unknown(101)).at(-1)?.message).toBe('1 more error from here on is not shown');
  });

  test('those that two models meet are counted once', () => {
    const second = unknown(0).replace('Net', 'Other');
    expect(tally(found(unknown(250) + second))).toEqual({ error: 250, warning: 0 });
  });

  test('none is lost or counted twice where diagnostics are joined', () => {
    const joined = new Diagnostics();
    joined.add(...found(unknown(250)));
    expect(tally(joined.all())).toEqual({ error: 250, warning: 0 });
    expect(joined.hasErrors).toBe(true);
  });
});

describe('of many warnings', () => {
  const block = (count: number): string =>
    `block Unit(x) {\n${lines(count, (i) => `let a${i} = x.channels // 16`)}  x -> Conv(4)\n}\n`;

  test('a hundred are shown, and how many more there are', () => {
    const all = found(block(130));
    expect(all.at(-1)).toMatchObject({ code: 'NET0911', severity: 'warning' });
    expect(all).toHaveLength(101);
    expect(tally(all).warning).toBe(260);
  });

  test('errors come first where there are both', () => {
    const all = found(`${block(130)}\n${unknown(60)}`);
    expect(all.filter(({ severity }) => severity === 'error')).toHaveLength(60);
    expect(all).toHaveLength(101);
    expect(tally(all)).toEqual({ error: 60, warning: 130 });
  });
});

test('a suggestion that was made of a part of a long name changes nothing', () => {
  const name = `conv${'x'.repeat(3_000)}`;
  const [error] = found(
    `model Net {\n  input image: [N, H, W, 3]\n  output mask = image -> ${name}\n}\n`,
  );
  expect(error?.message.length).toBeLessThan(1_000);
  expect(error?.message).toContain('(3004 characters)');
  expect(error?.suggestion?.edits).toBeUndefined();
});

test('control characters of a text are written out', async () => {
  const { renderDiagnostics } = await import('../../../src/compiler/diagnostics/render.js');
  const text = renderDiagnostics(found('import { A } from "\u001b[2J\u202etxt.net"\n'), {
    colour: false,
    width: 100,
  });
  expect(text).not.toMatch(/[^ -~\n]/);
  expect(text).toContain('\\u001b[2J\\u202etxt.net');
});
