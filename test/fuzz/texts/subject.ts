import { buildProgram, type Compilation } from '../../../src/compiler/compile.js';
import { compileAll } from '../../../src/compiler/compile-all.js';
import type { Diagnostic } from '../../../src/compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../../../src/compiler/diagnostics/json.js';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { formatFile } from '../../../src/compiler/format/format.js';
import { DifferentiationError } from '../../../src/compiler/gradient/differentiate.js';
import { LossError } from '../../../src/compiler/gradient/loss.js';
import type { TrainingOptions } from '../../../src/compiler/gradient/training-step.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';
import { ParseCache } from '../../../src/compiler/syntax/parse-cache.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import type { Dice } from '../../compiler/format/dice.js';
import { corpus, type Text } from '../corpus.js';
import { mutateText, type Vocabulary } from '../mutate-text.js';
import type { Case, Subject } from '../subject.js';

const vocabulary: Vocabulary = {
  numbers: [
    ...['0', '-0', '1', '-1', '2', '3', '0.5', '7.25', '100', '1000', '65536', '2147483648'],
    ...['9007199254740993', '1e9', '1e20', '1e155', '1e308', '1e400', '1e-320', '0.1', '00', '1.'],
    ...['123456789012345678901234567890', '0x10', '1_000', 'NaN', 'Infinity'],
  ],
  words: [
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'x', 'X', '_'],
    ...['model', 'block', 'import', 'from', 'input', 'output', 'let', 'shared', 'for', 'repeat'],
    ...['if', 'else', 'in', 'require', 'true', 'false', 'null', 'N', 'H', 'W', 'concat', 'conv'],
    ...['maxPool', 'upsample', 'range', 'length', 'reverse', 'Unit', 'start', 'a'.repeat(3000)],
  ],
};

/** A text that is tried in the place of a file, so that its imports are found. */
interface TextCase extends Case {
  readonly path: string;
  readonly bytes: string;
  /** Whether it is formatted too, and where it is a model a program to train is made of it: that takes longer than all else. */
  readonly isWhole: boolean;
}

const training: TrainingOptions = {
  loss: { kind: 'dice' },
  optimiser: { kind: 'sgd', momentum: 0.9 },
};

/** `.net` texts through the compiler, from the text to the functions of a program, and through what is written of them. */
export async function openTexts(): Promise<Subject> {
  const texts = corpus(['models', 'examples', 'test/errors', 'test/compiler'], '.net');
  const shipped = diskReader();
  const cache = new ParseCache();
  return {
    draw(dice: Dice): TextCase {
      const [one, other] = [dice.pick(texts), dice.pick(texts)];
      const bytes = mutateText(one.text, { dice, other: other.text, vocabulary });
      const isWhole = dice.chance(0.25);
      return { name: 'case.net', what: whatOf(one, other), bytes, path: one.path, isWhole };
    },
    attempt(item) {
      const { path, bytes: text, isWhole } = item as TextCase;
      const reader: SourceReader = {
        ...shipped,
        read: (at) => (at === path ? { path, text } : shipped.read(at)),
      };
      const { diagnostics, models } = compileAll(path, reader, { parse: cache.parse });
      requireTold(diagnostics);
      if (isWhole) formatFile({ path, text });
      if (diagnostics.some(({ severity }) => severity === 'error')) return 'errors';
      return isWhole && models.some(buildsProgram) ? 'programs' : 'without errors';
    },
  };
}

const whatOf = (one: Text, other: Text): string => `of ${one.path}, with ${other.path} beside it`;

/** Whether the model has a graph, of which a program is made, for training too where it has a gradient. */
function buildsProgram({ graph }: Compilation): boolean {
  if (!graph) return false;
  try {
    buildProgram(graph, training);
  } catch (error) {
    if (!(error instanceof LossError || error instanceof DifferentiationError)) throw error;
    buildProgram(graph);
  }
  return true;
}

/** Throws unless each diagnostic can be printed in every form, and lies within its text. */
function requireTold(diagnostics: readonly Diagnostic[]): void {
  renderDiagnostics(diagnostics, { colour: true, width: 80 });
  for (const item of diagnostics) {
    JSON.stringify(diagnosticToJson(item));
    for (const { file, start, end } of [item.span, ...item.related.map(({ span }) => span)]) {
      if (0 <= start && start <= end && end <= file.text.length) continue;
      throw new Error(`${item.code} is at ${start} to ${end} of ${file.text.length}`);
    }
  }
}
