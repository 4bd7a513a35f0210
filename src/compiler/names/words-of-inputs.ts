import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { slicesInstead } from '../diagnostics/foreign.js';
import { instead, textOf, way } from '../expand/ways-out.js';
import type { Span } from '../source/source.js';
import type { ListExpression, NameExpression } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';

// What is said of the shape of an input.

export const wantsFourSizes = (shape: ListExpression): DiagnosticParts => ({
  message: 'the shape of an input is [batch, height, width, channels]',
  span: shape.span,
  ...fourSizes(shape),
});

/** Three sizes are most likely an image without its channels or without its batch, five a volume. */
function fourSizes({ items, span }: ListExpression) {
  if (items.length === 5) return way(slicesInstead);
  const last = items[2]?.value;
  if (items.length !== 3 || !last) return way('write four sizes, as in `[N, H, W, 3]`');
  const sizes = items.map(({ value }) => textOf(value.span));
  const isSymbol = last.kind === 'name' && isPascal(last.text);
  return instead(span, `[${(isSymbol ? [...sizes, '1'] : ['N', ...sizes]).join(', ')}]`);
}

/** A symbol in a calculation, where a size of an input stands. */
export const calculatedSize = (span: Span, symbol: string): DiagnosticParts => ({
  message: `a size of an input is one symbol or one number, and ${textOf(span)} is neither`,
  span,
  ...instead(span, symbol),
});

export const symbolForChannels = (
  { text, span }: NameExpression,
  shape: ListExpression,
): DiagnosticParts => ({
  message: `the channels of an input are a number, and ${text} is a symbol`,
  span,
  ...(channelsLast(shape) ??
    way('write how many, as in `[N, H, W, 3]`, or a parameter of the model')),
});

/** `[N, 3, H, W]`, as PyTorch has it. */
function channelsLast({ items, span }: ListExpression) {
  const [batch, channels, height, width] = items.map(({ value }) => value);
  if (!batch || !channels || !height || !width) return undefined;
  const [n, h, w] = [batch, height, width].map((size) => textOf(size.span));
  const words = 'channels come last: write';
  if (channels.kind === 'number') {
    const last = `[${n}, ${h}, ${w}, ${textOf(channels.span)}]`;
    return instead(span, last, `${words} \`${last}\``);
  }
  const isNamed = channels.kind === 'name' && channels.text === 'C';
  return isNamed ? way(`${words} \`[${n}, ${h}, ${w}, 3]\`, with their number`) : undefined;
}
