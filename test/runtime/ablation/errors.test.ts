import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/compiler/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import { DiagnosedError } from '../../../src/runtime/errors/errors.js';

// As test/compiler/errors.test.ts, for ablations: `UPDATE_EXPECTED=1 npx vitest run
// test/runtime/ablation/errors.test.ts` writes the expected output: read the diff.

const folder = 'test/errors/ablations';
const marker = '# --- expected ---\n';

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

function diagnosticsIn(path: string): readonly Diagnostic[] {
  try {
    openAblation(path, { set: [] });
    return [];
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnostics;
    throw error;
  }
}

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const [text, expected] = readFileSync(path, 'utf8').split(marker);
  const rendered = renderDiagnostics(diagnosticsIn(path), { colour: false, width: 100 });
  const short = rendered.replaceAll('test/errors/', '');
  const actual = `${short}\n`.replace(/^(?=.)/gm, '# ').replace(/^$(?=\n)/gm, '#');
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, text! + marker + actual);
  else expect(actual).toBe(expected);
});
