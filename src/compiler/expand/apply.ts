import { signatureOf, type UserBlock } from '../names/callable.js';
import { sitesOf } from '../names/sites.js';
import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';
import type { Argument, ArrowExpression, Expression, Stage } from '../syntax/ast.js';
import { application } from './application.js';
import { applyBuiltin } from './apply-builtin.js';
import {
  configuredInstance,
  endOfRecursion,
  inputNames,
  nothingToApply,
  wrongNumber,
} from './apply-mistakes.js';
import { matchArguments } from './arguments.js';
import { evaluate, evaluateOne } from './evaluate.js';
import {
  argumentsText,
  type Expansion,
  type Frame,
  joinPath,
  limits,
  lookup,
  type Scope,
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
export function applyArrow(x: Expansion, e: ArrowExpression, scope: Scope): Result {
  const { frame } = scope;
  const { stage } = e;
  const inputs = valuesOf(evaluate(x, e.from, scope));
  const callee = lookup(stage.name.text, scope);
  const block = callee.kind === 'instance' ? callee.block : applied(x, callee, stage, scope);
  if (block.kind !== 'block' || inputs.some(({ kind }) => kind === 'poison')) return poison;
  if (callee.kind === 'instance' && (stage.args || stage.as)) {
    return x.report('NET0305', configuredInstance(stage), frame);
  }
  const own = frame.sites.get(stage) ?? stage.name.text;
  const [segment, path] =
    callee.kind === 'instance' ? [callee.name, callee.path] : [own, joinPath(frame.path, own)];
  const site = { block, inputs, from: e.from, segment, path, stage, frame };
  if (!feedable(x, site, e.from.span)) return poison;
  const { callable } = block;
  return callable.kind === 'user' ? applyUser(x, callable, site) : applyBuiltin(x, callable, site);
}

function applied(x: Expansion, callee: Value, stage: Stage, scope: Scope): Value {
  if (callee.kind === 'block' || callee.kind === 'poison') {
    return configured(x, callee, stage.name.span, stage.args ?? [], scope);
  }
  return x.report('NET0301', nothingToApply(stage, callee.kind, describe(callee)), scope.frame);
}

/** `B(args)`: B with these arguments added (sentence 3). */
export function configured(
  x: Expansion,
  callee: Value,
  span: Span,
  args: readonly Argument[],
  scope: Scope,
): Value {
  const { frame } = scope;
  if (callee.kind === 'block' && args.length === 0) return callee;
  const matches =
    callee.kind === 'block'
      ? matchArguments(
          signatureOf(callee.callable),
          (parameter) => callee.args.get(parameter)?.span,
          args,
          (code, parts) => x.report(code, parts, frame),
        )
      : undefined;
  const values = args.map(({ value }) => evaluateOne(x, value, scope));
  if (callee.kind === 'poison') return poison;
  if (callee.kind !== 'block') {
    const message = `${describe(callee)} takes no arguments; only a block or an operation does`;
    const out = way('leave the brackets out');
    return x.report('NET0301', { message, span, ...out }, frame);
  }
  if (!matches) return poison;
  const bound = new Map<string, Bound>(callee.args);
  let tensorGiven = false;
  matches.forEach(({ parameter, argument: { value: written } }, i) => {
    const value = values[i];
    const tensor = tensorMistake(parameter, value, written.span, callee);
    const other = caseMistake(parameter, value, written.span);
    tensorGiven ||= tensor !== undefined;
    if (tensor) x.report('NET0212', tensor, frame);
    else if (other) x.report('NET0103', other, frame);
    bound.set(parameter, { value: tensor || other ? poison : value, span: written.span });
  });
  return tensorGiven ? poison : { ...callee, args: bound };
}

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
  const parameters = definition.parameters ?? [];
  const sites = sitesOf(definition.body, parameters);
  const inner: Frame = { module, path, origin, sites, application: made };
  const scope: Scope = { frame: inner, names: new Map(), parent: null };
  return x.within(definition, made, () => {
    definition.inputs.forEach((input, i) => {
      scope.names.set(input.name.text, site.inputs[i]);
      x.observe(input.name.span, site.inputs[i], inner);
    });
    if (!bindParameters(x, callable, site, scope)) return poison;
    const result = evaluateBody(x, definition.body, scope);
    return checkedResult(x, callable, result, scope);
  });
}

function bindParameters(
  x: Expansion,
  { definition }: UserBlock,
  { block, stage, frame }: Site,
  scope: Scope,
): boolean {
  let complete = true;
  for (const { name, fallback } of definition.parameters ?? []) {
    const bound = block.args.get(name.text);
    if (bound) {
      scope.names.set(name.text, bound.value);
      x.observe(name.span, bound.value, scope.frame);
    } else if (fallback) {
      const value = evaluateOne(x, fallback, scope);
      const tensor = tensorMistake(name.text, value, fallback.span);
      const kept = tensor ? x.report('NET0212', tensor, scope.frame) : value;
      bindName(x, name, kept, scope, fallback.span);
    } else {
      const message = `${name.text} of ${block.callable.name} has no argument`;
      const related = [{ span: name.span, message: 'it has no default' }];
      const out = way(passing(stage, block.callable.name, name.text));
      x.report('NET0206', { message, span: stage.span, related, ...out }, frame);
      complete = false;
    }
    const value = scope.names.get(name.text);
    if (value) scope.frame.application.configuration.push([name.text, value]);
  }
  return complete;
}

function checkedResult(
  x: Expansion,
  { definition, name }: UserBlock,
  result: Result,
  { frame }: Scope,
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
