import type { CstNode, ParserMethod, TokenType } from 'chevrotain';
import { CstParser } from './chevrotain.js';
import { expectations } from './expectations.js';
import * as T from './tokens.js';

/** Expressions, from the loosest to the tightest (precedence-1); `grammar.ts` adds what stands around them. */
export abstract class ExpressionParser extends CstParser {
  constructor(options: { validate: boolean }) {
    super(T.vocabulary, {
      maxLookahead: 2,
      nodeLocationTracking: 'onlyOffset',
      skipValidations: !options.validate,
      errorMessageProvider: expectations,
    });
  }

  protected abstract readonly body: ParserMethod<[], CstNode>;

  /** One operand, or several with `sign` between them. */
  private joined(name: string, sign: TokenType, operand: () => ParserMethod<[], CstNode>) {
    return this.RULE(name, () => {
      this.SUBRULE(operand());
      this.MANY(() => {
        this.CONSUME(sign);
        this.SUBRULE2(operand());
      });
    });
  }

  /** An operator between two chains of arrows is refused later, with the brackets it wants. */
  readonly expr = this.joined('expr', T.Operator, () => this.chain);

  private readonly chain = this.RULE('chain', () => {
    this.SUBRULE(this.disjunction);
    this.MANY(() => {
      this.CONSUME(T.Arrow);
      this.SUBRULE(this.stage);
    });
  });

  private readonly stage = this.RULE('stage', () => {
    this.CONSUME(T.Name);
    this.OPTION(() => this.SUBRULE(this.args));
    this.OPTION2(() => {
      this.CONSUME(T.As);
      this.CONSUME2(T.Name);
    });
  });

  private readonly disjunction = this.joined('disjunction', T.Or, () => this.conjunction);

  private readonly conjunction = this.joined('conjunction', T.And, () => this.negation);

  private readonly negation = this.RULE('negation', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.Not);
          this.SUBRULE(this.negation);
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]);
  });

  /** More than one comparison in a row is refused later. */
  private readonly comparison = this.joined('comparison', T.Comparison, () => this.sum);

  private readonly sum = this.joined('sum', T.Additive, () => this.product);

  private readonly product = this.joined('product', T.Multiplicative, () => this.unary);

  private readonly unary = this.RULE('unary', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.Minus);
          this.SUBRULE(this.unary);
        },
      },
      { ALT: () => this.SUBRULE(this.postfix) },
    ]);
  });

  private readonly postfix = this.RULE('postfix', () => {
    this.SUBRULE(this.primary);
    this.MANY(() => this.SUBRULE(this.suffix));
  });

  private readonly suffix = this.RULE('suffix', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.args) },
      {
        ALT: () => {
          this.CONSUME(T.SquareOpen);
          this.SUBRULE(this.expr);
          this.CONSUME(T.SquareClose);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.Dot);
          this.CONSUME(T.Name);
        },
      },
    ]);
  });

  private readonly primary = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(T.NumberToken) },
      { ALT: () => this.CONSUME(T.Text) },
      { ALT: () => this.CONSUME(T.True) },
      { ALT: () => this.CONSUME(T.False) },
      { ALT: () => this.CONSUME(T.Name) },
      { ALT: () => this.CONSUME(T.Missing) },
      { ALT: () => this.SUBRULE(this.brackets) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.choice) },
      { ALT: () => this.SUBRULE(this.forLoop) },
      { ALT: () => this.SUBRULE(this.repeatLoop) },
    ]);
  });

  private readonly brackets = this.RULE('brackets', () => {
    this.CONSUME(T.RoundOpen);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.expr) });
    this.CONSUME(T.RoundClose);
  });

  private readonly args = this.RULE('args', () => {
    this.CONSUME(T.RoundOpen);
    this.commaList(
      () => this.SUBRULE(this.arg),
      () => this.SUBRULE2(this.arg),
    );
    this.CONSUME(T.RoundClose);
  });

  private readonly arg = this.RULE('arg', () => {
    this.OPTION(() => {
      this.CONSUME(T.Name);
      this.CONSUME(T.Colon);
    });
    this.SUBRULE(this.expr);
  });

  protected readonly list = this.RULE('list', () => {
    this.CONSUME(T.SquareOpen);
    this.commaList(
      () => this.SUBRULE(this.item),
      () => this.SUBRULE2(this.item),
    );
    this.CONSUME(T.SquareClose);
  });

  private readonly item = this.RULE('item', () => {
    this.OPTION(() => this.CONSUME(T.Spread));
    this.SUBRULE(this.expr);
  });

  private readonly choice = this.RULE('choice', () => {
    this.CONSUME(T.If);
    this.SUBRULE(this.expr);
    this.SUBRULE(this.body);
    this.CONSUME(T.Else);
    this.OR({
      DEF: [{ ALT: () => this.SUBRULE2(this.body) }, { ALT: () => this.SUBRULE(this.choice) }],
      ERR_MSG: 'branch',
    });
  });

  private readonly forLoop = this.RULE('forLoop', () => {
    this.CONSUME(T.For);
    this.CONSUME(T.Name);
    this.CONSUME(T.In);
    this.SUBRULE(this.expr);
    this.OPTION(() => this.SUBRULE(this.start));
    this.SUBRULE(this.body);
  });

  private readonly repeatLoop = this.RULE('repeatLoop', () => {
    this.CONSUME(T.Repeat);
    this.SUBRULE(this.expr);
    this.SUBRULE(this.start);
    this.SUBRULE(this.body);
  });

  private readonly start = this.RULE('start', () => {
    this.CONSUME(T.With);
    this.SUBRULE(this.pattern);
    this.CONSUME(T.Binds);
    this.SUBRULE(this.expr);
  });

  /** Any number of things between commas, with or without a comma at the end. */
  protected commaList(first: () => void, next: () => void): void {
    this.OPTION(() => {
      first();
      this.MANY(() => {
        this.CONSUME(T.Comma);
        next();
      });
      this.OPTION2(() => this.CONSUME2(T.Comma));
    });
  }

  protected readonly pattern = this.RULE('pattern', () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(T.Name) },
        {
          ALT: () => {
            this.CONSUME(T.RoundOpen);
            this.AT_LEAST_ONE_SEP({
              SEP: T.Comma,
              DEF: () => this.CONSUME2(T.Name),
              ERR_MSG: 'name',
            });
            this.CONSUME(T.RoundClose);
          },
        },
      ],
      ERR_MSG: 'name',
    });
  });
}
