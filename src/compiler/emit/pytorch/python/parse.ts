import { type Expression, made, name, number, tuple } from './tree.js';

/** What a template takes: a tree, several that stand in a list, or a number. */
type Hole = Expression | readonly Expression[] | number;
type Token = string | { readonly hole: Hole };

/**
 * The tree of a Python expression, with trees in its holes: py`F.relu(${x})`. As much of Python as this folder writes;
 * anything else throws.
 */
export function py(texts: TemplateStringsArray, ...holes: readonly Hole[]): Expression {
  const tokens = texts.flatMap((text, i): Token[] => {
    const words = text.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|"[^"]*"|\/\/|\S/g) ?? [];
    return i < holes.length ? [...words, { hole: holes[i]! }] : words;
  });
  const parser = new Parser(tokens);
  const e = parser.sum();
  if (parser.next !== undefined) throw new SyntaxError(`${texts.join('…')} is not read as Python`);
  return e;
}

class Parser {
  #at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  get next(): Token | undefined {
    return this.tokens[this.#at];
  }

  #take(...wanted: readonly string[]): string | undefined {
    const { next } = this;
    if (typeof next !== 'string' || !wanted.includes(next)) return undefined;
    this.#at++;
    return next;
  }

  sum(): Expression {
    return this.#binary(() => this.#binary(() => this.#unary(), '*', '/', '//'), '+', '-');
  }

  #binary(operand: () => Expression, ...signs: readonly string[]): Expression {
    let left = operand();
    for (let sign = this.#take(...signs); sign; sign = this.#take(...signs))
      left = made('binary', [left, operand()], sign);
    return left;
  }

  #unary(): Expression {
    return this.#take('-') ? made('negative', [this.#unary()]) : this.#called();
  }

  #called(): Expression {
    let e = this.#atom();
    for (;;) {
      if (this.#take('.')) e = made('attribute', [e], this.tokens[this.#at++] as string);
      else if (this.#take('(')) e = made('call', [e, ...this.#list(')')]);
      else if (this.#take('[')) e = made('index', [e, ...this.#list(']')]);
      else return e;
    }
  }

  #atom(): Expression {
    const token = this.tokens[this.#at++];
    if (typeof token === 'object') {
      const { hole } = token;
      return typeof hole === 'number'
        ? number(hole)
        : Array.isArray(hole)
          ? tuple(hole)
          : (hole as Expression);
    }
    if (token === '[') return made('list', this.#list(']'));
    if (token === '(') {
      const parts = this.#list(')');
      const only = parts.length === 1 && this.tokens[this.#at - 2] !== ',';
      return only ? parts[0]! : tuple(parts);
    }
    if (token?.startsWith('"')) return made('string', [], token.slice(1, -1));
    if (token && /^\w/.test(token)) return /^\d/.test(token) ? number(Number(token)) : name(token);
    throw new SyntaxError(`${token} begins no expression of Python`);
  }

  /** Up to its closing bracket; a hole of several trees stands for all of them. */
  #list(close: string): readonly Expression[] {
    const parts: Expression[] = [];
    while (!this.#take(close)) {
      const { next } = this;
      if (typeof next === 'object' && Array.isArray(next.hole)) {
        parts.push(...next.hole);
        this.#at++;
      } else parts.push(this.#item());
      if (!this.#take(',') && this.next !== close) throw new SyntaxError(`${close} is missing`);
    }
    return parts;
  }

  #item(): Expression {
    if (this.#take('*')) return made('starred', [this.sum()]);
    const after = this.tokens[this.#at + 1];
    if (after === '=') {
      const text = this.tokens[this.#at] as string;
      this.#at += 2;
      return made('keyword', [this.sum()], text);
    }
    const end = (): boolean => this.next === ']' || this.next === ',';
    const from = this.next === ':' ? name('') : this.sum();
    if (!this.#take(':')) return from;
    return made('slice', [from, end() ? name('') : this.sum()]);
  }
}
