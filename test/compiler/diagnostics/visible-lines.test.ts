import { describe, expect, it } from 'vitest';
import { visible, visibleJson, visibleLines } from '../../../src/compiler/diagnostics/visible.js';

const all = Array.from({ length: 0x2070 }, (_, code) => String.fromCharCode(code)).join('');
const obeyed = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe('a text of several lines for a terminal', () => {
  it('keeps no control but line ends and tabs, and all that is none', () => {
    expect(visibleLines(all)).not.toMatch(obeyed);
    const text = 'Größe ± 日本 👩‍🔬 e\u0301\n\ta\r\nb';
    expect(visibleLines(text)).toBe(text);
  });

  it('says which sign was there', () => {
    expect(visibleLines('a\u001b[31mb\rc\u009b\u202e')).toBe('a\\u001b[31mb\\u000dc\\u009b\\u202e');
  });

  it('is the same when it is guarded twice', () => {
    expect(visibleLines(visibleLines(all))).toBe(visibleLines(all));
  });
});

it('a name stays on its line', () => {
  expect(visible('a\n\tb\u001b')).toBe('a  b\\u001b');
});

it('JSON for a terminal means the same', () => {
  const json = visibleJson(JSON.stringify({ [all]: [all] }));
  expect(json).not.toMatch(obeyed);
  expect(JSON.parse(json)).toEqual({ [all]: [all] });
});
