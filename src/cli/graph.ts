import { type Command, InvalidArgumentError, Option } from 'commander';
import { diagramOf, diagramsOf } from '../compiler/emit/diagram/diagram.js';
import { printDot } from '../compiler/emit/dot/dot.js';
import { columnFigure } from '../compiler/emit/drawing/column.js';
import { type Figure, figureOf } from '../compiler/emit/drawing/figure.js';
import { plain } from '../compiler/emit/drawing/style.js';
import { printJson as printDiagramJson } from '../compiler/emit/json/diagram.js';
import { printMermaid } from '../compiler/emit/mermaid/mermaid.js';
import { printPdf } from '../compiler/emit/pdf/pdf.js';
import { printSource } from '../compiler/emit/source/source.js';
import { printSvg } from '../compiler/emit/svg/svg.js';
import { printFolded } from '../compiler/emit/text/folded.js';
import { print } from '../compiler/ir/print.js';
import { writeAtomically } from '../runtime/files/disk.js';
import type { CompiledFile } from '../runtime/networks/compile-file.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand, parseOverrides } from './model-command.js';
import { outOption } from './out-option.js';
import { printText } from './output.js';
import { parseWhole } from './size.js';

/** Drawings by other programs, and the diagram itself. */
const texts = { mermaid: printMermaid, dot: printDot, json: printDiagramJson } as const;
/** Figures as netc lays them out. */
const figures = {
  svg: async (figure: Figure) => printSvg(figure),
  pdf: async (figure: Figure) => printPdf(figure),
  png: pngOf,
} as const;

type Format = 'text' | 'source' | keyof typeof texts | keyof typeof figures;

const isFigure = (format: Format): format is keyof typeof figures => Object.hasOwn(figures, format);

interface GraphOptions extends ModelOptions {
  readonly format: Format;
  readonly folded?: boolean;
  readonly depth?: number;
  readonly compact?: boolean;
  readonly width?: number;
  readonly out?: string;
}

export function registerGraph(program: Command): void {
  const command = modelCommand(program, 'graph', "Prints a model's graph as text or as a drawing.")
    .addOption(
      new Option(
        '--format <name>',
        'text lists every operation, source is the model as one .net file, the others draw blocks',
      )
        .choices(['text', 'source', ...Object.keys(figures), ...Object.keys(texts)])
        .default('text'),
    )
    .option('--folded', 'with text: one line a block, equal blocks written once')
    .option(
      '--depth <n>',
      'draw what is inside n levels of blocks; a block inside itself does not count; by default as deep as stays legible',
      parseWhole(0),
    )
    .option('--compact', 'with svg, pdf and png: names alone, without arguments and shapes')
    .option(
      '--width <millimetres>',
      'with svg, pdf and png: as wide as this in print, type not under 6 points, compact; a column is about 85mm',
      parseMillimetres,
    )
    .action(run);
  outOption(command, '<file>', 'write to this file');
}

async function run(file: string, options: GraphOptions, command: Command): Promise<void> {
  const { format, out, json, width, compact } = options;
  if ((width !== undefined || compact) && !isFigure(format)) {
    const option = compact ? '--compact' : '--width';
    command.error(`error: ${option} is of drawings: add --format svg, pdf or png`);
  }
  if ((format === 'pdf' || format === 'png') && out === undefined) {
    command.error(`error: ${format} is no text: name a file by --out drawing.${format}`);
  }
  const compiled = compileGiven(file, options);
  const graph = await printed(compiled, options);
  if (out !== undefined) await writeAtomically(out, graph);
  if (json) printJson({ model: compiled.graph.name, format, ...(out ? { out } : { graph }) });
  else if (out === undefined) printText(String(graph));
}

async function printed(
  { graph, tree, chosen }: CompiledFile,
  options: GraphOptions,
): Promise<string | Uint8Array> {
  const { format, folded, depth, set, width, compact } = options;
  if (format === 'source') return printSource(chosen, parseOverrides(set));
  if (format === 'text') return folded ? printFolded(graph, tree) : print(graph);
  if (!isFigure(format)) return texts[format](diagramOf(graph, tree, depth));
  const drawn = diagramOf(graph, tree, depth);
  if (width === undefined) return figures[format](figureOf(drawn, compact ? plain : undefined));
  const diagrams = depth === undefined ? diagramsOf(graph, tree) : [drawn];
  return figures[format](columnFigure(diagrams, width));
}

/** At 300 dots an inch where it has a size in print, else two dots a pixel. */
async function pngOf(figure: Figure): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const { printed, width } = figure;
  const dots = printed === null ? 2 : ((printed / 25.4) * 300) / width;
  // Without millimetres, of which the renderer would make dots by itself, a unit is a dot at a density of 72.
  const svg = Buffer.from(printSvg({ ...figure, printed: null }));
  const picture = sharp(svg, { density: 72 * dots }).png();
  return picture.withMetadata({ density: printed === null ? 144 : 300 }).toBuffer();
}

function parseMillimetres(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(?:mm)?$/.exec(text);
  if (match && Number(match[1]) > 0) return Number(match[1]);
  throw new InvalidArgumentError('Write millimetres, for example 85mm.');
}
