// Writes the pages of docs/ that are made from the sources: `npm run docs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codes } from '../dist/compiler/diagnostics/codes.js';
import { explanations } from '../dist/compiler/diagnostics/explain/index.js';
import { renderDiagnostics } from '../dist/compiler/diagnostics/render.js';
import { exampleMistakes, exampleName } from '../dist/runtime/experiments/check-text.js';
import { errorsPage } from './docs/errors.mjs';

const pages = errorsPage({ codes, explanations, exampleMistakes, exampleName, renderDiagnostics });
for (const [path, text] of Object.entries(pages)) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
}
