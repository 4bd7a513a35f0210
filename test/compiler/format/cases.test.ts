import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatted } from './preserved.js';

// `UPDATE_EXPECTED=1 npx vitest run test/compiler/format/cases.test.ts` writes the texts after
// formatting anew: read them, and docs/formatter.md with them.

const folder = join(import.meta.dirname, 'cases');
const names = readdirSync(folder).filter((name) => name.endsWith('.before.net'));

test.each(names)('%s', (name) => {
  const actual = formatted(readFileSync(join(folder, name), 'utf8'));
  const path = join(folder, name.replace('before', 'after'));
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, actual);
  else expect(actual).toBe(readFileSync(path, 'utf8'));
});
