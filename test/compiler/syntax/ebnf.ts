/** What a rule of an EBNF is made of. */
export type Form =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'any'; readonly of: readonly Form[] }
  | { readonly kind: 'row'; readonly of: readonly Form[] }
  | { readonly kind: 'optional' | 'repeated'; readonly of: Form };

export type Grammar = ReadonlyMap<string, Form>;

const piece =
  /\s*(?:(\w+)\s*(=)|"([^"]+)"\.\."([^"]+)"|"([^"]*)"|'([^']*)'|\?\s*([^?]*?)\s*\?|(\w+)|([[\](){}|]))/y;

/** Reads the notation that the head of grammar/netc.ebnf explains. Throws where it is not that. */
export function readGrammar(text: string): Grammar {
  const pieces = piecesOf(text.replace(/\(\*[\s\S]*?\*\)/g, ''));
  const rules = new Map<string, Form>();
  let at = 0;
  const ahead = (mark: string): boolean => pieces[at]?.[9] === mark;
  const take = (mark: string): void => {
    if (!ahead(mark)) throw new Error(`${mark} is missing before ${pieces[at]?.[0] ?? 'the end'}`);
    at++;
  };
  const choice = (): Form => {
    const of = [row()];
    while (ahead('|')) {
      at++;
      of.push(row());
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of };
  };
  const row = (): Form => {
    const of: Form[] = [];
    while (at < pieces.length && !pieces[at]![2] && !['|', ')', ']', '}'].some(ahead))
      of.push(one());
    return of.length === 1 ? of[0]! : { kind: 'row', of };
  };
  const one = (): Form => {
    const [, , , from, to, double, single, words, name] = pieces[at]!;
    const text = double ?? single;
    if (from) return next({ kind: 'range', from, to: to! });
    if (text !== undefined) return next({ kind: 'text', text });
    if (words !== undefined) return next({ kind: 'words', words });
    if (name) return next({ kind: 'rule', name });
    const close = ahead('[') ? ']' : ahead('{') ? '}' : ')';
    at++;
    const of = choice();
    take(close);
    return close === ')' ? of : { kind: close === ']' ? 'optional' : 'repeated', of };
  };
  const next = (form: Form): Form => {
    at++;
    return form;
  };
  while (at < pieces.length) {
    const name = pieces[at++]![1];
    if (!name || rules.has(name)) throw new Error(`a new rule is wanted, found ${name}`);
    rules.set(name, choice());
  }
  return rules;
}

function piecesOf(text: string): RegExpExecArray[] {
  const pieces: RegExpExecArray[] = [];
  piece.lastIndex = 0;
  const end = text.trimEnd().length;
  while (piece.lastIndex < end) {
    const from = piece.lastIndex;
    const found = piece.exec(text);
    if (!found) throw new Error(`not EBNF: ${text.slice(from, from + 30)}`);
    pieces.push(found);
  }
  return pieces;
}

/** Every form of a grammar, with those inside others. */
export function formsOf(grammar: Grammar): Form[] {
  const inside = (form: Form): Form[] =>
    'of' in form ? [form, ...[form.of].flat().flatMap(inside)] : [form];
  return [...grammar.values()].flatMap(inside);
}

/** What ends a rule: whether `unit`, a token or a character, is this text, range, words or outer rule. */
export type Matches<T> = (form: Form, unit: T) => boolean;

/** Whether a row of units is a sentence of the rule `start`; no rule may begin with itself. */
export function recognises<T>(
  grammar: Grammar,
  start: string,
  units: readonly T[],
  matches: Matches<T>,
): boolean {
  const known = new Map<string, Set<number>>();
  const rule = (name: string, at: number): Set<number> => {
    const key = `${name} ${at}`;
    const ends = known.get(key) ?? endsOf(grammar.get(name)!, at);
    known.set(key, ends);
    return ends;
  };
  const endsOf = (form: Form, at: number): Set<number> => {
    switch (form.kind) {
      case 'any':
        return new Set(form.of.flatMap((part) => [...endsOf(part, at)]));
      case 'row': {
        let ends = new Set([at]);
        for (const part of form.of) {
          ends = new Set([...ends].flatMap((end) => [...endsOf(part, end)]));
        }
        return ends;
      }
      case 'optional':
        return new Set([at, ...endsOf(form.of, at)]);
      case 'repeated': {
        const ends = new Set([at]);
        for (const end of ends) for (const further of endsOf(form.of, end)) ends.add(further);
        return ends;
      }
      default:
        if (form.kind === 'rule' && grammar.has(form.name)) return rule(form.name, at);
        return new Set(at < units.length && matches(form, units[at]!) ? [at + 1] : []);
    }
  };
  return rule(start, 0).has(units.length);
}

/** A sentence of the rule `start`, by chance; beyond `budget` units it takes what ends soonest. */
export function sentence(
  grammar: Grammar,
  start: string,
  random: () => number,
  unitOf: (form: Form) => string,
  budget: number,
): string[] {
  const least = leastDepths(grammar);
  const units: string[] = [];
  const write = (form: Form): void => {
    const spent = units.length >= budget;
    if (form.kind === 'any') {
      const cheapest = Math.min(...form.of.map(least));
      const open = form.of.filter((part) => !spent || least(part) === cheapest);
      write(open[Math.floor(random() * open.length)]!);
    } else if (form.kind === 'row') {
      form.of.forEach(write);
    } else if (form.kind === 'optional') {
      if (!spent && random() < 0.5) write(form.of);
    } else if (form.kind === 'repeated') {
      while (units.length < budget && random() < 0.4) write(form.of);
    } else if (form.kind === 'rule' && grammar.has(form.name)) {
      write(grammar.get(form.name)!);
    } else {
      units.push(unitOf(form));
    }
  };
  write(grammar.get(start)!);
  return units;
}

/** How many rules deep the shallowest sentence of a form is. */
function leastDepths(grammar: Grammar): (form: Form) => number {
  const ofRule = new Map([...grammar.keys()].map((name) => [name, Number.POSITIVE_INFINITY]));
  const least = (form: Form): number => {
    if (form.kind === 'any') return Math.min(...form.of.map(least));
    if (form.kind === 'row') return Math.max(0, ...form.of.map(least));
    if (form.kind !== 'rule') return 0;
    return ofRule.has(form.name) ? ofRule.get(form.name)! + 1 : 0;
  };
  for (let round = 0; round <= grammar.size; round++) {
    for (const [name, form] of grammar) ofRule.set(name, least(form));
  }
  return least;
}
