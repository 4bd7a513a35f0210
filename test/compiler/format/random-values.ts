import type { Kind, Scope } from './scope.js';

const four = ['4', '4.0', '4e0', '0.4E1', '8 / 2', '2 + 2', '5 - 1', '2 * 2', '-(-4)', '(4)'];
const fourCalls = [
  'pow(2, 2)',
  'min(4, 9)',
  'max(4, 1, 2,)',
  'floor(4.5)',
  'range(9)[4]',
  '[4].first',
  'ceil(round(3.6))',
];
const texts = ['"same"', '"torch"'];
const messages = [
  '"never"',
  '"// not a comment"',
  '"a \\" quote, { and ->"',
  '"\\\\"',
  '""',
  `"${'long '.repeat(18)}"`,
];

/** Expressions of the configuration, by what they come to. */
export class Values {
  constructor(readonly scope: Scope) {}

  /** Comes to 4; an `operand` needs no brackets beside an operator. */
  four(operand = false): string {
    const { dice } = this.scope;
    const known = this.scope.of('four');
    const images = this.scope.of('image').map((name) => `${name}.channels`);
    const tight = [...known, ...images, '4', ...fourCalls];
    if (operand) return dice.pick(tight);
    if (dice.chance(0.15))
      return `${this.four(true)} * 2 / 2 + ${this.four(true)} - ${this.four(true)}`;
    return dice.pick([...tight, ...known, ...known, ...four]);
  }

  count(): string {
    const { dice } = this.scope;
    const widths = this.scope.of('widths').map((name) => `${name}.length - 1`);
    return dice.pick([...this.scope.of('count'), ...widths, '0', '1', '2', '4 - 2', '-1 + 2']);
  }

  flag(depth = 2): string {
    const { dice } = this.scope;
    const known = this.scope.of('flag');
    if (depth === 0 || dice.chance(0.3)) return dice.pick([...known, 'true', 'false']);
    const inner = (): string => (dice.chance(0.3) ? `(${this.flag(depth - 1)})` : this.flag(0));
    const comparison = ['==', '!=', '<', '<=', '>', '>='];
    switch (dice.below(4)) {
      case 0:
        return `${inner()} ${dice.pick(['and', 'or'])} ${inner()}`;
      case 1:
        return `not ${inner()}`;
      case 2:
        return `${inner()} or not ${inner()} and ${inner()}`;
      default:
        return `${this.four()} ${dice.pick(comparison)} ${this.four()}`;
    }
  }

  widths(): string {
    const { dice } = this.scope;
    const known = this.scope.of('widths');
    if (known.length > 0 && dice.chance(0.4)) return dice.pick(known);
    const items = dice.several(1, 3, () => this.four());
    if (known.length > 0 && dice.chance(0.3)) return `[...${dice.pick(known)}.reversed, 4]`;
    const list = `[${items.join(', ')}${dice.chance(0.3) ? ',' : ''}]`;
    return dice.chance(0.2)
      ? `for _ in range(${dice.pick(['1', '2', '3'])}) { ${this.four()} }`
      : list;
  }

  mode(): string {
    return this.scope.dice.pick([...this.scope.of('mode'), ...texts]);
  }

  message(): string {
    return this.scope.dice.pick(messages);
  }

  /** A value for a parameter: what makes weights or keeps shapes is `unit`. */
  of(kind: Kind, unit: () => string): string {
    switch (kind) {
      case 'four':
        return this.four();
      case 'count':
        return this.count();
      case 'flag':
        return this.flag();
      case 'mode':
        return this.mode();
      case 'widths':
        return this.widths();
      default:
        return unit();
    }
  }
}
