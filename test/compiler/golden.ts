import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const folder = new URL('../golden/', import.meta.url);

/** Holds `text` to test/golden/`name`; with UPDATE_GOLDEN set the file is written anew. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
