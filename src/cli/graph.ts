import { type Command, Option } from 'commander';
import { type Diagram, diagramOf } from '../compiler/emit/diagram/diagram.js';
import { printDot } from '../compiler/emit/dot/dot.js';
import { printJson as printDiagramJson } from '../compiler/emit/json/diagram.js';
import { printMermaid } from '../compiler/emit/mermaid/mermaid.js';
import { printSource } from '../compiler/emit/source/source.js';
import { printFolded } from '../compiler/emit/text/folded.js';
import { print } from '../compiler/ir/print.js';
import { writeAtomically } from '../runtime/files/disk.js';
import type { CompiledFile } from '../runtime/networks/compile-file.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand, parseOverrides } from './model-command.js';
import { outOption } from './out-option.js';
import { printText } from './output.js';
import { parseWhole } from './size.js';

const drawings = {
  svg: printSvgLazily,
  mermaid: async (diagram: Diagram) => printMermaid(diagram),
  dot: async (diagram: Diagram) => printDot(diagram),
  json: async (diagram: Diagram) => printDiagramJson(diagram),
} as const;

type Format = 'text' | 'source' | keyof typeof drawings;

interface GraphOptions extends ModelOptions {
  readonly format: Format;
  readonly folded?: boolean;
  readonly depth?: number;
  readonly out?: string;
}

export function registerGraph(program: Command): void {
  const command = modelCommand(program, 'graph', "Prints a model's graph as text or as a drawing.")
    .addOption(
      new Option(
        '--format <name>',
        'text lists every operation, source is the model as one .net file, the others draw blocks',
      )
        .choices(['text', 'source', ...Object.keys(drawings)])
        .default('text'),
    )
    .option('--folded', 'with text: one line a block, equal blocks written once')
    .option(
      '--depth <n>',
      'draw what is inside n levels of blocks; a block inside itself does not count; by default as deep as stays legible',
      parseWhole(0),
    )
    .action(run);
  outOption(command, '<file>', 'write to this file');
}

async function run(file: string, options: GraphOptions): Promise<void> {
  const compiled = compileGiven(file, options);
  const graph = await printed(compiled, options);
  const { format, out, json } = options;
  if (out !== undefined) await writeAtomically(out, graph);
  if (json) printJson({ model: compiled.graph.name, format, ...(out ? { out } : { graph }) });
  else if (out === undefined) printText(graph);
}

async function printed(
  { graph, tree, chosen }: CompiledFile,
  { format, folded, depth, set }: GraphOptions,
): Promise<string> {
  if (format === 'source') return printSource(chosen, parseOverrides(set));
  if (format !== 'text') return drawings[format](diagramOf(graph, tree, depth));
  return folded ? printFolded(graph, tree) : print(graph);
}

/** ELK takes a second to load. */
async function printSvgLazily(diagram: Diagram): Promise<string> {
  const { printSvg } = await import('../compiler/emit/svg/svg.js');
  return printSvg(diagram);
}
