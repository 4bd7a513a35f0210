/**
 * `netc/compiler`: from texts to diagnostics, graphs, programs, drawings and files of other formats. It reads no disk and loads
 * no engine, so it runs in a browser or a worker as it does in Node. `docs/api.md` shows how the parts go together; what is not
 * exported here may change with any version.
 */
import { compileModel } from './compile.js';
import { describeModel, type ModelDescription } from './describe/describe.js';
import type { Diagnostic } from './diagnostics/diagnostic.js';
import { diagramOf } from './emit/diagram/diagram.js';
import { printDot } from './emit/dot/dot.js';
import { figureOf } from './emit/drawing/figure.js';
import { printMermaid } from './emit/mermaid/mermaid.js';
import { printSvg } from './emit/svg/svg.js';
import type { Application } from './expand/application.js';
import { formatFile } from './format/format.js';
import type { Graph } from './ir/graph.js';
import type { ChosenModel } from './names/variants.js';
import { readerOfTexts } from './source/texts.js';

export { buildProgram } from './compile.js';
export type { Diagnostic, Related, Severity, Suggestion } from './diagnostics/diagnostic.js';
export { diagnosticToJson, type JsonDiagnostic } from './diagnostics/json.js';
export { renderDiagnostics } from './diagnostics/render.js';
export { ExportError } from './emit/export-error.js';
export { emitOnnx, type OnnxOptions } from './emit/onnx/model.js';
export { emitPyTorch, type PyTorchModule } from './emit/pytorch/module.js';
export { emitFrozenModel } from './emit/tensorflow/frozen.js';
export { emitSavedModel, type SavedModelFile } from './emit/tensorflow/saved-model.js';
export { emitTfjsModel } from './emit/tfjs/model.js';
export type { Weights, WeightTensor } from './emit/weights.js';
export type { TrainingOptions } from './gradient/training-step.js';
export { type Feeds, type Fetches, interpret } from './interpret/interpret.js';
export type { Graph, Program } from './ir/graph.js';
export { parse as parseGraph } from './ir/parse.js';
export { print as printGraph } from './ir/print.js';
export type { SourceFile, Span } from './source/source.js';
export type { ModelDescription };

/** A model without errors. What the emitters and `buildProgram` take are its parts. */
export interface Model {
  /** Inputs, variables, nodes and outputs, in the order of computation. */
  readonly graph: Graph;
  /** The blocks that were applied, one inside another. */
  readonly tree: Application;
  /** The model as its file has it, before expansion. */
  readonly chosen: ChosenModel;
  /** What was set of its parameters. */
  readonly set: Readonly<Record<string, string>>;
}

export interface Compiled {
  /** Every independent error, or else the warnings, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there is an error. */
  readonly model: Model | undefined;
}

export interface CompileOptions {
  /** Which model, where the file defines several. */
  readonly model?: string;
  /** Values for parameters of the model, as `.net` expressions by name: what `--set` takes. */
  readonly set?: Readonly<Record<string, string>>;
}

/**
 * Compiles a model as `netc check` and `netc compile` do.
 * @param texts the file and all that it imports, by path: `{'net.net': '...', 'lib/units.net': '...'}`
 * @param path which of them defines the model
 * @throws RangeError where there is no text at `path`
 */
export function compile(
  texts: Readonly<Record<string, string>>,
  path: string,
  { model, set = {} }: CompileOptions = {},
): Compiled {
  if (!Object.hasOwn(texts, path)) throw new RangeError(`there is no text at ${path}`);
  const compiled = compileModel(path, readerOfTexts(texts), { model, overrides: set });
  const { diagnostics, graph, tree, chosen } = compiled;
  return { diagnostics, model: graph && tree && chosen && { graph, tree, chosen, set } };
}

/** A text in the form of `netc fmt`; undefined where it has a syntax error. */
export const format = (text: string): string | undefined => formatFile({ path: 'text.net', text });

/** What `netc check --describe` tells of a model: parameters, inputs, sizes, outputs, weights, cost. */
export const describe = (model: Model): ModelDescription => describeModel(model, model.set);

/**
 * A drawing as `netc graph` makes it.
 * @param depth how many levels of blocks are unfolded; left out, as many as stay legible
 */
export async function draw(
  { graph, tree }: Model,
  format: 'svg' | 'mermaid' | 'dot',
  depth?: number,
): Promise<string> {
  const diagram = diagramOf(graph, tree, depth);
  if (format === 'mermaid') return printMermaid(diagram);
  if (format === 'dot') return printDot(diagram);
  return printSvg(figureOf(diagram));
}
