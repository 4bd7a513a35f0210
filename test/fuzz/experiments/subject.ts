import { deepStrictEqual } from 'node:assert';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../../../src/compiler/diagnostics/json.js';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import { DiagnosedError, InputError } from '../../../src/runtime/errors/errors.js';
import {
  loadExperiment,
  printExperiment,
} from '../../../src/runtime/experiments/load-experiment.js';
import { noSettings, openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import { readWeightMap } from '../../../src/runtime/weights/files.js';
import type { Dice } from '../../compiler/format/dice.js';
import { corpus } from '../corpus.js';
import { mutateText, type Vocabulary } from '../mutate-text.js';
import type { Case, Subject } from '../subject.js';

const vocabulary: Vocabulary = {
  numbers: [
    ...['0', '-0', '1', '-1', '0.5', '1e3', '1e400', '-1e400', '.nan', '.inf', '-.inf', '1e-320'],
    ...['2147483647', '2147483648', '9007199254740993', '123456789012345678901234567890'],
    ...['0x1F', '0o17', '017', '1_000', '1:30', '2026-01-01', '"1"', 'null', '~', 'true', '1.'],
  ],
  words: [
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'true', 'yes', 'no', '~'],
    ...[
      '*a',
      '&a',
      '<<',
      '? ',
      '- ',
      '|',
      '>-',
      '{}',
      '[]',
      '""',
      '{a: {b: [1]}}',
      '!!binary aGk=',
    ],
    ...['!!set {a}', '!!js/function x', '!!map', '!!str', '%YAML 1.1', '---', '...', '{id}', '@'],
    ...['a'.repeat(3000), '../../../../etc/passwd', '/', '.', 'C:\\x', 'kind', 'model', 'path'],
    ...['[*a, *a, *a, *a, *a, *a, *a, *a, *a]', '&a [x, x, x, x, x, x, x, x, x]', '{__proto__: 1}'],
  ],
};

/** Files that are read by one function, and the folder that they are tried in. */
interface Kind {
  readonly name: string;
  readonly texts: ReturnType<typeof corpus>;
  readonly path: string;
  /** Of a hundred cases. */
  readonly share: number;
  readonly read: (path: string) => void;
}

interface YamlCase extends Case {
  readonly kind: Kind;
}

/** YAML texts through the readers of experiments, and of the ablations and maps of weights that stand beside them. */
export async function openExperiments(folder: string): Promise<Subject> {
  for (const name of ['experiments', 'models']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  const kinds = kindsIn(folder);
  const drawn = kinds.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  return {
    draw(dice: Dice): YamlCase {
      const kind = dice.pick(drawn);
      const [one, other] = [dice.pick(kind.texts), dice.pick(dice.pick(drawn).texts)];
      const bytes = mutateText(one.text, { dice, other: other.text, vocabulary });
      const what = `${kind.name} of ${one.path}, with ${other.path} beside it`;
      return { name: 'case.yaml', what, bytes, kind };
    },
    attempt(item) {
      const { kind, bytes } = item as YamlCase;
      writeFileSync(kind.path, bytes);
      try {
        kind.read(kind.path);
        return kind.name;
      } catch (error) {
        requireTold(error, kind.path);
        return 'refused';
      }
    },
  };
}

function kindsIn(folder: string): readonly Kind[] {
  const all = corpus(['experiments', 'models', 'test/errors', 'test/fixtures'], '.yaml');
  const isAblation = ({ text }: { readonly text: string }) => /^variants:/m.test(text);
  const isMap = ({ path }: { readonly path: string }) => path.startsWith('models/');
  // From the root, as what a run keeps has it.
  const at = (name: string) => resolve(folder, name);
  return [
    {
      name: 'experiments',
      texts: all.filter((text) => !isAblation(text) && !isMap(text)),
      path: at('experiments/mutant.yaml'),
      share: 92,
      read: readExperiment,
    },
    {
      name: 'ablations',
      texts: all.filter(isAblation),
      path: at('experiments/ablations/mutant.yaml'),
      share: 3,
      read: (path) => openAblation(path, { set: [] }),
    },
    {
      name: 'maps',
      texts: all.filter(isMap),
      path: at('models/maps/mutant.yaml'),
      share: 5,
      read: readWeightMap,
    },
  ];
}

/** What a run keeps of an experiment must be the same experiment. */
function readExperiment(path: string): void {
  const { experiment } = openExperiment(path, noSettings);
  const text = printExperiment(experiment);
  const diagnostics = new Diagnostics();
  const again = loadExperiment({ path, text }, [], diagnostics);
  if (!again) throw new Error(`not what it prints: ${diagnostics.all()[0]?.message}`);
  deepStrictEqual(again.experiment, experiment);
}

/** Throws `error` on unless it is an error of the input with its file, and its place where it is one of a text. */
function requireTold(error: unknown, path: string): void {
  if (!(error instanceof InputError)) throw error;
  if (!(error instanceof DiagnosedError)) {
    if (error.message.includes(path)) return;
    throw new Error(`names no file: ${error.message}`, { cause: error });
  }
  renderDiagnostics(error.diagnostics, { colour: true, width: 80 });
  if (!error.diagnostics.some(({ severity }) => severity === 'error'))
    throw new Error('refused without an error', { cause: error });
  for (const item of error.diagnostics) {
    JSON.stringify(diagnosticToJson(item));
    const { file, start, end } = item.span;
    const isWithin = 0 <= start && start <= end && end <= file.text.length;
    if (isWithin && file.path !== '') continue;
    throw new Error(`${item.code} is at ${start} to ${end} of ${file.text.length}`);
  }
}
