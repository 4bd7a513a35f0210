import { boundOf } from '../names/bind.js';
import { calleeOf, parametersOf, signatureOf, type UserBlock } from '../names/callable.js';
import { matchArguments } from '../names/match-arguments.js';
import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import type { Argument, ArrowExpression, Expression, Stage } from '../syntax/ast.js';
import { application } from './application.js';
import { applyBuiltin } from './apply-builtin.js';
import {
  arrowMistake,
  endOfRecursion,
  inputNames,
  takesNoArguments,
  wrongNumber,
} from './apply-mistakes.js';
import {
  argumentsText,
  type Expansion,
  type Frame,
  joinPath,
  limits,
  lookup,
} from './expansion.js';
import { caseMistake, tensorMistake } from './kinds.js';
import { bindName, evaluateBody } from './statements.js';
import {
  type BlockValue,
  type Bound,
  describe,
  isFeedable,
  poison,
  type Result,
  type Value,
  valuesOf,
} from './values.js';
import { evaluateOne } from './wanted.js';
import { passing, textOf, toTensor, way } from './ways-out.js';

/** One application: what is applied, to what, and where in the text and in the paths it stands. */
export interface Site {
  readonly block: BlockValue;
  readonly inputs: readonly Value[];
  /** What stands left of the arrow. */
  readonly from: Expression;
  readonly segment: string;
  readonly path: string;
  readonly stage: Stage;
  readonly frame: Frame;
}

/** `from -> stage` (sentence 4). */
export function applyArrow(x: Expansion, e: ArrowExpression, frame: Frame): Result {
  const { stage } = e;
  const inputs = valuesOf(x.evaluate(e.from, frame));
  const callee = lookup(stage.name, frame);
  const mistake = arrowMistake(callee.kind, () => describe(callee), stage);
  if (mistake) return x.report(...mistake, frame);
  const block =
    callee.kind === 'instance'
      ? callee.block
      : configured(x, callee, stage.name.span, stage.args ?? [], frame);
  if (block.kind !== 'block' || inputs.some(({ kind }) => kind === 'poison')) return poison;
  const own = frame.names.segments.get(stage) ?? stage.name.text;
  const [segment, path] =
    callee.kind === 'instance' ? [callee.name, callee.path] : [own, joinPath(frame.path, own)];
  const site = { block, inputs, from: e.from, segment, path, stage, frame };
  if (!feedable(x, site, e.from.span)) return poison;
  const { callable } = block;
  return callable.kind === 'user' ? applyUser(x, callable, site) : applyBuiltin(x, callable, site);
}

/** `B(args)`: B with these arguments added (sentence 3). */
export function configured(
  x: Expansion,
  callee: Value,
  span: Span,
  args: readonly Argument[],
  frame: Frame,
): Value {
  if (callee.kind === 'block' && args.length === 0) return callee;
  const matches = callee.kind === 'block' ? matched(x, callee, args, frame) : undefined;
  const values = args.map(({ value }) => evaluateOne(x, value, frame));
  const mistake = takesNoArguments(callee.kind, () => describe(callee), span);
  if (mistake) return x.report(...mistake, frame);
  if (!matches || callee.kind !== 'block') return poison;
  const bound = new Map<string, Bound>(callee.args);
  let tensorGiven = false;
  matches.forEach(({ parameter, argument: { value: written } }, i) => {
    const value = values[i] ?? poison;
    const tensor = tensorMistake(parameter, value, written.span, callee);
    const other = caseMistake(parameter, value, written.span);
    tensorGiven ||= tensor !== undefined;
    if (tensor) x.report('NET0212', tensor, frame);
    else if (other) x.report('NET0103', other, frame);
    bound.set(parameter, { value: tensor || other ? poison : value, span: written.span });
  });
  return tensorGiven ? poison : { ...callee, args: bound };
}

/** The parameter of each argument: as the text says, or by the block that a parameter turned out to be. */
const matched = (x: Expansion, callee: BlockValue, args: readonly Argument[], frame: Frame) =>
  frame.names.matches.get(args) ??
  matchArguments(
    signatureOf(calleeOf(callee.callable)),
    (parameter) => callee.args.get(parameter)?.span,
    args,
    (code, parts) => x.report(code, parts, frame),
  );

/** Whether the inputs are as many as the block has and each a tensor or a list of them; else reported. */
function feedable(x: Expansion, { block, inputs, stage, frame }: Site, from: Span): boolean {
  const { callable } = block;
  const names = inputNames(callable);
  const variadic = names[0]?.startsWith('...');
  if (!variadic && names.length !== inputs.length) {
    x.report('NET0302', wrongNumber(callable, names, inputs.length, stage), frame);
    return false;
  }
  const wrong = inputs.find((input) => !isFeedable(input));
  if (!wrong) return true;
  const message = `an arrow carries tensors and lists of tensors, this is ${describe(wrong)}`;
  x.report('NET0303', { message, span: from, ...toTensor(wrong, textOf(from)) }, frame);
  return false;
}

/** Expands the body of a block at a path: inputs first, then the parameters in order (sentence 5). */
function applyUser(x: Expansion, callable: UserBlock, site: Site): Result {
  const { definition, module, name } = callable;
  const { path, stage, frame, segment } = site;
  const depth = x.depthOf(definition);
  const origin: Origin = { block: name, path, site: stage.span, depth, parent: frame.origin };
  const made = application(segment, name, origin, definition);
  frame.application.children.push(made);
  if (depth >= limits.depth) {
    const message = `${name} applies itself more than ${limits.depth} times over`;
    const out = endOfRecursion(callable, x.lastLevels(name).map(argumentsText));
    x.stop('NET0307', { message, span: stage.span, ...out }, frame, name);
  }
  const names = boundOf(module);
  const inner: Frame = { names, values: new Map(), path, origin, application: made };
  return x.within(definition, made, () => {
    definition.inputs.forEach(({ name: input }, i) => {
      const value = site.inputs[i] ?? poison;
      inner.values.set(input, value);
      x.observe(input.span, value, inner);
    });
    if (!bindParameters(x, callable, site, inner)) return poison;
    const result = evaluateBody(x, definition.body, inner);
    return checkedResult(x, callable, result, inner);
  });
}

function bindParameters(
  x: Expansion,
  { definition }: UserBlock,
  { block, stage, frame: outer }: Site,
  frame: Frame,
): boolean {
  let complete = true;
  for (const { name, fallback } of parametersOf(definition)) {
    const bound = block.args.get(name.text);
    if (bound) {
      frame.values.set(name, bound.value);
      x.observe(name.span, bound.value, frame);
    } else if (fallback) {
      const value = evaluateOne(x, fallback, frame);
      const tensor = tensorMistake(name.text, value, fallback.span);
      const kept = tensor ? x.report('NET0212', tensor, frame) : value;
      bindName(x, name, kept, frame, fallback.span);
    } else {
      const message = `${name.text} of ${block.callable.name} has no argument`;
      const related = [{ span: name.span, message: 'it has no default' }];
      const out = way(passing(stage, block.callable.name, name.text));
      x.report('NET0206', { message, span: stage.span, related, ...out }, outer);
      complete = false;
    }
    const value = frame.values.get(name);
    if (value) frame.application.configuration.push([name.text, value]);
  }
  return complete;
}

function checkedResult(
  x: Expansion,
  { definition, name }: UserBlock,
  result: Result,
  frame: Frame,
): Result {
  const values = valuesOf(result);
  const wrong = values.find((value) => !isFeedable(value));
  if (wrong) {
    const span = definition.body.statements.at(-1)?.span ?? definition.body.span;
    const message = `${name} gives ${describe(wrong)}, where a tensor or a list of tensors is wanted`;
    const out =
      wrong.kind === 'block' || wrong.kind === 'instance'
        ? toTensor(wrong, textOf(span))
        : way(
            'end the body with a tensor; its inputs and parameters give numbers where they are used',
          );
    return x.report('NET0310', { message, span, ...out }, frame);
  }
  for (const value of values)
    if (value.kind === 'tensor') frame.application.results.push(value.value);
  return result;
}
