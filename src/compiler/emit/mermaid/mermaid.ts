import type { Box, Diagram, Wire } from '../diagram/diagram.js';
import { headingOf, labelOf } from '../diagram/labels.js';

/** A Mermaid flowchart: subgraphs for unfolded blocks, dotted arrows for what passes others by. */
export function printMermaid(diagram: Diagram): string {
  const { boxes, wires } = diagram;
  const lines = [
    '---',
    `title: ${JSON.stringify(headingOf({ ...diagram, title: diagram.model }))}`,
    '---',
    'flowchart TB',
    ...boxes.flatMap((box) => linesOf(box, '  ')),
    ...wires.map(arrowOf),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(box: Box, indent: string): readonly string[] {
  if (box.children.length > 0) {
    return [
      `${indent}subgraph ${box.id}["${escaped(headingOf(box))}"]`,
      ...box.children.flatMap((child) => linesOf(child, `${indent}  `)),
      `${indent}end`,
    ];
  }
  const label = labelOf(box).map(escaped).join('<br/>');
  const round = box.kind === 'input' || box.kind === 'output';
  return [`${indent}${box.id}${round ? `(["${label}"])` : `["${label}"]`}`];
}

function arrowOf({ from, to, shape, changed, skip }: Wire): string {
  const label = changed ? `|"${escaped(shape)}"|` : '';
  return `  ${from} ${skip ? '-.->' : '-->'}${label} ${to}`;
}

/** Mermaid's entities; a quote would end the label, a number sign begins an entity. */
const escaped = (text: string): string =>
  text
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;');
