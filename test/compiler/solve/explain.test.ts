import { expect, test } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { sizeCheckExplanations } from '../../../src/compiler/diagnostics/explain/sizes-check.js';
import { fitImages } from '../../../src/compiler/solve/fit.js';

/** The codes that a text earns at the size its first line names. */
function earned(text: string): readonly string[] {
  const [, height, width] = /--size (\d+)x(\d+)/.exec(text) ?? [];
  const reader = {
    read: (path: string) => ({ path, text }),
    resolve: (_: string, specifier: string) => specifier,
  };
  const { graph, expanded, diagnostics } = compileModel('net.net', reader);
  if (!graph || !expanded) return diagnostics.map(({ code }) => code);
  const found = new Diagnostics();
  fitImages(graph, { height: Number(height), width: Number(width) }, expanded.inputSpans, found);
  return found.all().map(({ code }) => code);
}

test.each(Object.entries(sizeCheckExplanations))(
  '%s: wrong earns it, right does not',
  (code, page) => {
    expect(earned(page.wrong)).toContain(code);
    expect(earned(page.right)).toEqual([]);
  },
);
