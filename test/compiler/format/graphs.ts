import { checkFile, compileModel } from '../../../src/compiler/compile.js';
import { print } from '../../../src/compiler/ir/print.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';
import { readerOf } from '../expand/texts.js';
import { formatted } from './preserved.js';
import { type Program, randomProgram } from './random-program.js';

/** The printed graph of each model of a file; where there is none, what is wrong. */
export function graphsOf(path: string, reader: SourceReader): readonly string[] {
  const { main } = checkFile(path, reader);
  const models = main!.file.definitions.filter(
    ({ kind }) => kind === 'model' || kind === 'variant',
  );
  return models.map(({ name }) => {
    const { graph, diagnostics } = compileModel(path, reader, { model: name.text });
    if (graph) return print(graph);
    return diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');
  });
}

const programReader = ({ main, library }: Program): SourceReader =>
  readerOf({ 'main.net': main, 'library.net': library });

export interface Outcome {
  /** What did not hold; null where all did. */
  readonly failure: string | null;
  readonly models: number;
  /** How many of them have a graph. */
  readonly graphs: number;
}

/** Formats the random program of a seed and compares the graphs. */
export function formatRandomProgram(seed: number): Outcome {
  const { rough } = randomProgram(seed);
  const before = graphsOf('main.net', programReader(rough));
  const counts = {
    models: before.length,
    graphs: before.filter((text) => text.startsWith('graph ')).length,
  };
  try {
    const after = { main: formatted(rough.main), library: formatted(rough.library) };
    const same = graphsOf('main.net', programReader(after)).join('\n') === before.join('\n');
    return { ...counts, failure: same ? null : `seed ${seed}: another graph\n${after.main}` };
  } catch (error) {
    return { ...counts, failure: `seed ${seed}: ${(error as Error).message}` };
  }
}
