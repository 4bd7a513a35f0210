import type { Diagnostics } from '../diagnostics/diagnostic.js';
import { GraphBuilder } from '../ir/builder.js';
import { boundOf } from '../names/bind.js';
import type { ChosenModel, Layer } from '../names/variants.js';
import { floatOf } from '../ops/values.js';
import { greatest } from '../sizes/rational.js';
import { fixed, type Size, symbolic } from '../sizes/size.js';
import type { Span } from '../source/source.js';
import type { Argument, Expression, ListExpression, Statement } from '../syntax/ast.js';
import { fitsName } from '../values/fits.js';
import { poison, seen, tensor, type Value } from '../values/value.js';
import { type Application, application } from './application.js';
import { evaluate } from './evaluate.js';
import { Expansion, type Frame, LimitReached, type Observe, type SizesRead } from './expansion.js';
import { type Overrides, overrideLayer } from './overrides.js';
import { bindName, evaluateStatement } from './statements.js';
import { evaluateOne, evaluateWhole } from './wanted.js';

export interface Expanded {
  readonly builder: GraphBuilder;
  readonly tree: Application;
  /** The symbols of the inputs' shapes, in order. */
  readonly symbols: readonly string[];
  /** The input lines. */
  readonly inputSpans: ReadonlyMap<string, Span>;
  readonly sizesRead: readonly SizesRead[];
  /** How many the evaluation took. */
  readonly steps: number;
}

interface Ports {
  readonly symbols: Set<string>;
  readonly inputSpans: Map<string, Span>;
}

/**
 * Expands a model to nodes: every application of a block becomes an instance of its own (paths-1).
 * Errors are reported and what depends on them is left out;
 * undefined where the network passes a limit (control-4 and control-5).
 */
export function expandModel(
  chosen: ChosenModel,
  overrides: Overrides,
  diagnostics: Diagnostics,
  observe?: Observe,
): Expanded | undefined {
  const { definition, module, name } = chosen;
  const builder = new GraphBuilder(name);
  const x = new Expansion(builder, diagnostics, evaluate, observe);
  const tree = application('', name, null);
  const frame: Frame = {
    names: boundOf(module),
    values: new Map(),
    path: '',
    origin: null,
    application: tree,
  };
  const ports: Ports = { symbols: new Set(), inputSpans: new Map() };
  try {
    const layers = [...chosen.layers, ...overrideLayer(chosen, overrides, diagnostics)];
    bindModelParameters(x, chosen, layers, frame);
    for (const statement of definition.body.statements)
      if (!expandStatement(x, statement, frame, ports)) break;
    if (!diagnostics.hasErrors && tree.results.length === 0) {
      x.report('NET0503', definition.name.span, { kind: 'empty', model: name }, frame);
    }
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
  const { sizesRead, steps } = x;
  const { symbols, inputSpans } = ports;
  return { builder, tree, symbols: [...symbols], inputSpans, sizesRead, steps };
}

function bindModelParameters(
  x: Expansion,
  { definition, name: model }: ChosenModel,
  layers: readonly Layer[],
  frame: Frame,
): void {
  const given = argumentsOf(layers);
  for (const { name, fallback } of definition.parameters) {
    const written = given.get(name.text);
    if (written) {
      const values = written.map((each) => argumentValue(x, name.text, each, frame));
      bindName(x, name, values.at(-1)!, frame, written.at(-1)!.argument.value.span);
    } else if (fallback) bindName(x, name, evaluateOne(x, fallback, frame), frame, fallback.span);
    else {
      const facts = { kind: 'model', parameter: name.text, model } as const;
      const base = definition.name.text;
      frame.values.set(name, x.report('NET0206', name.span, { ...facts, base }, frame));
    }
    frame.application.configuration.push([name.text, frame.values.get(name) ?? poison]);
  }
}

interface Given {
  readonly argument: Argument;
  readonly layer: Layer;
}

/** The arguments for each parameter, of all variants; the last is in force. */
export function argumentsOf(layers: readonly Layer[]): ReadonlyMap<string, readonly Given[]> {
  const given = new Map<string, Given[]>();
  for (const layer of layers) {
    for (const { parameter, argument } of boundOf(layer.module).matches.get(layer.args) ?? []) {
      const known = given.get(parameter);
      if (known) known.push({ argument, layer });
      else given.set(parameter, [{ argument, layer }]);
    }
  }
  return given;
}

/** In the names of the argument's file and, where that has them not, of the parameters bound so far (variants-2). */
function argumentValue(
  x: Expansion,
  parameter: string,
  { argument, layer }: Given,
  frame: Frame,
): Value {
  const { span } = argument.value;
  // Steps of loops in an argument are no part of the model's tree.
  const aside = application('', null, null);
  const outside: Frame = { ...frame, names: boundOf(layer.module), application: aside };
  const value = evaluateOne(x, argument.value, outside);
  if (fitsName(parameter, value)) return value;
  const facts = { kind: 'argument', name: parameter, found: seen(value) } as const;
  return x.report('NET0103', span, facts, frame);
}

/** False where a requirement is not met (blocks-6), which ends the model as it ends a block. */
function expandStatement(x: Expansion, statement: Statement, frame: Frame, ports: Ports): boolean {
  const isPort = statement.kind === 'input' || statement.kind === 'output';
  if (!isPort) return evaluateStatement(x, statement, frame);
  // One that is bound twice.
  if (frame.names.wrong.has(statement.name)) return true;
  if (statement.kind === 'input') expandInput(x, statement, frame, ports);
  else expandOutput(x, statement, frame);
  return true;
}

function expandInput(
  x: Expansion,
  { name, shape, span }: Extract<Statement, { kind: 'input' }>,
  frame: Frame,
  ports: Ports,
): void {
  const sizes = shapeOf(x, shape, frame);
  if (!sizes) {
    frame.values.set(name, poison);
    return;
  }
  for (const { symbol } of sizes) if (symbol) ports.symbols.add(symbol);
  const value = x.builder.input(name.text, floatOf(sizes));
  x.made([value], span);
  ports.inputSpans.set(name.text, span);
  frame.values.set(name, tensor(value));
  x.observe(name.span, tensor(value), frame);
}

/** `[N, H, W, channels]` (models-2); undefined where it is reported. */
function shapeOf(x: Expansion, shape: ListExpression, frame: Frame): readonly Size[] | undefined {
  if (frame.names.wrong.has(shape)) return undefined;
  const sizes = shape.items.map(({ value }) => {
    const target = frame.names.targetOf(value);
    return target?.kind === 'symbol' ? symbolic(target.name) : wholeSize(x, value, frame);
  });
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}

function wholeSize(x: Expansion, e: Expression, frame: Frame): Size | undefined {
  const value = evaluateWhole(x, e, frame, 1);
  if (value === undefined) return undefined;
  if (value <= greatest) return fixed(value);
  x.report('NET0407', e.span, { kind: 'input', value }, frame);
  return undefined;
}

/** A tensor, or a list of them as `n[0]`, `n[1]` ... (models-1). */
function expandOutput(
  x: Expansion,
  { name, value: written }: Extract<Statement, { kind: 'output' }>,
  frame: Frame,
): void {
  const value = evaluateOne(x, written, frame);
  frame.values.set(name, value);
  x.observe(name.span, value, frame);
  const put = (label: string, item: Value): void => {
    if (item.kind === 'tensor') {
      x.builder.output(label, item.value);
      frame.application.results.push(item.value);
    } else if (item.kind !== 'poison') {
      const facts = { kind: 'output', found: seen(item), isInList: value.kind === 'list' } as const;
      x.report('NET0310', written.span, facts, frame);
    }
  };
  if (value.kind === 'list') {
    for (const [i, item] of value.items.entries()) put(`${name.text}[${i}]`, item);
  } else put(name.text, value);
}
