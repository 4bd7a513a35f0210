import type { CstNode, IToken } from 'chevrotain';
import type { Diagnostic, Diagnostics, Report } from '../diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../source/source.js';
import type { Definition, Expression, File, Import, Name } from './ast.js';
import { beginsDefinition, pairBrackets } from './brackets.js';
import { buildBody } from './build/bodies.js';
import { type Build, maybeNode, nameOf, node, spanOf, takeGuesses } from './build/cst.js';
import { buildDefinition, buildImport } from './build/definitions.js';
import { buildExpression } from './build/expressions.js';
import { divisions } from './division.js';
import { filterNewLines } from './newlines.js';
import { overlap, type ParseError, spanAt } from './parse-error.js';
import { parseTokens, splitDefinitions } from './recover.js';
import { scan } from './scan.js';
import * as T from './tokens.js';

export type Parse = (source: SourceFile, diagnostics: Diagnostics) => File;

/**
 * The tree of a `.net` file. It always comes back whole: what could not be read is reported once
 * (NET00xx) and stands in the tree as `missing`, over which later stages pass in silence.
 */
export function parseFile(source: SourceFile, diagnostics: Diagnostics): File {
  return parseConcrete(source, diagnostics).file;
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
  const { tokens, errors, divided } = read(source);
  const trees: CstNode[] = [];
  const imports: Import[] = [];
  const definitions: Definition[] = [];
  const build = builder(source, errors, diagnostics);
  const parts = splitDefinitions(tokens);
  let lost = false;
  for (const part of parts) {
    // Behind an error, what is not a definition is the rest of one: it is lost with it.
    if (lost && !beginsDefinition(part[0]!) && !looksLikeDefinition(part)) continue;
    const before = errors.length;
    const cst = parseTokens('top', part, source, errors);
    lost = cst === null || errors.length > before;
    if (cst) trees.push(cst);
    if (!cst || takeGuesses(build, headOf(build, cst)))
      definitions.push(...unreadable(build, part));
    else if (cst.children.imports) imports.push(buildImport(build, node(cst, 'imports')));
    else
      definitions.push(buildDefinition(build, node(cst, cst.children.block ? 'block' : 'model')));
  }
  const heads = parts.map((part) => part[0]!).filter(beginsDefinition);
  reportErrors(errors, heads, diagnostics);
  diagnostics.add(...divided);
  return { file: { source, imports, definitions }, tokens, trees };
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
  const cst = parseTokens('expr', tokens, source, errors);
  const build = builder(source, errors, diagnostics);
  const value: Expression = cst
    ? buildExpression(build, cst)
    : { kind: 'missing', span: spanAt(source, 0, source.text.length) };
  reportErrors(errors, [], diagnostics);
  diagnostics.add(...divided);
  return value;
}

function read(source: SourceFile): {
  tokens: IToken[];
  errors: ParseError[];
  /** Comments that were likely meant to divide. */
  divided: Diagnostic[];
} {
  const scanned = scan(source);
  const paired = pairBrackets(source, scanned.tokens);
  // A text without an end swallows the brackets behind it.
  const swallowed = ({ covers }: ParseError): boolean =>
    scanned.found.some(
      ({ diagnostic, ...text }) => diagnostic.code === 'NET0003' && overlap(text.covers, covers),
    );
  const errors = [...scanned.found, ...paired.errors.filter((found) => !swallowed(found))];
  const divided = divisions(source, scanned.tokens).filter(
    ({ span }) => !errors.some(({ covers }) => overlap(covers, span)),
  );
  return { tokens: filterNewLines(paired.tokens), errors, divided };
}

/** Checks on the finished tree are silent about text in which an error was already found. */
function builder(source: SourceFile, errors: ParseError[], diagnostics: Diagnostics): Build {
  const guessed = errors.filter((error) => error.guessed).map((error) => error.diagnostic.span);
  const loose: Span[] = [];
  const report: Report = (code, span, facts) => {
    if (errors.some(({ covers }) => overlap(covers, span))) return;
    // A line that begins with `-` may have been meant as the result that its body seems to lack.
    if (code === 'NET0010' && loose.some((each) => overlap(each, span))) return;
    if (code === 'NET0007') loose.push(span);
    diagnostics.report(code, span, facts);
  };
  return {
    source,
    guesses: new Set(guessed),
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
  const from = tokens.findIndex((token) => token.tokenType === T.From);
  const imports = tokens[0]?.tokenType === T.Import || from >= 0;
  const uppers = tokens.filter((token) => token.tokenType === T.Upper);
  const names = imports ? uppers : uppers.filter((token) => tokens.indexOf(token) < 3).slice(0, 1);
  const missing = (name: Name): Definition => ({
    kind: 'missing',
    doc: null,
    name,
    span: name.span,
  });
  if (names.length > 0) return names.map((token) => missing(nameOf(build, token)));
  const span = tokens[0] ? spanOf(build, tokens[0]) : spanAt(build.source, 0, 0);
  return [missing({ text: '', span })];
}

/** A bracket without its partner is reported where nothing before it in its definition is. */
function reportErrors(errors: ParseError[], heads: IToken[], diagnostics: Diagnostics): void {
  const certain = errors.filter((error) => !error.yields);
  for (const { diagnostic, yields } of errors) {
    const at = diagnostic.span.start;
    const begin = heads.findLast((head) => head.startOffset <= at)?.startOffset ?? 0;
    const echo = certain.some(({ covers }) => covers.start >= begin && covers.start <= at);
    if (!(yields && echo)) diagnostics.add(diagnostic);
  }
}
