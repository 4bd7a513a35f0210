import { Values } from './random-values.js';
import type { Namer, Scope, Signature } from './scope.js';

const operations = [
  'relu',
  'relu()',
  'tanh',
  'identity',
  'leakyRelu(slope: 0.2)',
  'dropout(0.5)',
  'Scale(init: 1e-6)',
  'abs',
];

/** Expressions that give images, which all have four channels and one size. */
export class Images {
  readonly values: Values;

  constructor(
    readonly scope: Scope,
    readonly namer: Namer,
    /** How deep expressions may still go. */
    readonly depth: number,
  ) {
    this.values = new Values(scope);
  }

  private get dice() {
    return this.scope.dice;
  }

  private inner(scope = this.scope): Images {
    return new Images(scope, this.namer, this.depth - 1);
  }

  /** Any expression that gives an image, arrows and operators among them. */
  image(): string {
    if (this.depth <= 0) return this.known();
    switch (this.dice.below(8)) {
      case 0:
      case 1:
      case 2:
        return this.pipeline();
      case 3:
        return this.operation();
      case 4:
        return this.choice();
      case 5:
        return this.fold();
      case 6:
        return this.entry();
      default:
        return this.known();
    }
  }

  private known(): string {
    return this.dice.pick(this.scope.of('image'));
  }

  /** What may stand beside an operator or left of an arrow. */
  private operand(): string {
    if (this.depth <= 0 || this.dice.chance(0.4)) return this.known();
    const inner = this.inner();
    const others = [() => `(${inner.image()})`, () => inner.entry(), () => `(${inner.pipeline()})`];
    return this.dice.pick([...others, () => inner.choice(), () => inner.fold()])();
  }

  private pipeline(): string {
    const stages = this.dice.several(1, 4, () => this.stages()).join(' -> ');
    if (this.dice.chance(0.2)) return `${this.list()} -> ${this.join(false)} -> ${stages}`;
    if (this.dice.chance(0.2)) return `${this.pair()} -> ${this.join(true)} -> ${stages}`;
    return `${this.operand()} -> ${stages}`;
  }

  private pair(): string {
    const inner = this.inner();
    return `(${inner.image()}, ${inner.image()})`;
  }

  /** Makes one image of several; only a block of two inputs minds how many. */
  private join(two: boolean): string {
    const mine = two ? this.scope.blocks.filter(({ inputs }) => inputs === 2) : [];
    if (mine.length > 0 && this.dice.chance(0.5)) return this.applied(this.dice.pick(mine));
    return this.dice.pick(['add', `concat -> Conv(${this.values.four()})`]);
  }

  private stages(): string {
    const { dice } = this;
    if (dice.chance(0.1)) return 'maxPool(2) -> upsample(2, mode: "bilinear")';
    const instances = this.scope.of('instance');
    if (instances.length > 0 && dice.chance(0.2)) return dice.pick(instances);
    const unit = this.unit();
    return /^[A-Z]/.test(unit) && dice.chance(0.15) ? `${unit} as ${this.namer.lower()}` : unit;
  }

  /** A block or an operation that keeps shapes, configured. */
  unit(): string {
    const { dice, values } = this;
    const mine = this.scope.blocks.filter(({ inputs }) => inputs === 1);
    const units = this.scope.of('unit');
    if (units.length > 0 && dice.chance(0.3)) return dice.pick(units);
    if (mine.length > 0 && dice.chance(0.25)) return this.applied(dice.pick(mine));
    const convolution = dice.pick([
      () => `Conv(${values.four()})`,
      () =>
        `Conv(${values.four()}, kernel: [1, 3], padding: ${values.mode()}, bias: ${values.flag()},)`,
      () => `Conv(channels: ${values.four()}, kernel: 1)`,
      () => 'BatchNorm',
      () => 'BatchNorm()',
      () => 'GroupNorm(groups: 2)',
    ]);
    return dice.chance(0.5) ? convolution() : dice.pick(operations);
  }

  /** A block with its arguments: required ones by position or name, some of the others by name. */
  private applied({ name, parameters }: Signature): string {
    const { dice, values } = this;
    const given = parameters.filter(({ fallback }) => fallback === null || dice.chance(0.4));
    const named = dice.below(parameters.filter(({ fallback }) => fallback === null).length + 1);
    const args = given.map((parameter, i) => {
      const value = values.of(parameter.kind, () =>
        dice.pick(['relu', 'BatchNorm', 'Conv(4)', 'tanh']),
      );
      return i < named ? value : `${parameter.name}: ${value}`;
    });
    const end = args.length > 0 && dice.chance(0.1) ? ',' : '';
    return args.length === 0 && dice.chance(0.6) ? name : `${name}(${args.join(', ')}${end})`;
  }

  private operation(): string {
    const operators = this.dice.several(1, 3, () => this.dice.pick(['+', '-', '*']));
    const minus = this.dice.chance(0.1) ? '-' : '';
    return operators.reduce(
      (text, operator) => `${text} ${operator} ${this.operand()}`,
      minus + this.operand(),
    );
  }

  /** A list of three images. */
  list(): string {
    const known = this.scope.of('images');
    const inner = this.inner();
    if (known.length > 0 && this.dice.chance(0.4)) return this.dice.pick(known);
    if (known.length > 0 && this.dice.chance(0.3))
      return `[${inner.image()}, ...${this.dice.pick(known)}.rest]`;
    if (this.depth > 0 && this.dice.chance(0.3)) return `for _ in range(3) ${inner.body()}`;
    return `[${inner.image()}, ${inner.image()}, ${inner.known()}${this.dice.chance(0.2) ? ',' : ''}]`;
  }

  private entry(): string {
    const list = this.list();
    const base = list.startsWith('for ') ? `(${list})` : list;
    return (
      base + this.dice.pick(['.first', '.last', '[2]', '[4 - 3]', '.rest[0]', '.reversed.first'])
    );
  }

  private choice(): string {
    const inner = this.inner();
    const more = this.dice.chance(0.3) ? ` else if ${this.values.flag()} ${inner.body()}` : '';
    return `if ${this.values.flag()} ${inner.body()}${more} else ${inner.body()}`;
  }

  private fold(): string {
    const state = this.namer.lower();
    const scope = this.scope.inner();
    scope.add(state, 'image');
    const start = this.inner().image();
    if (this.dice.chance(0.5)) {
      return `repeat ${this.values.count()} with ${state} = ${start} ${this.inner(scope).body()}`;
    }
    const variable = this.namer.lower();
    scope.add(variable, this.dice.chance(0.5) ? 'four' : 'image');
    const over = scope.of('four').includes(variable) ? this.values.widths() : this.inner().list();
    return `for ${variable} in ${over} with ${state} = ${start} ${this.inner(scope).body()}`;
  }

  /** Braces, some lines and a result. */
  body(least = 0): string {
    const scope = this.scope.inner();
    const lines = this.dice.several(least, this.depth > 1 ? 3 : 1, () => this.line(scope));
    const value = new Images(scope, this.namer, this.depth).image();
    // A minus at the start of a line would go on with the line before.
    const result = value.startsWith('-') ? `(${value})` : value;
    return `{\n${[...lines, result].join('\n')}\n}`;
  }

  /** A statement that is no result, which adds its names to `scope`. */
  line(scope: Scope): string {
    const { dice, namer } = this;
    const here = new Images(scope, namer, this.depth - 1);
    const [a, b] = [namer.lower(), namer.lower()];
    const bind = (
      text: string,
      ...kinds: (readonly [string, Parameters<Scope['add']>[1]])[]
    ): string => {
      for (const [name, kind] of kinds) scope.add(name, kind);
      return text;
    };
    switch (dice.below(8)) {
      case 0:
        return `require ${here.values.flag()} or true, ${here.values.message()}`;
      case 1:
        return bind(
          `shared ${a} = ${dice.pick(['Conv(4)', 'BatchNorm', 'Conv(4, bias: false,)'])}`,
          [a, 'instance'],
        );
      case 2:
        return bind(`let ${a} = ${here.values.four()}`, [a, 'four']);
      case 3:
        return bind(`let ${a} = ${here.list()}`, [a, 'images']);
      case 4:
        return bind(
          `let (${a}, ${dice.chance(0.3) ? '_' : b}${dice.chance(0.5) ? `) = ${here.pair()}` : `, _) = ${here.list()}`}`,
          [a, 'image'],
        );
      case 5:
        return bind(
          `let (${a}, ${b}) = repeat ${here.values.count()} with (${a}s, ${b}s) = ${here.pair()} { (${b}s, ${a}s -> relu) }`,
          [a, 'image'],
          [b, 'image'],
        );
      default:
        return bind(`let ${a} = ${here.image()}`, [a, 'image']);
    }
  }
}
