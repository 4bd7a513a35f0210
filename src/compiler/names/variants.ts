import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type {
  Argument,
  Definition,
  Expression,
  File,
  ModelDefinition,
  NameExpression,
  VariantDefinition,
} from '../syntax/ast.js';
import type { Found, Module } from '../syntax/module.js';

/** Arguments as written, with the file in whose words they are. */
export interface Layer {
  readonly args: readonly Argument[];
  readonly module: Module;
  /** The variant that gives them; null for `--set`. */
  readonly variant: string | null;
}

/** A model and what variants say of it, the innermost first: each replaces what the ones before said (variants-1). */
export interface ChosenModel {
  readonly name: string;
  readonly definition: ModelDefinition;
  readonly module: Module;
  /** The file it was chosen from, in whose words overrides are read. */
  readonly main: Module;
  readonly layers: readonly Layer[];
}

/** The models that a file defines, variants too. */
export const modelNames = ({ definitions }: File): readonly string[] =>
  definitions
    .filter(({ kind }) => kind === 'model' || kind === 'variant')
    .map(({ name }) => name.text);

/** The model called `name`, or the file's only one (files-3). Undefined where there is none, which is reported. */
export function chooseModel(
  main: Module,
  name: string | undefined,
  diagnostics: Diagnostics,
): ChosenModel | undefined {
  const { source, definitions } = main.file;
  const models = definitions.filter(({ kind }) => kind === 'model' || kind === 'variant');
  const names = models.map((model) => model.name.text);
  // A definition that could not be read, which is reported, may have been the model.
  const unread = definitions.filter(({ kind }) => kind === 'missing');
  const isUnread =
    name === undefined
      ? models.length === 0 && unread.length > 0
      : unread.some((definition) => definition.name.text === name);
  if (isUnread) return undefined;
  if (name === undefined && models.length !== 1) {
    const at = models[1]?.name.span ?? { file: source, start: 0, end: 0 };
    diagnostics.report('NET0501', at, { path: main.path, models: names });
    return undefined;
  }
  const chosen = name === undefined ? models[0] : models.find((model) => model.name.text === name);
  if (chosen) return modelOf(chosen, main, diagnostics);
  const facts = { path: main.path, models: names, name: name ?? '' };
  diagnostics.report('NET0502', { file: source, start: 0, end: 0 }, facts);
  return undefined;
}

/** Follows `model V = M(args)` to the model with a body. */
export function modelOf(
  definition: Definition,
  module: Module,
  diagnostics: Diagnostics,
): ChosenModel | undefined {
  const above = new Set<VariantDefinition>();
  const layers: (readonly Layer[])[] = [];
  let at: Pick<Found, 'definition' | 'module'> | undefined = { definition, module };
  while (at?.definition.kind === 'variant') {
    const variant = at.definition;
    if (above.has(variant)) {
      const all = [...above];
      inACircle(all.slice(all.indexOf(variant)), diagnostics);
      return undefined;
    }
    above.add(variant);
    const value = baseOf(variant.value, at.module, variant.name.text);
    layers.push(value.layers);
    at = value.base && at.module.names.get(value.base.text);
  }
  if (at?.definition.kind !== 'model') return undefined;
  const { text: name } = definition.name;
  const given = layers.reverse().flat();
  return { name, definition: at.definition, module: at.module, main: module, layers: given };
}

/** Reported at the same variant from whichever of the circle it is met: the first in the text. */
function inACircle(circle: readonly VariantDefinition[], diagnostics: Diagnostics): void {
  const first = circle.reduce((a, b) => (b.span.start < a.span.start ? b : a));
  const at = circle.indexOf(first);
  const inOrder = [...circle.slice(at), ...circle.slice(0, at)];
  const names = [...inOrder, first].map(({ name }) => name.text);
  const others = inOrder.slice(1).map(({ name }) => name.span);
  diagnostics.report('NET0505', first.name.span, { kind: 'circle', names, others });
}

/** The model that `M(args)` or `M(args)(args)` is a variant of, by its name in that file. */
export function baseOf(
  value: Expression,
  module: Module,
  variant: string,
): { readonly base: NameExpression | undefined; readonly layers: readonly Layer[] } {
  if (value.kind === 'name') return { base: value, layers: [] };
  if (value.kind === 'bracket') return baseOf(value.value, module, variant);
  if (value.kind !== 'call') return { base: undefined, layers: [] };
  const { base, layers } = baseOf(value.callee, module, variant);
  return { base, layers: [...layers, { args: value.args, module, variant }] };
}
