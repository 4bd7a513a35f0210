import { type Command, Option } from 'commander';
import { costsByBlock } from '../compiler/cost/by-block.js';
import { costsByLine } from '../compiler/cost/by-line.js';
import { costOf, sizelessCostOf } from '../compiler/cost/cost.js';
import { memoryOf, stepPeaks } from '../compiler/cost/memory.js';
import { sharesOf } from '../compiler/cost/shares.js';
import { usualSize } from '../compiler/cost/usual-size.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import type { Graph } from '../compiler/ir/graph.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { BindingError } from '../compiler/solve/bindings.js';
import { fitImages } from '../compiler/solve/fit.js';
import { nearestTaken } from '../compiler/solve/nearest.js';
import { requirementWords } from '../compiler/solve/requirement-words.js';
import { requirementsOf } from '../compiler/solve/requirements.js';
import type { CompiledFile } from '../runtime/networks/compile-file.js';
import { depthOf, printBlockCosts, printLineCosts, printTotals } from '../runtime/reports/costs.js';
import type { TimeRequest } from '../runtime/tasks/time-model.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { printResult } from './output.js';
import { parseSize, parseWhole, printSize } from './size.js';

interface CountOptions extends ModelOptions {
  readonly size?: ImageSize;
  readonly batch: number;
  readonly by?: 'block' | 'line';
  readonly depth?: number;
  readonly time?: TimeRequest['of'];
  readonly engine: TimeRequest['engine'];
}

export function registerCount(program: Command): void {
  modelCommand(
    program,
    'count',
    "Counts a model's weights, the multiply-adds of its convolutions and the bytes of its activations.",
  )
    .option(
      '--size <HEIGHTxWIDTH>',
      'the image size that costs are for; 256x256, or the nearest that the model takes, unless given',
      parseSize,
    )
    .option(
      '--batch <n>',
      'how many images at once, for the bytes of activations',
      parseWhole(1),
      1,
    )
    .addOption(
      new Option('--by <part>', 'also count each block, or each line of the files').choices([
        'block',
        'line',
      ]),
    )
    .option('--depth <n>', 'how deep blocks are unfolded', parseWhole(0))
    .addOption(
      new Option(
        '--time [call]',
        'also measure what each block and each line takes of a training step on random images, or of a prediction',
      )
        .choices(['train', 'predict'])
        .preset('train'),
    )
    .addOption(
      new Option('--engine <name>', 'what computes with --time')
        .choices(['auto', 'tensorflow', 'portable'])
        .default('auto'),
    )
    .action(run);
}

async function run(file: string, options: CountOptions): Promise<void> {
  const compiled = compileGiven(file, options);
  const { graph } = compiled;
  const { batch, by, json } = options;
  const asked = options.size ?? usualSize;
  const taken = nearestTaken([graph], asked);
  const misfits = options.size ? misfitsOf(compiled, options.size) : [];
  if (misfits.length > 0) process.exitCode = status.input;
  const amounts = amountsAt(graph, taken ?? asked, options);
  const fixed = sizelessCostOf(graph);
  const timed = amounts && options.time ? await time(graph, taken ?? asked, options) : undefined;
  if (json) {
    const { cost = { ...fixed, multiplyAdds: null }, memory = null } = amounts ?? {};
    const { blocks, lines } = amounts ?? {};
    printJson({
      ...{ model: graph.name, ...cost, height: null, width: null, ...taken, batch, memory },
      ...(taken && !isSame(taken, asked) && { nearestTo: asked }),
      ...(by === 'block' && { blocks: blocks ?? null }),
      ...(by === 'line' && { lines: lines ?? null }),
      ...(options.time && { time: timed ? timed.json : null }),
      ...(misfits.length > 0 && { diagnostics: misfits.map(diagnosticToJson) }),
    });
    return;
  }
  printDiagnostics(misfits, false);
  const totals = amounts ? { ...amounts.cost, ...amounts.memory } : fixed;
  const sections = [printTotals(graph.name, totals, taken && printSize(taken), batch)];
  if (amounts && by === 'block') sections.push(printBlockCosts(amounts.blocks));
  if (amounts && by === 'line') sections.push(printLineCosts(amounts.lines));
  if (timed) sections.push(timed.text);
  const note = noteOf(graph, asked, taken, amounts !== undefined);
  printResult(`${[...sections, ...note].join('\n\n')}\n`);
}

/** What depends on the size of images; undefined where the model's inputs take none of one size. */
function amountsAt(graph: Graph, size: ImageSize, { batch, by, depth }: CountOptions) {
  const within = depth ?? Number.POSITIVE_INFINITY;
  try {
    const cost = costOf(graph, size);
    const memory = { ...memoryOf(graph, size, batch), peak: stepPeaks(graph, size, batch) };
    const shares = by ? sharesOf(graph, size, batch) : [];
    const blocks = costsByBlock(shares).filter(({ path }) => depthOf(path) <= within);
    return { cost, memory, blocks, lines: costsByLine(shares) };
  } catch (error) {
    if (error instanceof BindingError) return undefined;
    throw error;
  }
}

/** What is measured, for people and for programs. */
async function time(graph: Graph, size: ImageSize, options: CountOptions) {
  const { timeModel } = await import('../runtime/tasks/time-model.js');
  const { printProfiled } = await import('../runtime/reports/measured.js');
  const { time: of, batch, engine, by, depth = Number.POSITIVE_INFINITY } = options;
  const timed = await timeModel(graph, { of: of!, size, batch, engine });
  const blocks = timed.blocks.filter(({ path }) => depthOf(path) <= depth);
  const json = { ...timed, blocks };
  return { json, text: printProfiled(json, by ? [by] : ['block', 'line']) };
}

/** Why images of a size that was asked for are none for the model. */
function misfitsOf({ graph, inputSpans }: CompiledFile, size: ImageSize): readonly Diagnostic[] {
  const found = new Diagnostics();
  fitImages(graph, size, inputSpans, found);
  return found.all();
}

const isSame = (a: ImageSize, b: ImageSize): boolean =>
  a.height === b.height && a.width === b.width;

/** Which size the figures are for, where it is not the one asked for. */
function noteOf(
  graph: Graph,
  asked: ImageSize,
  taken: ImageSize | undefined,
  isCounted: boolean,
): readonly string[] {
  const { name } = graph;
  if (!taken) {
    const free = isCounted ? `one of a free size is taken as ${printSize(asked)}` : 'give them one';
    return [`the inputs of ${name} have no size in common: ${free}`];
  }
  if (isSame(taken, asked)) return [];
  const demands = requirementsOf(graph).filter(({ modulus, vanishes }) => modulus > 1 || vanishes);
  const nearest = `${printSize(taken)} is the nearest to ${printSize(asked)} that ${name} takes`;
  return [`${nearest}: ${requirementWords(demands)}`];
}
