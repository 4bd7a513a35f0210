import type { Span } from '../source/source.js';
import type { Body, Fold, ForExpression, Pattern, RepeatExpression } from '../syntax/ast.js';
import { list, poison, type Result, type Value, valuesOf } from '../values/value.js';
import { application } from './application.js';
import { type Expansion, type Frame, joinPath } from './expansion.js';
import { bindName, bindPattern, evaluateBody, wrongNames } from './statements.js';
import { evaluateItems, evaluateWhole } from './wanted.js';

/** A fold over a list with `with`, else the list of the results (control-2 and control-3). */
export function evaluateFor(x: Expansion, e: ForExpression, frame: Frame): Result {
  const items = evaluateItems(x, e.list, frame);
  const bind = (i: number, inner: Frame) =>
    bindName(x, e.variable, items?.[i] ?? poison, inner, e.list.span);
  if (e.fold) return fold(x, e, e.fold, items?.length, frame, bind);
  if (!items) return poison;
  const results: Value[] = [];
  for (let i = 0; i < items.length; i++) {
    const inner = stepFrame(x, e, i, frame);
    bind(i, inner);
    const result = evaluateBody(x, e.body, inner);
    endStep(inner, frame);
    if (result.kind === 'several') {
      const facts = { kind: 'step', count: result.values.length } as const;
      results.push(x.report('NET0211', resultSpan(e.body), facts, inner));
    } else results.push(result);
  }
  return list(results);
}

export function evaluateRepeat(x: Expansion, e: RepeatExpression, frame: Frame): Result {
  const steps = evaluateWhole(x, e.count, frame, 0);
  return fold(x, e, e.fold, steps, frame, () => {});
}

/** `steps` times the body, each step's states being the results of the one before. */
function fold(
  x: Expansion,
  loop: ForExpression | RepeatExpression,
  { pattern, start }: Fold,
  steps: number | undefined,
  frame: Frame,
  bind: (step: number, inner: Frame) => void,
): Result {
  let state = x.evaluate(start, frame);
  if (steps === undefined || state.kind === 'poison') return poison;
  if (!fits(x, pattern, state, start.span, frame)) return poison;
  for (let i = 0; i < steps; i++) {
    const inner = stepFrame(x, loop, i, frame);
    bind(i, inner);
    bindPattern(x, pattern, state, i === 0 ? start.span : resultSpan(loop.body), inner);
    state = evaluateBody(x, loop.body, inner);
    endStep(inner, frame);
    if (state.kind === 'poison') return poison;
    const given = valuesOf(state).length;
    if (given !== pattern.names.length) {
      const states = pattern.names.length;
      const facts = { kind: 'states', count: given, states, pattern: pattern.span } as const;
      return x.report('NET0211', resultSpan(loop.body), facts, inner);
    }
  }
  return state;
}

function fits(x: Expansion, pattern: Pattern, state: Result, from: Span, frame: Frame): boolean {
  const given = valuesOf(state).length;
  if (given === pattern.names.length) return true;
  x.report('NET0211', pattern.span, wrongNames(pattern, given, from), frame);
  return false;
}

/** The frame of step i: names go on from outside, paths get the segment `state[i]` (paths-2), a `shared` is one a step (sharing-4). */
function stepFrame(
  x: Expansion,
  loop: ForExpression | RepeatExpression,
  i: number,
  frame: Frame,
): Frame {
  x.step(loop.span, frame);
  const segment = `${frame.names.segments.get(loop)}[${i}]`;
  const step = application(segment, null, frame.origin);
  frame.application.children.push(step);
  const path = joinPath(frame.path, segment);
  return { ...frame, path, application: step };
}

/** A step in which nothing was applied is not kept: a loop may have millions of them. */
function endStep(step: Frame, around: Frame): void {
  if (step.application.children.length === 0) around.application.children.pop();
}

const resultSpan = ({ statements, span }: Body) => statements.at(-1)?.span ?? span;
