import type { IToken, TokenType } from 'chevrotain';
import type { SourceFile } from '../source/source.js';
import {
  mismatched,
  type Opener,
  tooDeeply,
  unasked,
  unclosed,
  unopened,
} from './bracket-errors.js';
import { tokenMatcher } from './chevrotain.js';
import { tooMany } from './depth.js';
import { isPaired, splitAtDefinitions } from './paired.js';
import type { ParseError } from './parse-error.js';
import * as T from './tokens.js';
import { beginsStatement, closes, definitionWords, openerOf, opens } from './words.js';

/** A line that begins with one of these goes on with the line before. */
const continues = [T.Operator, T.Arrow, T.As, T.With, T.Else, T.From, T.CurlyOpen, T.Comma, T.Dot];
/** Each of these is followed by braces, after a condition or a list. */
const braceWords = new Set([...definitionWords, T.If, T.Else, T.For, T.Repeat]);

/**
 * Gives every bracket its partner, so that the parser never meets an open end: missing ones are
 * put in, those without a partner are left out, and each is reported. A word at the start of a line
 * that can only begin a definition ends all before it, so a right definition stays as it is.
 */
export function pairBrackets(
  source: SourceFile,
  tokens: readonly IToken[],
): { tokens: IToken[]; errors: ParseError[] } {
  const errors: ParseError[] = [];
  const paired = splitAtDefinitions(tokens).flatMap((part, i, parts) => {
    if (isPaired(part)) return part;
    const deep = tooMany(part);
    if (deep) {
      errors.push(tooDeeply(source, part, deep));
      // Its word and its name, so that it is known that something was defined, and the end of its last line.
      return part.filter(
        (token, at) =>
          (at < 2 && !opens(token) && !closes(token)) ||
          (at === part.length - 1 && token.tokenType === T.LineEnd),
      );
    }
    const repair = new Repair(source, parts[i + 1]?.[0] ?? null);
    repair.run(part);
    for (const error of repair.errors) errors.push(error);
    return repair.tokens;
  });
  return { tokens: paired, errors };
}

/** An open bracket, with what shows later whether it should have ended. */
interface Level extends Opener {
  /** How far its line is indented. */
  readonly indent: number;
  /** How many words directly in it still want their braces. */
  wants: number;
}

/**
 * Finds out for one definition which brackets lack their partners: from the words that begin a
 * statement, from those that want braces, and from the indentation of a line that begins with `}`.
 */
class Repair {
  readonly tokens: IToken[] = [];
  readonly errors: ParseError[] = [];
  readonly #open: Level[] = [];
  /** How many more of a bracket open than close in the whole definition. */
  readonly #surplus = new Map<TokenType, number>();
  #wants = 0;
  #line = 0;
  #indent = 0;

  /** `next` is the word that begins the definition behind this one. */
  constructor(
    readonly source: SourceFile,
    readonly next: IToken | null,
  ) {}

  run(tokens: readonly IToken[]): void {
    for (const token of tokens) {
      const kind = opens(token) ? token.tokenType : openerOf.get(token.tokenType);
      if (kind) this.#count(kind, opens(token) ? 1 : -1);
    }
    let lineBegins = true;
    tokens.forEach((token, i) => {
      if (token.tokenType === T.LineEnd) {
        this.#line++;
        this.tokens.push(token);
      } else {
        if (lineBegins) this.#beginLine(token);
        this.#take(token, lineBegins, tokens[i + 1]);
      }
      lineBegins = token.tokenType === T.LineEnd;
    });
    this.#closeDownTo(0, this.next);
  }

  #beginLine(token: IToken): void {
    const { text } = this.source;
    this.#indent = token.startOffset - (text.lastIndexOf('\n', token.startOffset - 1) + 1);
    if (closes(token) || continues.some((type) => tokenMatcher(token, type))) return;
    // Braces with something behind them on their line end with it, unless what follows is deeper.
    const short = this.#open.findIndex(
      ({ bracket, endsLine, indent, line }) =>
        bracket.tokenType === T.CurlyOpen &&
        !endsLine &&
        indent >= this.#indent &&
        line < this.#line,
    );
    if (short >= 0) this.#closeDownTo(short, token);
    else if (beginsStatement(token)) this.#closeDownTo(this.#insideCurly(), token);
  }

  #take(token: IToken, lineBegins: boolean, after: IToken | undefined): void {
    const type = token.tokenType;
    if (closes(token)) {
      if (type === T.CurlyClose) this.#closeBrace(token, lineBegins);
      else this.#closeBracket(token);
      return;
    }
    if (type === T.Else && this.#lastWord()?.tokenType !== T.CurlyClose) {
      const inner = this.#insideCurly() - 1;
      if (inner > 0) this.#closeDownTo(inner, token);
    }
    if (type === T.CurlyOpen && this.#isStray(token)) return;
    if (braceWords.has(type) && !(type === T.Else && after?.tokenType === T.If)) this.#want(1);
    if (opens(token)) {
      const endsLine = after === undefined || after.tokenType === T.LineEnd;
      this.#open.push({
        bracket: token,
        line: this.#line,
        indent: this.#indent,
        endsLine,
        wants: 0,
      });
    }
    this.tokens.push(token);
  }

  #want(count: number): void {
    const top = this.#open.at(-1);
    if (top) top.wants = Math.max(0, top.wants + count);
    else this.#wants = Math.max(0, this.#wants + count);
  }

  #count(kind: TokenType, change: number): void {
    this.#surplus.set(kind, (this.#surplus.get(kind) ?? 0) + change);
  }

  /**
   * Whether nothing asks for this brace, which is reported. Where something around the open round or
   * square brackets does, and these lack partners, it is they that should have ended.
   */
  #isStray(token: IToken): boolean {
    const floor = this.#insideCurly();
    const wants = [this.#wants, ...this.#open.map((level) => level.wants)];
    const asked = wants.findLastIndex((count, i) => i >= floor && count > 0);
    const between = asked < 0 ? [] : this.#open.slice(asked);
    const lacking = between.every(({ bracket }) => (this.#surplus.get(bracket.tokenType) ?? 0) > 0);
    if (asked >= 0 && lacking) {
      this.#closeDownTo(asked, token);
      this.#want(-1);
      return false;
    }
    if ((this.#surplus.get(T.CurlyOpen) ?? 0) <= 0) return false;
    this.#count(T.CurlyOpen, -1);
    this.errors.push(unasked(this.source, token));
    return true;
  }

  #closeBrace(token: IToken, lineBegins: boolean): void {
    const isBrace = ({ bracket }: Level): boolean => bracket.tokenType === T.CurlyOpen;
    const aligned = lineBegins
      ? this.#open.findLastIndex((level) => isBrace(level) && level.indent === this.#indent)
      : -1;
    const partner = aligned >= 0 ? aligned : this.#open.findLastIndex(isBrace);
    const inLine = partner >= 0 && this.#open[partner]!.line === this.#line;
    const tooMany = (this.#surplus.get(T.CurlyOpen) ?? 0) < 0;
    if (partner < 0 || (tooMany && !lineBegins && !inLine)) {
      this.#count(T.CurlyOpen, 1);
      this.errors.push(unopened(this.source, token));
    } else this.#close(partner, token);
  }

  /** Round and square brackets close no braces but those opened on their own line. */
  #closeBracket(token: IToken): void {
    const wanted = openerOf.get(token.tokenType);
    const index = this.#open.findLastIndex(({ bracket }) => bracket.tokenType === wanted);
    const brace = this.#open.find(
      ({ bracket, line }, i) => i > index && bracket.tokenType === T.CurlyOpen && line < this.#line,
    );
    if (index >= 0 && !brace) {
      this.#close(index, token);
      return;
    }
    const top = this.#open.at(-1);
    if (!top || top.bracket.tokenType === T.CurlyOpen) {
      this.errors.push(unopened(this.source, token));
      return;
    }
    this.#open.pop();
    this.errors.push(mismatched(this.source, top.bracket, token));
    this.tokens.push(T.tokenAt(T.closerOf.get(top.bracket.tokenType)!, token.startOffset));
  }

  #close(partner: number, token: IToken): void {
    this.#closeDownTo(partner + 1, token);
    this.#open.pop();
    this.tokens.push(token);
  }

  /** Puts in the partners of all brackets but the outer `depth`, before the line ends behind the last word. */
  #closeDownTo(depth: number, before: IToken | null): void {
    const missing = this.#open.splice(depth);
    if (missing.length === 0) return;
    for (const { bracket } of missing) this.#count(bracket.tokenType, -1);
    this.errors.push(unclosed(this.source, missing, this.tokens, before));
    const last = this.tokens.findLastIndex(({ tokenType }) => tokenType !== T.LineEnd);
    const offset = T.endOf(this.tokens[last]!);
    const closers = missing
      .reverse()
      .map(({ bracket }) => T.tokenAt(T.closerOf.get(bracket.tokenType)!, offset));
    this.tokens.splice(last + 1, 0, ...closers);
  }

  /** How many brackets stay open when those within the innermost braces are closed. */
  #insideCurly(): number {
    return this.#open.findLastIndex(({ bracket }) => bracket.tokenType === T.CurlyOpen) + 1;
  }

  #lastWord(): IToken | undefined {
    return this.tokens.findLast(({ tokenType }) => tokenType !== T.LineEnd);
  }
}
