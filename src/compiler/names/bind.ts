import { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Span } from '../source/source.js';
import type {
  Argument,
  BlockDefinition,
  Definition,
  Import,
  ModelDefinition,
  Parameter,
  VariantDefinition,
} from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Found, Module } from '../syntax/module.js';
import { type Callee, parametersOf } from '../values/callable.js';
import { bindArguments } from './arguments.js';
import { Binder, globalNamed } from './binder.js';
import type { Target } from './binding.js';
import { bindBody } from './bodies.js';
import { Bound, type Named } from './bound.js';
import { bindExpression } from './expressions.js';
import { fitsCase, unknown } from './known.js';
import { outerParameters, ParameterScope } from './parameter-scope.js';
import { Scope } from './scope.js';
import { baseOf, modelOf } from './variants.js';
import { bindOne } from './wanted.js';

const known = new WeakMap<Module, Bound>();

/** A file with what every name in it means, found when it is first asked for. */
export function boundOf(module: Module): Bound {
  const bound = known.get(module) ?? bindFile(module);
  known.set(module, bound);
  return bound;
}

/** Names and kinds of every definition, reached by a model or not (names-1, names-2, names-3, files-2). */
export function checkModules(modules: readonly Module[], diagnostics: Diagnostics): void {
  for (const module of modules) diagnostics.add(...boundOf(module).diagnostics.all());
}

/** Binds the arguments of an override, which stand in a file of their own. */
export function checkOverride(
  args: readonly Argument[],
  model: ModelDefinition,
  module: Module,
  diagnostics: Diagnostics,
): void {
  const file = new Bound(module);
  const b = new Binder(file, bindExpression);
  bindModelArguments(b, model, model.name, args);
  b.end();
  known.set(module, file);
  diagnostics.add(...file.diagnostics.all());
}

/** What takes the arguments of a call by a name that a file sees; a variant has the parameters of its model. */
export function calleeNamed(name: string, module: Module): Callee | undefined {
  const target = globalNamed(name, module);
  if (target?.kind === 'builtin') return target.builtin;
  if (target?.kind !== 'definition') return undefined;
  const { definition } = target;
  return definition.kind === 'block'
    ? definition
    : modelOf(definition, target.module, new Diagnostics())?.definition;
}

function bindFile(module: Module): Bound {
  const file = new Bound(module);
  for (const statement of module.file.imports) bindImport(file, statement);
  for (const definition of module.file.definitions) {
    const b = new Binder(file, bindExpression, symbolsOf(definition), definition);
    file.note(definition.name, { kind: 'definition', definition, module }, true);
    if (definition.kind === 'variant') bindVariant(b, definition);
    else if (definition.kind !== 'missing') bindDefinition(b, definition);
    b.end();
  }
  return file;
}

function bindImport(file: Bound, { names, from }: Import): void {
  for (const { name, as } of names) {
    const found = file.module.names.get((as ?? name).text);
    if (!found || found.module === file.module) continue;
    const { definition, module } = found;
    const target: Target = { kind: 'definition', definition, module };
    file.note(name, target);
    if (as) file.note(as, target, true);
    if (definition.kind !== 'missing') file.note(from, { kind: 'file', module });
  }
}

/** The size symbols of a model, each with the place where it is named first. */
function symbolsOf(definition: Definition): ReadonlyMap<string, Span> {
  const symbols = new Map<string, Span>();
  for (const line of definition.kind === 'model' ? definition.body.statements : []) {
    if (line.kind !== 'input') continue;
    for (const { value } of line.shape.items.slice(0, 3)) {
      const isFirst = value.kind === 'name' && isPascal(value.text) && !symbols.has(value.text);
      if (isFirst) symbols.set(value.text, value.span);
    }
  }
  return symbols;
}

function bindDefinition(b: Binder, definition: BlockDefinition | ModelDefinition): void {
  const { span, body } = definition;
  const scope = b.opened(new Scope(null, span));
  // A default may use the inputs, which stand behind it.
  const inputs = definition.kind === 'block' ? definition.inputs : [];
  for (const { name } of inputs) b.bind(name, 'input', scope, { from: span.start });
  bindParameters(b, parametersOf(definition), scope);
  bindBody(b, body, scope);
  if (definition.kind === 'block' || body.statements.some(({ kind }) => kind === 'output')) return;
  // A lost line may have been the output: recovery leaves it as a `let` of nothing.
  const lost = body.statements.some((s) => s.kind === 'let' && s.value.kind === 'missing');
  if (lost) return;
  const last = body.statements.at(-1);
  // The last line of a model is often the output that was bound by `let`.
  const name = last?.kind === 'let' && !last.pattern.bracketed ? last.pattern.names[0] : undefined;
  const line = last && name && { name: name.text, at: last.span };
  const model = definition.name.text;
  b.report('NET0503', definition.name.span, { kind: 'none', model, line });
}

function bindParameters(b: Binder, parameters: readonly Parameter[], scope: Scope): void {
  let optional: Parameter | undefined;
  for (const [i, parameter] of parameters.entries()) {
    const { name, fallback, span } = parameter;
    if (!fallback && optional) {
      b.report('NET0205', name.span, {
        name: name.text,
        optional: optional.name.text,
        optionalAt: optional.span,
        item: { ...span, start: parameters[i - 1]?.span.end ?? span.start },
      });
    }
    const known = fallback ? bindOne(b, fallback, scope) : unknown;
    if (fallback && !fitsCase(name.text, known)) {
      const facts = { kind: 'argument', name: name.text, found: known.seen } as const;
      b.report('NET0103', fallback.span, facts, fallback);
    }
    b.bind(name, 'parameter', scope, { value: fallback, known, from: span.end });
    if (fallback) optional ??= parameter;
  }
}

/** `model V = M(args)`: M a model, the arguments its parameters' (variants-1). */
function bindVariant(b: Binder, definition: VariantDefinition): void {
  const { value, span } = definition;
  const { module } = b;
  const { base, layers } = baseOf(value, module, definition.name.text);
  const target = base && globalNamed(base.text, module);
  const isFound = base && target?.kind === 'definition';
  if (isFound) b.note(base, target);
  const kind = isFound ? target.definition.kind : undefined;
  if (value.kind === 'missing' || kind === 'missing') return;
  if (kind !== 'model' && kind !== 'variant') {
    if (base && !target) b.unknownName(base, new Scope(null, span), 'model', value.span);
    else {
      const block = isFound ? base.text : undefined;
      b.report('NET0505', value.span, { kind: 'base', variant: definition.name.text, block });
    }
    return;
  }
  const model = bodyOf(definition, module, b.file.diagnostics);
  b.opened(new ParameterScope(span, outerParameters(model, module)));
  for (const { args } of layers) bindModelArguments(b, model, value, args);
}

/** The models that the variants of a file end at: of a long row of variants each would be followed to its end again. */
const bodies = new WeakMap<Module, Map<Definition, ModelDefinition | undefined>>();

function bodyOf(
  variant: VariantDefinition,
  module: Module,
  diagnostics: Diagnostics,
): ModelDefinition | undefined {
  const above: Definition[] = [];
  const knownIn = (file: Module) => {
    const known = bodies.get(file) ?? new Map<Definition, ModelDefinition | undefined>();
    bodies.set(file, known);
    return known;
  };
  let at: Pick<Found, 'definition' | 'module'> | undefined = { definition: variant, module };
  const passed: (() => void)[] = [];
  let model: ModelDefinition | undefined;
  while (at?.definition.kind === 'variant') {
    const { definition } = at;
    const known = knownIn(at.module);
    if (known.has(definition)) {
      // One that was passed on the way leads back to itself, and has no model.
      if (above.includes(definition)) modelOf(variant, module, diagnostics);
      model = known.get(definition);
      break;
    }
    known.set(definition, undefined);
    above.push(definition);
    passed.push(() => known.set(definition, model));
    const { base } = baseOf(definition.value, at.module, definition.name.text);
    at = base && at.module.names.get(base.text);
  }
  if (at?.definition.kind === 'model') model = at.definition;
  for (const note of passed) note();
  return model;
}

function bindModelArguments(
  b: Binder,
  model: ModelDefinition | undefined,
  head: Named,
  args: readonly Argument[],
): void {
  const seen = { kind: 'model', name: model?.name.text ?? '' } as const;
  const block = { kind: 'block', seen, ...(model && { callee: model }) } as const;
  const all = outerParameters(model, b.module);
  bindArguments(b, block, head, args, ({ name, span }, position) => {
    const at = name ? (all.find(name.text)?.index ?? -1) : position;
    return new ParameterScope(span, all, at);
  });
}
