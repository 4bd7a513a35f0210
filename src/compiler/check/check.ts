import type { Diagnostics } from '../diagnostics/diagnostic.js';
import { caseAdvice, caseMessage } from '../expand/kinds.js';
import { baseOf, modelOf } from '../expand/variants.js';
import { instead, way } from '../expand/ways-out.js';
import type { Module } from '../load/modules.js';
import { definitionSignature } from '../names/callable.js';
import { checkSites } from '../names/sites.js';
import type {
  BlockDefinition,
  Definition,
  Expression,
  ModelDefinition,
  Parameter,
  VariantDefinition,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { checkBody } from './bodies.js';
import { checkArguments, checkOne } from './expressions.js';
import {
  bind,
  type Check,
  innerNames,
  type Known,
  type Names,
  plain,
  resolve,
  unknown,
} from './names.js';
import { parametersBefore } from './parameters-before.js';

/** Names and kinds of every definition, reached by a model or not (sentences 2, 3, 6, 8, 10, 14, 23). */
export function checkModules(modules: readonly Module[], diagnostics: Diagnostics): void {
  for (const module of modules) {
    for (const definition of module.file.definitions) check(definition, module, diagnostics);
  }
}

/** The value of an override for the parameter at `at`. */
export function checkOverride(
  value: Expression,
  at: number,
  { parameters }: ModelDefinition,
  module: Module,
  diagnostics: Diagnostics,
): void {
  const c: Check = { module, diagnostics, symbols: new Set(), unknown: new Map() };
  checkOne(c, value, parametersBefore(at, parameters, module));
}

function check(definition: Definition, module: Module, diagnostics: Diagnostics): void {
  const c: Check = { module, diagnostics, symbols: symbolsOf(definition), unknown: new Map() };
  if (definition.kind === 'variant') checkVariant(c, definition);
  else if (definition.kind !== 'missing') checkDefinition(c, definition);
}

function symbolsOf(definition: Definition): ReadonlySet<string> {
  const lines = definition.kind === 'model' ? definition.body.statements : [];
  const sizes = lines.flatMap((line) =>
    line.kind === 'input' ? line.shape.items.slice(0, 3).map(({ value }) => value) : [],
  );
  return new Set(
    sizes.flatMap((size) => (size.kind === 'name' && isPascal(size.text) ? [size.text] : [])),
  );
}

function checkDefinition(c: Check, definition: BlockDefinition | ModelDefinition): void {
  const names = innerNames(null);
  const parameters = definition.parameters ?? [];
  if (definition.kind === 'block') {
    for (const { name } of definition.inputs) bind(c, name, unknown, names);
  }
  checkParameters(c, parameters, names);
  checkSites(definition.body, parameters, c.diagnostics);
  checkBody(c, definition.body, names);
  if (definition.kind === 'block') return;
  if (definition.body.statements.some(({ kind }) => kind === 'output')) return;
  // A lost line may have been the output: recovery leaves it as a `let` of nothing.
  const lost = definition.body.statements.some(
    (s) => s.kind === 'let' && s.value.kind === 'missing',
  );
  if (lost) return;
  const message = `${definition.name.text} has no output`;
  c.diagnostics.report('NET0503', { message, span: definition.name.span, ...lastLine(definition) });
}

/** The last line of a model is often the output that was bound by `let`. */
function lastLine({ body }: BlockDefinition | ModelDefinition) {
  const last = body.statements.at(-1);
  if (last?.kind !== 'let' || last.pattern.bracketed) return way('add a line `output mask = ...`');
  const span = { ...last.span, end: last.span.start + 'let'.length };
  return instead(
    span,
    'output',
    `make the last line one: \`output ${last.pattern.names[0]?.text} = ...\``,
  );
}

function checkParameters(c: Check, parameters: readonly Parameter[], names: Names): void {
  let optional: Parameter | undefined;
  for (const [i, parameter] of parameters.entries()) {
    const { name, fallback } = parameter;
    if (!fallback && optional) {
      c.diagnostics.report('NET0205', {
        message: `${name.text} has no default and stands after ${optional.name.text}, which has one`,
        span: name.span,
        related: [{ span: optional.span, message: 'it may be left out' }],
        suggestion: {
          message: `put ${name.text} before ${optional.name.text}, or give it a default`,
          edits: [
            { span: { ...optional.span, end: optional.span.start }, text: `${name.text}, ` },
            { span: { ...parameter.span, start: parameters[i - 1].span.end }, text: '' },
          ],
        },
      });
    }
    const known = fallback ? checkOne(c, fallback, names) : unknown;
    const wrongCase = known.kind !== 'unknown' && (known.kind === 'block') !== isPascal(name.text);
    if (fallback && wrongCase) {
      const message = caseMessage(name.text, known.what);
      const suggestion = caseAdvice(name.text);
      c.diagnostics.report('NET0103', { message, span: fallback.span, suggestion });
    }
    // The default says nothing of what an argument may put in its place.
    bind(c, name, plain(name.text), names);
    if (fallback) optional ??= parameter;
  }
}

/** `model V = M(args)`: M a model, the arguments its parameters' (sentence 24). */
function checkVariant(c: Check, definition: VariantDefinition): void {
  const { value } = definition;
  const { base, layers } = baseOf(value, c.module, definition.name.text);
  const found = base === undefined ? undefined : c.module.names.get(base);
  const kind = found?.definition.kind;
  if (value.kind === 'missing' || kind === 'missing') return;
  if (kind !== 'model' && kind !== 'variant') {
    const nothing =
      base !== undefined && resolve(c, base, value.span, innerNames(null), 'model') === unknown;
    const message = `a variant is a model with arguments, \`model ${definition.name.text} = M(...)\``;
    const what = kind === 'block' ? `${base} is a block: give` : 'give';
    const out = way(`${what} a model a body, \`model ${definition.name.text} { ... }\``);
    if (!nothing) c.diagnostics.report('NET0505', { message, span: value.span, ...out });
    return;
  }
  const model = modelOf(definition, c.module, c.diagnostics);
  for (const { args } of layers) {
    const signature = model && definitionSignature(model.definition);
    const block: Known = {
      kind: 'block',
      what: `the model ${base}`,
      ...(signature && { signature }),
    };
    const parameters = model?.definition.parameters ?? [];
    checkArguments(c, block, value.span, args, ({ name }, position) => {
      const at = name ? parameters.findIndex((p) => p.name.text === name.text) : position;
      return parametersBefore(at, parameters, c.module);
    });
  }
}
