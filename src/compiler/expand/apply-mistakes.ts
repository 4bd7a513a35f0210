import type { Code } from '../diagnostics/codes.js';
import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import type { Callable, UserBlock } from '../names/callable.js';
import { joinSpans, type Span } from '../source/source.js';
import type { Body, Expression, IfExpression, Stage } from '../syntax/ast.js';
import { partsOf } from '../syntax/parts.js';
import { instead, textOf, way } from './ways-out.js';

/** What the inputs are called; `...x` takes any number. */
export const inputNames = (callable: Callable): readonly string[] =>
  callable.kind === 'user'
    ? callable.definition.inputs.map(({ name }) => name.text)
    : callable.inputs;

/** An arrow that brings more or fewer tensors than there are inputs. */
export function wrongNumber(
  callable: Callable,
  names: readonly string[],
  given: number,
  { span }: Stage,
): DiagnosticParts {
  const { name } = callable;
  const inputs = names.join(', ');
  const fed = names.length === 1 ? names[0] : `(${inputs})`;
  const wanted = `${names.length} ${names.length === 1 ? 'input' : 'inputs'}, (${inputs})`;
  const brought = `${given} ${given === 1 ? 'value' : 'values'}`;
  const join = given > names.length && names.length === 1;
  return {
    message: `${name} has ${wanted}; the arrow brings ${brought}`,
    span,
    related: inputsOf(callable),
    ...way(
      join
        ? `join them first, \`-> concat -> ${name}\`, or feed each by an arrow of its own`
        : `feed ${names.length} in this order: \`${fed} -> ${name}\``,
    ),
  };
}

function inputsOf(callable: Callable) {
  if (callable.kind !== 'user' || callable.definition.inputs.length === 0) return [];
  const spans = callable.definition.inputs.map(({ span }) => span);
  return [{ span: spans.reduce(joinSpans), message: `the inputs of ${callable.name}` }];
}

type Mistake = readonly [code: Code, parts: DiagnosticParts];

const mayBeBlock = (kind: string): boolean => ['block', 'unknown', 'poison'].includes(kind);

/** What is wrong with an arrow to what is of this kind; undefined if nothing. */
export function arrowMistake(kind: string, what: () => string, stage: Stage): Mistake | undefined {
  if (mayBeBlock(kind)) return undefined;
  if (kind !== 'instance') return ['NET0301', nothingToApply(stage, kind, what())];
  return stage.args || stage.as ? ['NET0305', configuredInstance(stage)] : undefined;
}

/** What is wrong with arguments for what is of this kind; undefined if nothing. */
export function takesNoArguments(
  kind: string,
  what: () => string,
  span: Span,
): Mistake | undefined {
  if (mayBeBlock(kind)) return undefined;
  const message = `${what()} takes no arguments; only a block or an operation does`;
  return ['NET0301', { message, span, ...way('leave the brackets out') }];
}

/** Something else than a block right of an arrow. */
function nothingToApply({ name }: Stage, kind: string, what: string): DiagnosticParts {
  const { text, span } = name;
  const outs: Readonly<Record<string, string>> = {
    function: `call it on numbers, as in \`${text}(5 / 2)\``,
    tensor: `tensors meet by an operator, \`x + ${text}\`, or along one arrow, \`(x, ${text}) -> concat\``,
    number: `a number meets a tensor by an operator, as in \`x * ${text}\``,
    list: `feed something to each of a list by \`for t in ${text} { ... }\``,
  };
  const out = outs[kind] ?? 'name a block or an operation after the arrow';
  const message = `${text} is ${what}; an arrow feeds a block or an operation`;
  return { message, span, ...way(out) };
}

/** A shared instance has the arguments and the name it was shared with. */
function configuredInstance({ name, span }: Stage): DiagnosticParts {
  const { text } = name;
  return {
    message: `${text} is shared: it takes neither arguments nor a name by \`as\``,
    span,
    ...instead(span, text, `write only \`-> ${text}\``),
    otherReading: { message: `for weights of its own, apply the block and not ${text}` },
  };
}

/**
 * A block that applies itself needs a branch that does not; where it has an `if`, one that is taken at some level.
 * `levels` are the arguments of the last applications, as printed.
 */
export function endOfRecursion({ definition, name }: UserBlock, levels: readonly string[]) {
  const counts = (definition.parameters ?? []).map((parameter) => parameter.name.text);
  const counter = counts.find((text) => /depth|level|step|stage|count|^n$/i.test(text));
  const choice = choiceOf(definition.body);
  if (!choice) {
    const asked = counter ? `${counter} == 0` : '...';
    return way(`end it by a branch without ${name}: \`if ${asked} { x } else { ... }\``);
  }
  if (levels.length > 1 && new Set(levels).size === 1) {
    const less = counter ? `, such as \`${counter} - 1\`` : '';
    return way(`each ${name} is given the same: give the inner one less${less}`);
  }
  const condition = textOf(choice.condition.span);
  return way(
    `\`${condition}\` decides alike at every level: test by \`<=\` or \`>=\`, or count in other steps`,
  );
}

/** The first choice of a body; those inside loops are left out. */
function choiceOf({ statements }: Body): IfExpression | undefined {
  const inside = (e: Expression): IfExpression | undefined =>
    e.kind === 'if' ? e : firstOf(partsOf(e), inside);
  return firstOf(statements, (line) =>
    line.kind === 'let' || line.kind === 'result' ? inside(line.value) : undefined,
  );
}

function firstOf<A, B>(all: readonly A[], find: (each: A) => B | undefined): B | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
