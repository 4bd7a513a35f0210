import type { Diagnostics } from '../diagnostics/diagnostic.js';
import { checkOverride } from '../names/bind.js';
import type { ChosenModel, Layer } from '../names/variants.js';
import type { SourceFile, Span } from '../source/source.js';
import { textOf } from '../source/source.js';
import type { Expression, File } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Found, Module } from '../syntax/module.js';
import { parseExpression } from '../syntax/parse.js';

/** `--set name=text` by name, or the same from an experiment. */
export type Overrides = Readonly<Record<string, string>>;

/** One more variant on top (variants-3). Names are sought in the model's file, then in all files it imports. */
export function overrideLayer(
  { definition, name: model, main }: ChosenModel,
  overrides: Overrides,
  diagnostics: Diagnostics,
): readonly Layer[] {
  const names = definition.parameters.map(({ name }) => name.text);
  return Object.entries(overrides).flatMap(([name, text]) => {
    const source: SourceFile = { path: `--set ${name}`, text };
    const span: Span = { file: source, start: 0, end: text.length };
    if (!names.includes(name)) {
      const facts = { name, model, base: definition.name.text, parameters: names };
      diagnostics.report('NET0504', span, facts);
      return [];
    }
    const { fallback } = definition.parameters.find((parameter) => parameter.name.text === name)!;
    if (inQuotes(name, source, span, fallback, diagnostics)) return [];
    const value = parseExpression(source, diagnostics);
    const module = lookingThrough(main, source);
    const args = [{ name: { text: name, span }, value, span }];
    checkOverride(args, definition, module, diagnostics);
    return [{ args, module, variant: null }];
  });
}

/** Whether quotes that were for the shell came along, which is reported. */
function inQuotes(
  name: string,
  { text }: SourceFile,
  span: Span,
  fallback: Expression | null,
  diagnostics: Diagnostics,
): boolean {
  const [, quote, inner = ''] = /^\s*(['"])(.*)\1\s*$/s.exec(text) ?? [];
  // A text of digits may be meant as one where the default is a text, or where there is none to tell.
  const wanted = fallback?.kind === 'number' || fallback?.kind === 'boolean';
  if (quote === undefined || (quote === '"' && !isPascal(name) && !wanted)) return false;
  const facts = { kind: 'setting', name, text: inner } as const;
  if (quote === "'") diagnostics.report('NET0001', span, facts);
  else if (isPascal(name) || !wanted) diagnostics.report('NET0103', span, facts);
  else diagnostics.report('NET0208', span, { ...facts, fallback: textOf(fallback.span) });
  return true;
}

/** A file of its own, with the names of `main` and of all files that it imports; two different finds are told apart. */
function lookingThrough(main: Module, source: SourceFile): Module {
  const names = new Map<string, Found>();
  const seen = new Set<Module>([main]);
  const todo = main.imports.toReversed();
  for (let module = todo.pop(); module; module = todo.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    for (const [name, definition] of module.definitions) {
      const found = { definition, module, span: definition.name.span };
      const other = names.get(name);
      names.set(
        name,
        other && other.definition !== definition ? { ...other, other: found } : found,
      );
    }
    todo.push(...module.imports.toReversed());
  }
  for (const [name, found] of main.names) names.set(name, found);
  const file: File = { source, imports: [], definitions: [] };
  return { path: main.path, file, definitions: new Map(), names, imports: [] };
}
