import type { CstNode, IToken } from 'chevrotain';
import type { Diagnostic, Diagnostics, Report } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';
import type { Definition, Expression, File, Import, Name } from './ast.js';
import { pairBrackets } from './brackets.js';
import { buildBody } from './build/bodies.js';
import { type Build, Guesses, maybeNode, nameOf, node, spanOf, takeGuesses } from './build/cst.js';
import { buildDefinition, buildImport } from './build/definitions.js';
import { buildExpression } from './build/expressions.js';
import { Covered } from './covered.js';
import { divisions } from './division.js';
import { FoundErrors } from './found-errors.js';
import { filterNewLines } from './newlines.js';
import { spanAt } from './parse-error.js';
import { Effort, parseTokens, splitDefinitions } from './recover.js';
import { scan } from './scan.js';
import * as T from './tokens.js';
import { unread } from './unread.js';
import { beginsDefinition } from './words.js';

export type Parse = (source: SourceFile, diagnostics: Diagnostics) => File;

/**
 * The tree of a `.net` file. It always comes back whole: what could not be read is reported once
 * (NET00xx) and stands in the tree as `missing`, over which later stages pass in silence.
 */
export function parseFile(source: SourceFile, diagnostics: Diagnostics): File {
  return parseParts(source, diagnostics, () => {}).file;
}

interface Parsed {
  readonly file: File;
  /** Line ends among them are those that end statements and definitions. */
  readonly tokens: readonly IToken[];
  /** The concrete tree of each definition that could be read. */
  readonly trees: readonly CstNode[];
}

/** As `parseFile`, for those who also need the words and brackets as they are written. */
export function parseConcrete(source: SourceFile, diagnostics: Diagnostics): Parsed {
  const trees: CstNode[] = [];
  const parsed = parseParts(source, diagnostics, (tree) => trees.push(tree));
  return { ...parsed, trees };
}

/** `keep` is given the concrete trees, which take by far the most room. */
function parseParts(
  source: SourceFile,
  diagnostics: Diagnostics,
  keep: (tree: CstNode) => void,
): Omit<Parsed, 'trees'> {
  const refusal = unread(source);
  if (refusal) {
    diagnostics.add(refusal);
    const lost = missing({ text: '', span: spanAt(source, 0, 0) });
    return { file: { source, imports: [], definitions: [lost] }, tokens: [] };
  }
  const { tokens, errors, divided } = read(source);
  const imports: Import[] = [];
  const definitions: Definition[] = [];
  const build = builder(source, errors, diagnostics);
  const effort = new Effort();
  const parts = splitDefinitions(tokens);
  let lost = false;
  for (const part of parts) {
    // Behind an error, what is not a definition is the rest of one: it is lost with it.
    if (lost && !beginsDefinition(part[0]!) && !looksLikeDefinition(part)) continue;
    const before = errors.count;
    const cst = parseTokens('top', part, source, errors, effort);
    lost = cst === null || errors.count > before;
    if (cst) keep(cst);
    if (!cst || takeGuesses(build, headOf(build, cst)))
      for (const each of unreadable(build, part)) definitions.push(each);
    else if (cst.children.imports) imports.push(buildImport(build, node(cst, 'imports')));
    else
      definitions.push(buildDefinition(build, node(cst, cst.children.block ? 'block' : 'model')));
  }
  const heads = parts.map((part) => part[0]!).filter(beginsDefinition);
  errors.report(
    heads.map(({ startOffset }) => startOffset),
    diagnostics,
  );
  for (const each of divided) diagnostics.add(each);
  return { file: { source, imports, definitions }, tokens };
}

/** `def Unit(`, `blok Unit {`: a definition but for its word. */
const looksLikeDefinition = ([word, name, mark]: readonly IToken[]): boolean =>
  word?.tokenType === T.Lower &&
  name?.tokenType === T.Upper &&
  [T.RoundOpen, T.CurlyOpen, T.Binds].some((type) => type === mark?.tokenType);

/** All of a definition but its braces. */
function headOf(build: Build, cst: CstNode): Span {
  const [part] = Object.values(cst.children).flat() as CstNode[];
  const span = spanOf(build, cst);
  const body = maybeNode(part!, 'body');
  return body ? { ...span, end: spanOf(build, body).start } : span;
}

/** A text that is one expression, such as the value of `--set p=expression`. */
export function parseExpression(source: SourceFile, diagnostics: Diagnostics): Expression {
  const { tokens, errors, divided } = read(source);
  const cst = parseTokens('expr', tokens, source, errors, new Effort());
  const build = builder(source, errors, diagnostics);
  const value: Expression = cst
    ? buildExpression(build, cst)
    : { kind: 'missing', span: spanAt(source, 0, source.text.length) };
  errors.report([], diagnostics);
  for (const each of divided) diagnostics.add(each);
  return value;
}

function read(source: SourceFile): {
  tokens: IToken[];
  errors: FoundErrors;
  /** Comments that were likely meant to divide. */
  divided: Diagnostic[];
} {
  const scanned = scan(source);
  const paired = pairBrackets(source, scanned.tokens);
  // A text without an end swallows the brackets behind it.
  const open = scanned.found.filter(({ diagnostic }) => diagnostic.code === 'NET0003');
  const swallowed = new Covered(open.map(({ covers }) => covers));
  const errors = new FoundErrors(scanned.found);
  for (const error of paired.errors) if (!swallowed.overlaps(error.covers)) errors.push(error);
  const divided = divisions(source, scanned.tokens).filter(({ span }) => !errors.covers(span));
  return { tokens: filterNewLines(paired.tokens), errors, divided };
}

/** Checks on the finished tree are silent about text in which an error was already found. */
function builder(source: SourceFile, errors: FoundErrors, diagnostics: Diagnostics): Build {
  const loose = new Covered();
  const report: Report = (code, span, facts) => {
    if (errors.covers(span)) return;
    // A line that begins with `-` may have been meant as the result that its body seems to lack.
    if (code === 'NET0010' && loose.overlaps(span)) return;
    if (code === 'NET0007') loose.add(span);
    diagnostics.report(code, span, facts);
  };
  return {
    source,
    guesses: new Guesses(source, errors.guesses),
    expression: buildExpression,
    body: (build, cst) => buildBody(build, cst, 'inner'),
    report,
  };
}

/**
 * The names that a definition without a readable head would have defined; an empty one where it has
 * none, since there was a definition.
 */
function unreadable(build: Build, tokens: readonly IToken[]): Definition[] {
  const imports =
    tokens[0]?.tokenType === T.Import || tokens.some(({ tokenType }) => tokenType === T.From);
  const uppers = (imports ? tokens : tokens.slice(0, 3)).filter(
    ({ tokenType }) => tokenType === T.Upper,
  );
  const names = imports ? uppers : uppers.slice(0, 1);
  if (names.length > 0) return names.map((token) => missing(nameOf(build, token)));
  const span = tokens[0] ? spanOf(build, tokens[0]) : spanAt(build.source, 0, 0);
  return [missing({ text: '', span })];
}

const missing = (name: Name): Definition => ({ kind: 'missing', doc: null, name, span: name.span });
