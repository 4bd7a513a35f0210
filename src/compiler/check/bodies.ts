import { boundByLet, instead, textOf, way } from '../expand/ways-out.js';
import type { Body, Expression, ListExpression, Name, Statement } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { partsOf } from '../syntax/parts.js';
import { checkExpression, checkOne } from './expressions.js';
import { bind, type Check, type Known, type Names, unknown } from './names.js';

/** The lines of a body in its own names; what is known of its result. */
export function checkBody(c: Check, body: Body, names: Names): Known {
  for (const name of body.statements.flatMap(boundBy)) {
    if (!names.later.has(name.text)) names.later.set(name.text, name.span);
  }
  let result = unknown;
  for (const statement of body.statements) {
    if (statement.kind === 'result') result = checkExpression(c, statement.value, names);
    else checkStatement(c, statement, names);
  }
  return result;
}

function boundBy(statement: Statement): readonly Name[] {
  if (statement.kind === 'let') return statement.pattern.names;
  return 'name' in statement ? [statement.name] : [];
}

function checkStatement(c: Check, statement: Statement, names: Names): void {
  switch (statement.kind) {
    case 'input':
      for (const [axis, { value }] of statement.shape.items.entries()) {
        if (!isPlainSize(c, axis, value, statement.shape)) checkOne(c, value, names);
      }
      bind(c, statement.name, unknown, names);
      return;
    case 'output':
      checkOne(c, statement.value, names);
      bind(c, statement.name, unknown, names);
      return;
    case 'let': {
      const { pattern, value } = statement;
      const known = checkExpression(c, value, names);
      const one = pattern.names.length === 1 && value.kind !== 'several';
      for (const name of pattern.names) bind(c, name, one ? known : unknown, names, value.span);
      return;
    }
    case 'shared': {
      const { name, value } = statement;
      const known = checkOne(c, value, names);
      if (known.kind === 'instance' || known.kind === 'value') {
        const message = `only a block can be shared, this is ${known.what}`;
        const out = boundByLet(statement.span, textOf(value.span), known.kind === 'instance');
        c.diagnostics.report('NET0309', { message, span: value.span, ...out });
      }
      const what = `the shared instance ${name.text}`;
      bind(c, name, { kind: 'instance', what }, names);
      return;
    }
    case 'require':
      checkOne(c, statement.condition, names);
      return;
    case 'result':
      checkExpression(c, statement.value, names);
  }
}

/** Whether a size of an input's shape is a symbol, or is reported: one in a calculation, or one for the channels. */
function isPlainSize(c: Check, axis: number, value: Expression, shape: ListExpression): boolean {
  // Of another number of sizes that is the mistake, and no place says which of them is the channels.
  const isShape = shape.items.length === 4;
  if ((axis < 3 || !isShape) && value.kind === 'name' && isPascal(value.text)) return true;
  const symbol = firstSymbol(value);
  if (!symbol || c.module.names.has(symbol.text)) return false;
  const { text, span } = symbol;
  const message =
    axis < 3
      ? `a size of an input is one symbol or one number, and ${textOf(value.span)} is neither`
      : `the channels of an input are a number, and ${text} is a symbol`;
  const out =
    axis < 3
      ? instead(value.span, text)
      : (channelsLast(shape) ??
        way('write how many, as in `[N, H, W, 3]`, or a parameter of the model'));
  c.diagnostics.report('NET0405', { message, span: axis < 3 ? value.span : span, ...out });
  return true;
}

/** `[N, 3, H, W]`, as PyTorch has it. */
function channelsLast({ items, span }: ListExpression) {
  const [batch, channels, height, width] = items.map(({ value }) => value);
  if (!batch || !channels || !height || !width) return undefined;
  const [n, h, w] = [batch, height, width].map((size) => textOf(size.span));
  const words = 'channels come last: write';
  if (channels.kind === 'number') {
    const last = `[${n}, ${h}, ${w}, ${textOf(channels.span)}]`;
    return instead(span, last, `${words} \`${last}\``);
  }
  const isNamed = channels.kind === 'name' && channels.text === 'C';
  return isNamed ? way(`${words} \`[${n}, ${h}, ${w}, 3]\`, with their number`) : undefined;
}

function firstSymbol(e: Expression): Extract<Expression, { kind: 'name' }> | undefined {
  if (e.kind === 'name') return /^[A-Z]\d*$/.test(e.text) ? e : undefined;
  return partsOf(e)
    .map(firstSymbol)
    .find((found) => found !== undefined);
}
