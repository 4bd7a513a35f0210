import type { Diagnostics } from '../diagnostics/diagnostic.js';
import { slicesInstead } from '../diagnostics/foreign.js';
import { GraphBuilder } from '../ir/builder.js';
import type { Module } from '../load/modules.js';
import { definitionSignature } from '../names/callable.js';
import { looseSites, sitesOf } from '../names/sites.js';
import { floatOf } from '../ops/values.js';
import { fixed, type Size, symbolic } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import type { Argument, Expression, ListExpression, Statement } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { type Application, application } from './application.js';
import { matchArguments } from './arguments.js';
import { evaluateOne, evaluateWhole } from './evaluate.js';
import {
  Expansion,
  type Frame,
  LimitReached,
  type Observe,
  type Scope,
  type SizesRead,
} from './expansion.js';
import { caseMistake } from './kinds.js';
import { type Overrides, overrideLayer } from './overrides.js';
import { bindName, evaluateStatement } from './statements.js';
import { describe, poison, tensor, type Value } from './values.js';
import type { ChosenModel, Layer } from './variants.js';
import { instead, textOf, toTensor, way } from './ways-out.js';

export interface Expanded {
  readonly builder: GraphBuilder;
  readonly tree: Application;
  /** The symbols of the inputs' shapes, in order. */
  readonly symbols: readonly string[];
  /** The input lines. */
  readonly inputSpans: ReadonlyMap<string, Span>;
  readonly sizesRead: readonly SizesRead[];
}

interface Ports {
  readonly symbols: Set<string>;
  readonly inputSpans: Map<string, Span>;
}

/**
 * Expands a model to nodes: every application of a block becomes an instance of its own (sentences 1 to 17).
 * Mistakes are reported and what depends on them is left out;
 * undefined where the network passes a limit (sentence 15).
 */
export function expandModel(
  chosen: ChosenModel,
  overrides: Overrides,
  diagnostics: Diagnostics,
  observe?: Observe,
): Expanded | undefined {
  const { definition, module, name } = chosen;
  const { parameters, body } = definition;
  const builder = new GraphBuilder(name);
  const x = new Expansion(builder, diagnostics, observe);
  const tree = application('', name, null);
  const frame: Frame = {
    module,
    path: '',
    origin: null,
    sites: sitesOf(body, parameters),
    application: tree,
  };
  const scope: Scope = { frame, names: new Map(), parent: null };
  const ports: Ports = { symbols: new Set(), inputSpans: new Map() };
  try {
    const layers = [...chosen.layers, ...overrideLayer(chosen, overrides, diagnostics)];
    bindModelParameters(x, chosen, layers, scope);
    for (const statement of body.statements)
      if (!expandStatement(x, statement, scope, ports)) break;
    if (!diagnostics.hasErrors && tree.results.length === 0) {
      const message = `${name} has no output: all its lists of outputs are empty`;
      const out = way('give a list of outputs one entry or more, or add an output');
      x.report('NET0503', { message, span: definition.name.span, ...out }, frame);
    }
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
  const { sizesRead } = x;
  return { builder, tree, symbols: [...ports.symbols], inputSpans: ports.inputSpans, sizesRead };
}

function bindModelParameters(
  x: Expansion,
  { definition, name: model }: ChosenModel,
  layers: readonly Layer[],
  scope: Scope,
): void {
  const given = argumentsOf(x, definition, layers, scope);
  for (const { name, fallback } of definition.parameters) {
    const written = given.get(name.text);
    if (written) {
      const values = written.map((each) => argumentValue(x, name.text, each, scope));
      bindName(x, name, values.at(-1)!, scope, written.at(-1)!.argument.value.span);
    } else if (fallback) bindName(x, name, evaluateOne(x, fallback, scope), scope, fallback.span);
    else {
      const message = `${name.text} of ${model} has no argument`;
      const out = way(
        `pass it, \`--set ${name.text}=...\` or \`model V = ${definition.name.text}(${name.text}: ...)\`, or give it a default`,
      );
      const { span } = name;
      scope.names.set(name.text, x.report('NET0206', { message, span, ...out }, scope.frame));
    }
    scope.frame.application.configuration.push([name.text, scope.names.get(name.text) ?? poison]);
  }
}

interface Given {
  readonly argument: Argument;
  readonly module: Module;
}

/** The arguments for each parameter, of all variants; the last is in force. */
function argumentsOf(
  x: Expansion,
  definition: ChosenModel['definition'],
  layers: readonly Layer[],
  { frame }: Scope,
): ReadonlyMap<string, readonly Given[]> {
  const signature = definitionSignature(definition);
  const given = new Map<string, Given[]>();
  for (const { args, module } of layers) {
    const matches = matchArguments(
      signature,
      () => undefined,
      args,
      (code, parts) => x.report(code, parts, frame),
    );
    for (const { parameter, argument } of matches ?? []) {
      given.set(parameter, [...(given.get(parameter) ?? []), { argument, module }]);
    }
  }
  return given;
}

/** In the names of the argument's file and, where that has them not, of the parameters bound so far (sentence 24). */
function argumentValue(
  x: Expansion,
  parameter: string,
  { argument, module }: Given,
  { frame, names }: Scope,
): Value {
  const { span } = argument.value;
  // Steps of loops in an argument are no part of the model's tree.
  const aside = { sites: looseSites(argument.value), application: application('', null, null) };
  const outside: Scope = {
    frame: { ...frame, module, ...aside },
    names: new Map([...names].filter(([name]) => !module.names.has(name))),
    parent: null,
  };
  const value = evaluateOne(x, argument.value, outside);
  const mistake = caseMistake(parameter, value, span);
  return mistake ? x.report('NET0103', mistake, frame) : value;
}

/** False where a requirement is not met, which ends the model as it ends a block. */
function expandStatement(x: Expansion, statement: Statement, scope: Scope, ports: Ports): boolean {
  const isPort = statement.kind === 'input' || statement.kind === 'output';
  if (!isPort) return evaluateStatement(x, statement, scope);
  if (scope.names.has(statement.name.text)) return true;
  if (statement.kind === 'input') expandInput(x, statement, scope, ports);
  else expandOutput(x, statement, scope);
  return true;
}

function expandInput(
  x: Expansion,
  { name, shape, span }: Extract<Statement, { kind: 'input' }>,
  scope: Scope,
  ports: Ports,
): void {
  const sizes = shapeOf(x, shape, scope);
  if (!sizes) {
    scope.names.set(name.text, poison);
    return;
  }
  for (const { symbol } of sizes) if (symbol) ports.symbols.add(symbol);
  const value = x.builder.input(name.text, floatOf(sizes));
  x.made([value], span);
  ports.inputSpans.set(name.text, span);
  scope.names.set(name.text, tensor(value));
  x.observe(name.span, tensor(value), scope.frame);
}

/** `[N, H, W, channels]` (sentence 18); undefined where it is reported. */
function shapeOf(x: Expansion, shape: ListExpression, scope: Scope): readonly Size[] | undefined {
  const { items, span } = shape;
  if (items.length !== 4 || items.some(({ spread }) => spread)) {
    const message = 'the shape of an input is [batch, height, width, channels]';
    x.report('NET0405', { message, span, ...fourSizes(shape) }, scope.frame);
    return undefined;
  }
  const sizes = items.map(({ value }, axis) =>
    axis < 3 && isSymbol(value) ? symbolic(value.text) : wholeSize(x, value, scope),
  );
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}

/** Three sizes are most likely an image without its channels or without its batch, five a volume. */
function fourSizes({ items, span }: ListExpression) {
  if (items.length === 5) return way(slicesInstead);
  if (items.length !== 3) return way('write four sizes, as in `[N, H, W, 3]`');
  const sizes = items.map(({ value }) => textOf(value.span));
  const whole = isSymbol(items[2].value) ? [...sizes, '1'] : ['N', ...sizes];
  return instead(span, `[${whole.join(', ')}]`);
}

const isSymbol = (e: Expression): e is Extract<Expression, { kind: 'name' }> =>
  e.kind === 'name' && isPascal(e.text);

function wholeSize(x: Expansion, e: Expression, scope: Scope): Size | undefined {
  const value = evaluateWhole(x, e, scope, 1);
  return value === undefined ? undefined : fixed(value);
}

/** A tensor, or a list of them as `n[0]`, `n[1]` ... (sentence 22). */
function expandOutput(
  x: Expansion,
  { name, value: written }: Extract<Statement, { kind: 'output' }>,
  scope: Scope,
): void {
  const value = evaluateOne(x, written, scope);
  scope.names.set(name.text, value);
  x.observe(name.span, value, scope.frame);
  const put = (label: string, item: Value): void => {
    if (item.kind === 'tensor') {
      x.builder.output(label, item.value);
      scope.frame.application.results.push(item.value);
    } else if (item.kind !== 'poison') {
      const message = `an output is a tensor or a list of tensors, this is ${describe(item)}`;
      const out =
        value.kind === 'list'
          ? way('leave out of the list what is no tensor')
          : toTensor(item, textOf(written.span));
      x.report('NET0310', { message, span: written.span, ...out }, scope.frame);
    }
  };
  if (value.kind === 'list') {
    for (const [i, item] of value.items.entries()) put(`${name.text}[${i}]`, item);
  } else put(name.text, value);
}
