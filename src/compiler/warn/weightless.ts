import { type Diagnostic, diagnostic, type Suggestion } from '../diagnostics/diagnostic.js';
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

function warningOf(line: OutputLine, outputs: readonly Output[]): Diagnostic {
  const names = outputs.map(({ name }) => name).join(', ');
  return diagnostic('NET0908', {
    message: `no weight reaches the output ${names}: there is nothing to train in it`,
    span: line.name.span,
    suggestion: wayOut(line, outputs[0]!),
  });
}

/** A convolution before the last stage, of as many channels as the output has. */
function wayOut({ name, value }: OutputLine, output: Output): Suggestion {
  const channels = fixedValue(output.value.type.shape.at(-1)!);
  const single = output.name === name.text && value.kind === 'arrow' && channels !== undefined;
  if (!single) return { message: 'put a block with weights before it, such as Conv' };
  const { file, end } = value.from.span;
  const text = ` -> Conv(${channels})`;
  return {
    message: `put a block with weights before the last stage, such as Conv(${channels})`,
    edits: [{ span: { file, start: end, end }, text }],
  };
}
