import type { Box, Diagram, Wire } from '../diagram/diagram.js';
import { headingOf, labelOf } from '../diagram/labels.js';

/** Graphviz: clusters for unfolded blocks, dashed edges for what passes others by. */
export function printDot(diagram: Diagram): string {
  const { model, boxes, wires } = diagram;
  const lines = [
    `digraph ${quoted([model])} {`,
    `  label=${quoted([headingOf({ ...diagram, title: model })])}; labelloc=t; compound=true;`,
    '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica, fontsize=10];',
    '  edge [fontname=Helvetica, fontsize=9];',
    ...boxes.flatMap((box) => linesOf(box, '  ')),
    ...wires.map(edgeOf),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(box: Box, indent: string): readonly string[] {
  if (box.children.length === 0) {
    const shape = box.kind === 'input' || box.kind === 'output' ? ', shape=ellipse' : '';
    return [`${indent}${box.id} [label=${quoted(labelOf(box))}${shape}];`];
  }
  return [
    `${indent}subgraph cluster_${box.id} {`,
    `${indent}  label=${quoted([headingOf(box)])}; labeljust=l; fontname=Helvetica; fontsize=10;`,
    ...box.children.flatMap((child) => linesOf(child, `${indent}  `)),
    `${indent}}`,
  ];
}

function edgeOf({ from, to, shape, changed, skip }: Wire): string {
  const attributes = [
    ...(changed ? [`label=${quoted([shape])}`] : []),
    ...(skip ? ['style=dashed', 'constraint=false'] : []),
  ];
  return `  ${from} -> ${to}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
}

/** Lines as one quoted string. */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"')).join('\\n')}"`;
