import type { Command } from 'commander';
import { usualSize } from '../compiler/cost/usual-size.js';
import { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { differenceOf } from '../compiler/diff/difference.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { fitImages } from '../compiler/solve/fit.js';
import { nearestTaken } from '../compiler/solve/nearest.js';
import { DiagnosedError } from '../runtime/errors/errors.js';
import { type CompiledFile, compileFile } from '../runtime/networks/compile-file.js';
import { differenceToJson, printDifference } from '../runtime/reports/difference.js';
import { printDiagnostics, printJson } from './failure.js';
import { collect, parseOverrides } from './model-command.js';
import { printResult } from './output.js';
import { parseSize, printSize } from './size.js';

interface DiffOptions {
  readonly model?: string;
  readonly toModel?: string;
  readonly set: readonly string[];
  readonly size?: ImageSize;
  readonly json?: boolean;
}

/** Ends with 0 whether or not the networks differ: 1 says that a file is at fault. */
export function registerDiff(program: Command): void {
  program
    .command('diff')
    .description(
      'Compares two networks by blocks, weights and cost; the exit status is 0 whether they differ or not.',
    )
    .argument('<before>', 'a .net file')
    .argument('[after]', 'the file of the other network; the same file unless given')
    .option('--model <name>', 'which model of the files')
    .option('--to-model <name>', 'which model of the second file, where the name differs')
    .option(
      '--set <parameter=expression>',
      "set one of the second model's parameters; repeat for more",
      collect,
      [],
    )
    .option(
      '--size <HEIGHTxWIDTH>',
      'the image size that costs are for; 256x256, or the nearest that both take, unless given',
      parseSize,
    )
    .option('--json', 'print one JSON object')
    .action(run);
}

function run(beforeFile: string, given: string | undefined, options: DiffOptions): void {
  const { model, toModel = model, set, json } = options;
  const afterFile = given ?? beforeFile;
  const overrides = parseOverrides(set);
  const [before, after] = bothOf(
    () => compileFile(beforeFile, model, {}),
    () => compileFile(afterFile, toModel, overrides),
  );
  const size = options.size ?? nearestTaken([before!.graph, after!.graph], usualSize) ?? usualSize;
  if (options.size) requireFit([before!, after!], options.size);
  const difference = differenceOf(before!, after!, size);
  const sides = [
    { file: beforeFile, model: before!.graph.name },
    { file: afterFile, model: after!.graph.name },
  ] as const;
  if (json) {
    const [before, after] = sides;
    printJson({ before, after, ...size, ...differenceToJson(difference) });
    return;
  }
  printDiagnostics([...before!.warnings, ...after!.warnings], false);
  printResult(printDifference(difference, sides, printSize(size)));
}

/** Throws `DiagnosedError` where images of a size that was asked for are none for one of the networks. */
function requireFit(networks: readonly CompiledFile[], size: ImageSize): void {
  const found = new Diagnostics();
  for (const { graph, inputSpans } of networks) fitImages(graph, size, inputSpans, found);
  if (found.hasErrors) throw new DiagnosedError(found.all());
}

/** Errors of both files are one error. */
function bothOf(...compile: readonly (() => CompiledFile)[]): readonly CompiledFile[] {
  const errors: DiagnosedError[] = [];
  const compiled = compile.flatMap((each) => {
    try {
      return each();
    } catch (error) {
      if (!(error instanceof DiagnosedError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length === 0) return compiled;
  throw new DiagnosedError(errors.flatMap(({ diagnostics }) => diagnostics));
}
