import { type CompileOptions, compileModel } from '../../../src/compiler/compile.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import type { SourceReader } from '../../../src/compiler/source/source.js';

/** Files in memory, by path; imports name them as they are. */
export const readerOf = (files: Readonly<Record<string, string>>): SourceReader => ({
  read: (path) => (path in files ? { path, text: files[path]! } : undefined),
  resolve: (_, specifier) => specifier,
});

/** Compiles `main.net`, alone or beside `others`. */
export const compileText = (
  text: string,
  options: CompileOptions = {},
  others: Readonly<Record<string, string>> = {},
) => compileModel('main.net', readerOf({ ...others, 'main.net': text }), options);

/** The graph of a model without errors. */
export function graphOf(
  text: string,
  options: CompileOptions = {},
  others: Readonly<Record<string, string>> = {},
): Graph {
  const { graph, diagnostics } = compileText(text, options, others);
  if (!graph) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graph;
}

/** A model of one image with `body` before its output line, `mask = result`. */
export const modelOf = (result: string, body = '', channels = 3): string =>
  `model Net {
  input image: [N, H, W, ${channels}]
  ${body}
  output mask = ${result}
}`;

/** `code: message` of each error, in order. */
export const diagnosticsOf = (
  text: string,
  options: CompileOptions = {},
  others: Readonly<Record<string, string>> = {},
): readonly string[] =>
  compileText(text, options, others).diagnostics.map(({ code, message }) => `${code}: ${message}`);

/** The paths of a graph's trained weights and moments, in order. */
export const pathsOf = (graph: Graph): readonly string[] => graph.variables.map(({ path }) => path);

export const opsOf = (graph: Graph): readonly string[] => graph.nodes.map(({ op }) => op.name);
