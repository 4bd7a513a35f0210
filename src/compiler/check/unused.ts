import { type Diagnostic, type DiagnosticParts, diagnostic } from '../diagnostics/diagnostic.js';
import { withoutItem, withoutLines } from '../diagnostics/messages/removal.js';
import type { Span } from '../source/source.js';
import type { Definition, Expression, File, Import, Parameter } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { type Binding, type Reads, readsOf } from './reads.js';
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
export function findUnused(file: File, named: ReadonlySet<string>): readonly Unused[] {
  const reads = new Map(file.definitions.map((each) => [each, readsOf(each)]));
  const all = [...reads.values()];
  const bindings = all.flatMap((each) => each.bindings);
  const byName = new Set(all.flatMap((each) => [...each.named]));
  const warnings = [
    ...file.imports.flatMap((statement) => unusedImports(statement, reads, named)),
    ...unusedBlocks(reads, named),
    ...[...reads].flatMap(([definition, each]) =>
      unusedParameters(definition, each.bindings, byName),
    ),
    ...bindings.flatMap(unshared),
  ];
  return [...warnings.map((warning) => ({ warning })), ...bindings.flatMap(unusedName)];
}

const isUnread = ({ name, reads }: Binding): boolean =>
  reads.length === 0 && !name.text.startsWith('_');

function unusedImports(
  statement: Import,
  reads: ReadonlyMap<Definition, Reads>,
  named: ReadonlySet<string>,
): readonly Diagnostic[] {
  const read = (text: string): boolean =>
    named.has(text) || [...reads.values()].some(({ outside }) => outside.has(text));
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

function unusedParameters(
  definition: Definition,
  bindings: readonly Binding[],
  byName: ReadonlySet<string>,
): readonly Diagnostic[] {
  const parameters = 'parameters' in definition ? (definition.parameters ?? []) : [];
  return bindings.filter(isUnread).flatMap(({ name, binder }) => {
    if (binder === 'input') {
      const message = `${definition.name.text} never uses its input ${name.text}`;
      const edits = [{ span: name.span, text: '_' }];
      const suggestion = { message: 'name it _ where its place must be kept', edits };
      return [diagnostic('NET0904', { message, span: name.span, suggestion })];
    }
    if (binder !== 'parameter') return [];
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

function unusedName(binding: Binding): readonly Unused[] {
  const { name, binder, statement } = binding;
  const isName = binder === 'let' || binder === 'variable' || binder === 'state';
  if (!isName || !isUnread(binding)) return [];
  const isWhole = statement?.kind === 'let' && statement.pattern.names.length === 1;
  const suggestion = isWhole
    ? { message: 'use it, or drop the line', edits: withoutLines(statement.span) }
    : { message: 'name it _', edits: [{ span: name.span, text: '_' }] };
  const parts = { message: `${name.text} is never used`, span: name.span, suggestion };
  const warning = diagnostic('NET0906', parts);
  return [statement ? { warning, line: statement.span, isWhole } : { warning }];
}

/** `shared` for an instance that is applied at one place, or at none. Passed on, it may be applied anywhere. */
function unshared({ name, binder, statement, reads }: Binding): readonly Diagnostic[] {
  if (binder !== 'shared' || name.text.startsWith('_') || statement?.kind !== 'shared') return [];
  const { text, span } = name;
  if (reads.length === 0) {
    const message = `${text} is shared and never applied`;
    const suggestion = { message: 'drop the line', edits: withoutLines(statement.span) };
    return [diagnostic('NET0907', { message, span, suggestion })];
  }
  const [{ stage, loops }] = reads as [Binding['reads'][number]];
  if (reads.length > 1 || !stage || loops > 0) return [];
  const message = `${text} is shared and applied once, so that nothing shares it`;
  const related = [{ span: stage.span, message: 'the only place' }];
  const lines = withoutLines(statement.span);
  const inline = isStage(statement.value) && textAt(statement.value);
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

const textAt = ({ span }: Expression): string => span.file.text.slice(span.start, span.end);
