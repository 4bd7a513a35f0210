import { boundOf } from '../names/bind.js';
import { matchArguments } from '../names/match-arguments.js';
import type { Origin } from '../source/origin.js';
import { joinSpans, type Span } from '../source/source.js';
import type { Argument, ArrowExpression } from '../syntax/ast.js';
import { calleeOf, parametersOf, signatureOf, type UserBlock } from '../values/callable.js';
import { fitsArrow, fitsName, inputNames, takesArguments } from '../values/fits.js';
import {
  type BlockValue,
  type Bound,
  closure,
  holdsTensor,
  isFeedable,
  poison,
  type Result,
  seen,
  type Value,
  valuesOf,
} from '../values/value.js';
import { application } from './application.js';
import { applyBuiltin } from './apply-builtin.js';
import { type Expansion, type Frame, joinPath, limits, lookup } from './expansion.js';
import { endOf } from './recursion.js';
import { missingIn, type Site } from './site.js';
import { bindName, evaluateBody } from './statements.js';
import { evaluateOne } from './wanted.js';

/** `from -> stage` (blocks-4). */
export function applyArrow(x: Expansion, e: ArrowExpression, frame: Frame): Result {
  const { stage } = e;
  const inputs = valuesOf(x.evaluate(e.from, frame));
  const callee = lookup(stage.name, frame);
  if (!fitsArrow(seen(callee), stage, x.reporter(frame))) return poison;
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
  const isUser = callable.kind === 'user';
  const result = isUser ? applyUser(x, callable, site) : applyBuiltin(x, callable, site);
  // An operation that nobody named is none that a reader looks for.
  if (isUser || stage.as || callee.kind === 'instance') {
    frame.application.named.push([segment, result]);
  }
  return result;
}

/** `B(args)`: B with these arguments added (blocks-2). */
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
  if (!takesArguments(seen(callee), span, x.reporter(frame))) return poison;
  if (!matches || callee.kind !== 'block') return poison;
  x.work(callee.args.size, span, frame);
  const bound = new Map<string, Bound>(callee.args);
  let tensorGiven = false;
  matches.forEach(({ parameter, argument: { value: written } }, i) => {
    const value = values[i] ?? poison;
    const { span: at } = written;
    const isTensor = holdsTensor(value);
    tensorGiven ||= isTensor;
    const fits = !isTensor && fitsName(parameter, value);
    const facts = { kind: 'argument', name: parameter, found: seen(value) } as const;
    if (isTensor) x.report('NET0212', at, { parameter, builtin: builtinOf(callee) }, frame);
    else if (!fits) x.report('NET0103', at, facts, frame);
    bound.set(parameter, { value: fits ? value : poison, span: at });
  });
  return tensorGiven ? poison : closure(callee.callable, bound);
}

/** The parameter of each argument: as the text says, or by the block that a parameter turned out to be. */
const matched = (x: Expansion, callee: BlockValue, args: readonly Argument[], frame: Frame) =>
  frame.names.matches.get(args) ??
  matchArguments(
    signatureOf(calleeOf(callee.callable)),
    (parameter) => callee.args.get(parameter)?.span,
    args,
    x.reporter(frame),
  );

const builtinOf = ({ callable }: BlockValue): string | undefined =>
  callable.kind === 'user' ? undefined : callable.name;

/** Whether the inputs are as many as the block has and each a tensor or a list of them; else reported. */
function feedable(x: Expansion, { block, inputs, stage, frame }: Site, from: Span): boolean {
  const { callable } = block;
  const names = inputNames(callable);
  const variadic = names[0]?.startsWith('...');
  if (!variadic && names.length !== inputs.length) {
    const spans =
      callable.kind === 'user' ? callable.definition.inputs.map((each) => each.span) : [];
    const declared = spans.length === 0 ? undefined : spans.reduce(joinSpans);
    const facts = { callee: callable.name, inputs: names, given: inputs.length, declared };
    x.report('NET0302', stage.span, facts, frame);
    return false;
  }
  const wrong = inputs.find((input) => !isFeedable(input));
  if (!wrong) return true;
  x.report('NET0303', from, { kind: 'arrow', found: seen(wrong) }, frame);
  return false;
}

/** Expands the body of a block at a path: inputs first, then the parameters in order (blocks-5). */
function applyUser(x: Expansion, callable: UserBlock, site: Site): Result {
  const { definition, module, name } = callable;
  const { path, stage, frame, segment } = site;
  const depth = x.depthOf(definition);
  const origin: Origin = { block: name, path, site: stage.span, depth, parent: frame.origin };
  const made = application(segment, name, origin, definition);
  frame.application.children.push(made);
  if (depth >= limits.depth) {
    const end = endOf(callable, x.lastLevels(stage.span, name));
    x.stop('NET0307', stage.span, { kind: 'block', limit: limits.depth, ...end }, frame);
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
  const parameters = parametersOf(definition);
  x.work(parameters.length, stage.span, outer);
  for (const { name, fallback } of parameters) {
    const bound = block.args.get(name.text);
    if (bound) {
      frame.values.set(name, bound.value);
      x.observe(name.span, bound.value, frame);
    } else if (fallback) {
      const value = evaluateOne(x, fallback, frame);
      const kept = holdsTensor(value)
        ? x.report('NET0212', fallback.span, { parameter: name.text }, frame)
        : value;
      bindName(x, name, kept, frame, fallback.span);
    } else {
      const facts = { ...missingIn(stage, block), parameter: name.text, declared: name.span };
      x.report('NET0206', stage.span, facts, outer);
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
    return x.report('NET0310', span, { kind: 'block', callee: name, found: seen(wrong) }, frame);
  }
  for (const value of values)
    if (value.kind === 'tensor') frame.application.results.push(value.value);
  return result;
}
