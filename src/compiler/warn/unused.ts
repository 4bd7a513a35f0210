import { type Diagnostic, type DiagnosticParts, diagnostic } from '../diagnostics/diagnostic.js';
import { withoutItem, withoutLines } from '../diagnostics/removal.js';
import type { Local, Read, Use } from '../names/binding.js';
import type { Bound } from '../names/bound.js';
import { type Span, textOf } from '../source/source.js';
import type { Definition, Expression, Import, Parameter } from '../syntax/ast.js';
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
 * Warns of what one file writes and never reads. `named` is what is read beside its text, as by `--set`. What begins
 * with `_` is left alone. Wants a file without mistakes: a line that could not be read may have read anything.
 */
export function findUnused(bound: Bound, named: ReadonlySet<string>): readonly Unused[] {
  const { definitions, module } = bound;
  const locals = [...definitions.values()].flatMap(localsOf);
  const warnings = [
    ...module.file.imports.flatMap((statement) => unusedImports(statement, bound, named)),
    ...unusedBlocks(definitions, named),
    ...[...definitions].flatMap(([definition, uses]) =>
      unusedParameters(definition, localsOf(uses), bound.named),
    ),
    ...locals.flatMap(unshared),
  ];
  return [...warnings.map((warning) => ({ warning })), ...locals.flatMap(unusedName)];
}

/** The names that a definition binds for itself. */
const localsOf = (uses: readonly Use[]): readonly Local[] =>
  uses.flatMap(({ target, binds }) => (binds && target.kind === 'local' ? [target] : []));

const isUnread = ({ name, reads }: Local): boolean =>
  reads.length === 0 && !name.text.startsWith('_');

function unusedImports(
  statement: Import,
  { definitions }: Bound,
  named: ReadonlySet<string>,
): readonly Diagnostic[] {
  const used = [...definitions.values()].flat();
  const read = (text: string): boolean =>
    named.has(text) || used.some((use) => writtenName(use) === text);
  const spans = statement.names.map(({ name, as }) => ({
    ...name.span,
    end: (as ?? name).span.end,
  }));
  const unused = statement.names.filter(({ name, as }) => !read((as ?? name).text));
  return unused.map((each) => {
    const { text } = each.as ?? each.name;
    const whole = unused.length === statement.names.length;
    const edits = whole
      ? withoutLines(statement.span)
      : withoutItem(spans, statement.names.indexOf(each));
    return diagnostic('NET0905', {
      message: `${text} is imported and never used`,
      span: spans[statement.names.indexOf(each)]!,
      suggestion: { message: whole ? 'drop the import' : `drop ${text} from it`, edits },
    });
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
  return locals.filter(isUnread).flatMap(({ name, role }) => {
    if (role === 'input' && definition.kind === 'block') {
      const message = `${definition.name.text} never uses its input ${name.text}`;
      const edits = [{ span: name.span, text: '_' }];
      const suggestion = { message: 'name it _ where its place must be kept', edits };
      return [diagnostic('NET0904', { message, span: name.span, suggestion })];
    }
    if (role !== 'parameter') return [];
    const at = parameters.findIndex((parameter) => parameter.name === name);
    return [diagnostic('NET0904', unusedParameter(definition, parameters, at, byName))];
  });
}

function unusedParameter(
  { kind, name: owner }: Definition,
  parameters: readonly Parameter[],
  at: number,
  byName: ReadonlySet<string>,
): DiagnosticParts {
  const { text, span } = parameters[at]!.name;
  const message = `${owner.text} never uses its parameter ${text}`;
  if (byName.has(text)) {
    const advice = 'use it, or drop it here and where it is given';
    return { message, span, suggestion: { message: advice } };
  }
  // Blocks are given their arguments by position as well: a unit takes `channels`, whatever it does.
  if (kind === 'block' && !isPascal(text)) {
    const edits = [{ span, text: `_${text}` }];
    const advice = `use it, or name it _${text} where its place must be kept`;
    return { message, span, suggestion: { message: advice, edits } };
  }
  const items = parameters.map((parameter) => parameter.span);
  const suggestion = { message: 'use it, or drop it', edits: withoutItem(items, at) };
  return { message, span, suggestion };
}

function unusedName(local: Local): readonly Unused[] {
  const { name, role, statement } = local;
  const isName = role === 'let' || role === 'variable' || role === 'state';
  if (!isName || !isUnread(local)) return [];
  const isWhole = statement?.kind === 'let' && statement.pattern.names.length === 1;
  const suggestion = isWhole
    ? { message: 'use it, or drop the line', edits: withoutLines(statement.span) }
    : { message: 'name it _', edits: [{ span: name.span, text: '_' }] };
  const parts = { message: `${name.text} is never used`, span: name.span, suggestion };
  const warning = diagnostic('NET0906', parts);
  return [statement ? { warning, line: statement.span, isWhole } : { warning }];
}

/** `shared` for an instance that is applied at one place, or at none. Passed on, it may be applied anywhere. */
function unshared({ name, role, statement, reads }: Local): readonly Diagnostic[] {
  if (role !== 'shared' || name.text.startsWith('_') || statement?.kind !== 'shared') return [];
  const { text, span } = name;
  if (reads.length === 0) {
    const message = `${text} is shared and never applied`;
    const suggestion = { message: 'drop the line', edits: withoutLines(statement.span) };
    return [diagnostic('NET0907', { message, span, suggestion })];
  }
  const [{ arrow, loops }] = reads as [Read];
  if (reads.length > 1 || !arrow || loops > 0) return [];
  const { stage } = arrow;
  const message = `${text} is shared and applied once, so that nothing shares it`;
  const related = [{ span: stage.span, message: 'the only place' }];
  const lines = withoutLines(statement.span);
  const inline = isStage(statement.value) && textOf(statement.value.span);
  if (!inline || !lines || stage.args || stage.as) {
    const suggestion = { message: 'write the block at that place' };
    return [diagnostic('NET0907', { message, span, related, suggestion })];
  }
  const written = `${inline} as ${text}`;
  const edits = [...lines, { span: stage.span, text: written }];
  const suggestion = { message: `write \`-> ${written}\` there`, edits };
  return [diagnostic('NET0907', { message, span, related, suggestion })];
}

const isStage = (e: Expression): boolean =>
  e.kind === 'name' || (e.kind === 'call' && e.callee.kind === 'name');
