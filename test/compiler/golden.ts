import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const folder = new URL('../golden/', import.meta.url);

/** Holds `text` to test/golden/`name`; with UPDATE_EXPECTED set the file is written anew. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(name, folder);
  if (process.env.UPDATE_EXPECTED) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
