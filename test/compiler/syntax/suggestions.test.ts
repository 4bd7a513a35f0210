import { expect, test } from 'vitest';
import { Diagnostics, type Suggestion } from '../../../src/compiler/diagnostics/diagnostic.js';
import { parseFile } from '../../../src/compiler/syntax/parse.js';
import { definitionsOf } from './sketch.js';

function onlyError(text: string) {
  const diagnostics = new Diagnostics();
  parseFile({ path: 'test.net', text }, diagnostics);
  expect(diagnostics.all()).toHaveLength(1);
  return diagnostics.all()[0]!;
}

/** As an editor takes a suggestion: from the last place to the first. */
function taken(text: string, suggestion: Suggestion | undefined): string {
  const edits = [...(suggestion?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (changed, { span, text: put }) => changed.slice(0, span.start) + put + changed.slice(span.end),
    text,
  );
}

test.each([
  ['block B(u) { u + u -> A(64) }', 'block B(u) {(u + (u -> A{64}))}'],
  ['block B(x) { -x -> relu }', 'block B(x) {(- (x -> relu))}'],
  ['block B(a, b) { a * b + b * a -> A }', 'block B(a, b) {((a * b) + (b * (a -> A)))}'],
  ['block B(x) { x -> A + x -> C -> D }', 'block B(x) {((x -> A) + ((x -> C) -> D))}'],
  [
    'block B(n) (x) { require 0 < n < 5, "n"\nx }',
    'block B(n) (x) {require ((0 < n) and (n < 5)) "n"; x}',
  ],
  ['block b(x) { x }', 'block B(x) {x}'],
  ['block B(x) { x -> A(k = 1) }', 'block B(x) {(x -> A{k: 1})}'],
  ['block B(x) { x -> A(1] }', 'block B(x) {(x -> A{1})}'],
])('the edits of %s make it right', (text, meant) => {
  expect(definitionsOf(taken(text, onlyError(text).suggestion))).toEqual([meant]);
});

test('precedence-2: an arrow behind a sum has two readings, and each has its edits', () => {
  const text = 'block B(u) { u + u -> A(64) }';
  const { otherReading } = onlyError(text);
  expect(definitionsOf(taken(text, otherReading))).toEqual(['block B(u) {((u + u) -> A{64})}']);
});
