import type { Origin } from '../source/origin.js';
import { clipped } from './clip.js';
import { codes } from './codes.js';
import type { Diagnostic } from './diagnostic.js';
import { type Excerpt, marginFor, renderExcerpt } from './excerpt.js';
import { lineOf } from './messages/words.js';
import { type Paint, painter, wrap } from './paint.js';
import { visible } from './visible.js';

/** Diagnostics as a terminal shows them, `width` characters wide, one blank line between two. */
export function renderDiagnostics(
  items: readonly Diagnostic[],
  options: { colour: boolean; width: number },
): string {
  const paint = painter(options.colour);
  return items.map((item) => renderDiagnostic(item, options.width, paint)).join('\n\n');
}

function renderDiagnostic(item: Diagnostic, width: number, paint: Paint): string {
  const { severity, code } = item;
  const excerpts = excerptsOf(item);
  const margin = marginFor(excerpts);
  const notes = (words: string, text: string): string[] => note(words, text, margin, width, paint);
  return [
    `${paint(severity, `${severity} ${code}`)}: ${paint('title', codes[code].title)}`,
    ...wrap(visible(item.message), width - 2).map((line) => `  ${line}`),
    ...excerpts.flatMap((excerpt) => renderExcerpt(excerpt, { margin, width, paint })),
    ...(item.origin ? notes('in', originChain(item.origin)) : []),
    ...(item.suggestion ? notes('help:', item.suggestion.message) : []),
    ...(item.otherReading ? notes('  or:', item.otherReading.message) : []),
  ].join('\n');
}

function excerptsOf({ span, label, severity, related }: Diagnostic): Excerpt[] {
  const other = { pointer: ':::', mark: '-', role: 'related' } as const;
  return [
    { span, label: visible(label ?? ''), pointer: '-->', mark: '^', role: severity },
    ...related.map((place) => ({ ...other, span: place.span, label: visible(place.message) })),
  ];
}

/** A remark below the excerpts, its further lines under its first word. */
function note(words: string, text: string, margin: number, width: number, paint: Paint): string[] {
  const indent = ' '.repeat(margin + 4 + words.length + 1);
  const [first, ...rest] = wrap(visible(text), Math.max(20, width - indent.length));
  const head = `${' '.repeat(margin + 2)}${paint('frame', '=')} ${paint('help', words)} ${first}`;
  return [head, ...rest.map((line) => indent + line)];
}

/** How many applications of a long chain are shown at its inner and its outer end. */
const shownInside = 3;
const shownOutside = 2;
/** Of a longer name the beginning is. */
const mostOfName = 100;

/**
 * How an instance came about, from the inside out: `RecurrentConv, from R2CL at units.net:35, from
 * UShape at shapes.net:6, depth 2, from unet.net:4`. A long chain loses its middle.
 */
export function originChain(origin: Origin): string {
  const steps: string[] = [];
  for (let at: Origin | null = origin; at; at = at.parent) {
    const place = lineOf(at.site);
    const depth = at.parent && at.parent.depth > 0 ? `, depth ${at.parent.depth}` : '';
    const block = at.parent && clipped(at.parent.block, mostOfName);
    steps.push(block ? `from ${block} at ${place}${depth}` : `from ${place}`);
  }
  const hidden = steps.length - shownInside - shownOutside;
  if (hidden > 1) steps.splice(shownInside, hidden, `... ${hidden} more ...`);
  return [clipped(origin.block, mostOfName), ...steps].join(', ');
}
