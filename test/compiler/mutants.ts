import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileModel } from '../../src/compiler/compile.js';
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js';
import { positionAt, type SourceFile } from '../../src/compiler/source/source.js';
import { diskReader } from '../../src/runtime/files/source-reader.js';
import { type Mutant, mutate } from './mutate.js';
import { uniform } from './ops/cases/case.js';

const folder = 'models';
const shipped = diskReader();

const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.net'))
  .map((name) => join(folder, name))
  .sort();

/** For each shipped file, the models that need it: itself, or those that import it. */
const modelsOf = new Map<string, string[]>(paths.map((path) => [path, []]));
for (const path of paths) {
  if (!/^model /m.test(shipped.read(path)!.text)) continue;
  for (const part of compileModel(path, shipped).modules ?? []) modelsOf.get(part.path)!.push(path);
}

/** A mutant that is an error, and how well it is reported. */
export interface Judged {
  readonly errors: readonly Diagnostic[];
  /** Whether the first error that is printed points at a line that was changed. */
  readonly hit: boolean;
  /** What was changed, and all that is said of it. */
  readonly report: string;
}

/** Changes a token of a shipped file `runs` times; those of the mutants that are errors. */
export function brokenMutants(runs: number, seed: number): Judged[] {
  const next = uniform(seed);
  const judged = Array.from({ length: runs }, () => {
    const path = paths[Math.floor(next() * paths.length)]!;
    const models = modelsOf.get(path)!;
    const model = models.includes(path) ? path : models[Math.floor(next() * models.length)]!;
    return judge(path, model, mutate(shipped.read(path)!.text, next));
  });
  return judged.filter(({ errors }) => errors.length > 0);
}

function judge(path: string, model: string, { text, what, lines }: Mutant): Judged {
  const changed: SourceFile = { path, text };
  const reader = { ...shipped, read: (at: string) => (at === path ? changed : shipped.read(at)) };
  const { diagnostics } = compileModel(model, reader);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lineOf = ({ span }: Diagnostic): number => positionAt(span.file, span.start).line;
  const [first] = errors;
  const hit = first?.span.file.path === path && lines.includes(lineOf(first));
  const said = errors.map(
    (error) => `  ${error.span.file.path}:${lineOf(error)}: ${error.message}`,
  );
  return { errors, hit, report: [`${path}:${lines}: ${what}`, ...said].join('\n') };
}
