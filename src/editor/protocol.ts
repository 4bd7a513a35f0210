import {
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  DiagnosticSeverity,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  InlayHintKind,
  type CodeAction as LspCodeAction,
  type Diagnostic as LspDiagnostic,
  type InlayHint as LspInlayHint,
  MarkupKind,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { SourceFile, Span } from '../compiler/source/source.js';
import type { Completion, Completions } from './completion.js';
import type { Fold } from './folding.js';
import type { InlayHint } from './inlay-hints.js';
import type { CodeAction, ShownDiagnostic } from './network-diagnostics.js';
import { locationOf, positionOf, rangeOf } from './positions.js';
import { type SemanticToken, tokenModifiers, tokenTypes } from './semantic-tokens.js';
import type { OutlineSymbol } from './symbols.js';

/** The address of a path. */
export type UriOf = (path: string) => string;

export const toDiagnostic = (
  { diagnostic, span, message, related }: ShownDiagnostic,
  uriOf: UriOf,
): LspDiagnostic => ({
  range: rangeOf(span),
  severity: diagnostic.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  code: diagnostic.code,
  source: 'netc',
  message,
  relatedInformation: related.map(({ span: place, message: words }) => ({
    location: locationOf(place, uriOf),
    message: words,
  })),
});

/** `text` at each of `spans`, or the texts of edits, by file. */
export function toWorkspaceEdit(
  edits: readonly { readonly span: Span; readonly text: string }[],
  uriOf: UriOf,
): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    const uri = uriOf(span.file.path);
    changes[uri] ??= [];
    changes[uri].push({ range: rangeOf(span), newText: text });
  }
  return { changes };
}

export const toCodeAction = (
  { title, diagnostic, edits }: CodeAction,
  shown: LspDiagnostic[],
  uriOf: UriOf,
): LspCodeAction => ({
  title,
  kind: CodeActionKind.QuickFix,
  diagnostics: shown.filter(({ code }) => code === diagnostic.code),
  isPreferred: diagnostic.suggestion?.edits === edits,
  edit: toWorkspaceEdit(edits, uriOf),
});

const completionKinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  block: CompletionItemKind.Class,
  model: CompletionItemKind.Class,
  operation: CompletionItemKind.Function,
  function: CompletionItemKind.Function,
  value: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Field,
  attribute: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  file: CompletionItemKind.File,
  key: CompletionItemKind.Property,
};

/** The order of `items` is kept: what is nearest stands first. */
export function toCompletions(
  { items, start, end }: Completions,
  file: SourceFile,
): CompletionItem[] {
  const range = rangeOf({ file, start, end });
  return items.map(({ label, kind, detail, doc, insert }, i) => ({
    label,
    kind: completionKinds[kind],
    sortText: String(i).padStart(4, '0'),
    textEdit: { range, newText: insert ?? label },
    ...(detail !== undefined && { detail }),
    ...(doc && { documentation: { kind: MarkupKind.Markdown, value: doc } }),
  }));
}

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  block: SymbolKind.Class,
  model: SymbolKind.Module,
  input: SymbolKind.Field,
  output: SymbolKind.Field,
  let: SymbolKind.Variable,
  shared: SymbolKind.Object,
};

export const toSymbol = ({
  name,
  kind,
  span,
  nameSpan,
  children,
}: OutlineSymbol): DocumentSymbol => ({
  name,
  detail: kind,
  kind: symbolKinds[kind],
  range: rangeOf(span),
  selectionRange: rangeOf(nameSpan),
  children: children.map(toSymbol),
});

const foldKinds: Readonly<Partial<Record<Fold['kind'], FoldingRangeKind>>> = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
};

export const toFoldingRange = ({ from, to, kind }: Fold): FoldingRange => ({
  startLine: from,
  endLine: to,
  ...(foldKinds[kind] && { kind: foldKinds[kind] }),
});

export const toInlayHint = (
  { offset, label, others }: InlayHint,
  file: SourceFile,
): LspInlayHint => ({
  position: positionOf(file, offset),
  label,
  kind: InlayHintKind.Type,
  paddingLeft: true,
  ...(others.length > 0 && { tooltip: others.join('\n') }),
});

/** Five numbers a token: lines and columns from the token before, length, type, modifiers as bits. */
export function toSemanticTokens(tokens: readonly SemanticToken[], file: SourceFile): number[] {
  let [line, column] = [0, 0];
  return tokens.flatMap(({ start, end, type, modifiers }) => {
    const at = positionOf(file, start);
    const down = at.line - line;
    const right = down === 0 ? at.character - column : at.character;
    [line, column] = [at.line, at.character];
    const bits = modifiers.reduce((sum, name) => sum | (1 << tokenModifiers.indexOf(name)), 0);
    return [down, right, end - start, tokenTypes.indexOf(type), bits];
  });
}
