import type { FactsOf } from '../diagnostics/codes.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { Local, Use } from '../names/binding.js';
import type { Bound } from '../names/bound.js';
import { type Span, textOf } from '../source/source.js';
import type { Definition, Expression, Import } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { unusedBlocks } from './unused-blocks.js';

export interface Unused {
  readonly warning: Diagnostic;
  /** The `let` whose name, or one of whose names, is not read. */
  readonly line?: Span;
  /** Whether it binds nothing else. */
  readonly isWhole?: boolean;
}

/**
 * Warns of what one file writes and never reads (models-4). `named` is what is read beside its text, as by `--set`. What begins
 * with `_` is left alone. Wants a file without errors: a line that could not be read may have read anything.
 */
export function findUnused(bound: Bound, named: ReadonlySet<string>): readonly Unused[] {
  const { definitions, module } = bound;
  const locals = [...definitions.values()].flatMap(localsOf);
  const read = new Set([...namesRead(bound), ...named]);
  const warnings = [
    ...module.file.imports.flatMap((statement) => unusedImports(statement, read)),
    ...unusedBlocks(definitions, named),
    ...[...definitions].flatMap(([definition, uses]) =>
      unusedParameters(definition, localsOf(uses), bound.named),
    ),
    ...locals.flatMap(unshared),
  ];
  return [...warnings.map((warning) => ({ warning })), ...locals.flatMap(unusedName)];
}

/** Of a longer list no entry is offered to be taken out: each warning would hold all of it. */
const mostItems = 200;

/** The names that a definition binds for itself. */
const localsOf = (uses: readonly Use[]): readonly Local[] =>
  uses.flatMap(({ target, binds }) => (binds && target.kind === 'local' ? [target] : []));

const isUnread = ({ name, reads }: Local): boolean =>
  reads.length === 0 && !name.text.startsWith('_');

/** The names by which definitions are used in a file. */
const namesRead = ({ definitions }: Bound): readonly string[] =>
  [...definitions.values()].flatMap((uses) => uses.flatMap((use) => writtenName(use) ?? []));

function unusedImports(statement: Import, read: ReadonlySet<string>): readonly Diagnostic[] {
  const spans = statement.names.map(({ name, as }) => ({
    ...name.span,
    end: (as ?? name).span.end,
  }));
  const isUnused = ({ name, as }: Import['names'][number]) => !read.has((as ?? name).text);
  const isWhole = statement.names.every(isUnused);
  const items = spans.length > mostItems ? [] : spans;
  return statement.names.flatMap((each, index) => {
    if (!isUnused(each)) return [];
    const { text } = each.as ?? each.name;
    const facts = isWhole
      ? ({ kind: 'line', name: text, line: statement.span } as const)
      : ({ kind: 'one', name: text, items, index } as const);
    return [diagnostic('NET0905', spans[index]!, facts)];
  });
}

/** The name by which a definition is used in this file. */
const writtenName = ({ target, span }: Use): string | undefined =>
  target.kind === 'definition' ? textOf(span) : undefined;

function unusedParameters(
  definition: Definition,
  locals: readonly Local[],
  byName: ReadonlySet<string>,
): readonly Diagnostic[] {
  const parameters = 'parameters' in definition ? (definition.parameters ?? []) : [];
  const items = parameters.length > mostItems ? [] : parameters.map(({ span }) => span);
  const indices = new Map(parameters.map((parameter, index) => [parameter.name, index]));
  return locals.filter(isUnread).flatMap(({ name, role }) => {
    const named = { owner: definition.name.text, name: name.text };
    const warn = (facts: FactsOf<'NET0904'>) => [diagnostic('NET0904', name.span, facts)];
    if (role === 'input' && definition.kind === 'block') return warn({ kind: 'input', ...named });
    if (role !== 'parameter') return [];
    if (byName.has(name.text)) return warn({ kind: 'named', ...named });
    // Blocks are given their arguments by position as well: a unit takes `channels`, whatever it does.
    if (definition.kind === 'block' && !isPascal(name.text))
      return warn({ kind: 'placed', ...named });
    const index = indices.get(name) ?? -1;
    return warn({ kind: 'plain', ...named, items, index });
  });
}

function unusedName(local: Local): readonly Unused[] {
  const { name, role, statement } = local;
  const isName = role === 'let' || role === 'variable' || role === 'state';
  if (!isName || !isUnread(local)) return [];
  const isWhole = statement?.kind === 'let' && statement.pattern.names.length === 1;
  const line = isWhole ? statement.span : undefined;
  const warning = diagnostic('NET0906', name.span, { name: name.text, line });
  return [statement ? { warning, line: statement.span, isWhole } : { warning }];
}

/** `shared` for an instance that is applied at one place, or at none. Passed on, it may be applied anywhere. */
function unshared({ name: { text: name, span }, role, statement, reads }: Local) {
  if (role !== 'shared' || name.startsWith('_') || statement?.kind !== 'shared') return [];
  const line = statement.span;
  const [read] = reads;
  if (!read) return [diagnostic('NET0907', span, { kind: 'unapplied', name, line })];
  if (reads.length > 1 || !read.arrow || read.loops > 0) return [];
  const { stage } = read.arrow;
  const isInline = isStage(statement.value) && !stage.args && !stage.as;
  const block = isInline ? statement.value.span : undefined;
  return [diagnostic('NET0907', span, { kind: 'once', name, line, stage: stage.span, block })];
}

const isStage = (e: Expression): boolean =>
  e.kind === 'name' || (e.kind === 'call' && e.callee.kind === 'name');
