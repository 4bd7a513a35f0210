import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { Graph, Output, Value } from '../ir/graph.js';
import { fixedValue } from '../sizes/size.js';
import type { Body, Statement } from '../syntax/ast.js';

type OutputLine = Extract<Statement, { kind: 'output' }>;

/** Warns of outputs that no weight reaches: a training step would change nothing in them. */
export function weightlessOutputs(graph: Graph, { statements }: Body): readonly Diagnostic[] {
  const weighted = new Set<Value>();
  for (const { kind, value } of graph.variables) if (kind === 'weight') weighted.add(value);
  for (const { operands, results } of graph.nodes) {
    if (!operands.some((operand) => weighted.has(operand))) continue;
    for (const result of results) weighted.add(result);
  }
  const without = graph.outputs.filter(({ value }) => !weighted.has(value));
  return statements.flatMap((line) => {
    if (line.kind !== 'output') return [];
    const outputs = without.filter(({ name }) => name.replace(/\[\d+\]$/, '') === line.name.text);
    return outputs.length > 0 ? [warningOf(line, outputs)] : [];
  });
}

function warningOf({ name, value }: OutputLine, outputs: readonly Output[]): Diagnostic {
  const [output] = outputs;
  const channels = output && fixedValue(output.value.type.shape.at(-1)!);
  const isOne = output?.name === name.text && value.kind === 'arrow' && channels !== undefined;
  return diagnostic('NET0908', name.span, {
    outputs: outputs.map((each) => each.name),
    fed: isOne ? { at: value.from.span, channels } : undefined,
  });
}
