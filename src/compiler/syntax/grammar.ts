import { ExpressionParser } from './expression-grammar.js';
import * as T from './tokens.js';

/**
 * The grammar of docs/reference.md (grammar-1), a little wider: what it takes too much is refused by
 * the tree builder, which can say why. `Missing` stands for text already reported.
 */
export class NetParser extends ExpressionParser {
  constructor(options: { validate: boolean }) {
    super(options);
    this.performSelfAnalysis();
  }

  /** One definition; a file is a row of them. */
  readonly top = this.RULE('top', () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.imports) },
        { ALT: () => this.SUBRULE(this.block) },
        { ALT: () => this.SUBRULE(this.model) },
      ],
      ERR_MSG: 'definition',
    });
  });

  private readonly imports = this.RULE('imports', () => {
    this.CONSUME(T.Import);
    this.CONSUME(T.CurlyOpen);
    this.AT_LEAST_ONE_SEP({
      SEP: T.Comma,
      DEF: () => this.SUBRULE(this.imported),
      ERR_MSG: 'name',
    });
    this.CONSUME(T.CurlyClose);
    this.CONSUME(T.From);
    this.CONSUME(T.Text);
  });

  private readonly imported = this.RULE('imported', () => {
    this.CONSUME(T.Name);
    this.OPTION(() => {
      this.CONSUME(T.As);
      this.CONSUME2(T.Name);
    });
  });

  private readonly block = this.RULE('block', () => {
    this.CONSUME(T.Block);
    this.CONSUME(T.Name);
    this.SUBRULE(this.params);
    this.OPTION(() => this.SUBRULE2(this.params));
    this.SUBRULE(this.body);
  });

  private readonly model = this.RULE('model', () => {
    this.CONSUME(T.Model);
    this.CONSUME(T.Name);
    this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(T.Binds);
            this.SUBRULE(this.expr);
          },
        },
        {
          ALT: () => {
            this.OPTION(() => this.SUBRULE(this.params));
            this.SUBRULE(this.body);
          },
        },
      ],
      ERR_MSG: 'model',
    });
  });

  private readonly params = this.RULE('params', () => {
    this.CONSUME(T.RoundOpen);
    this.commaList(
      () => this.SUBRULE(this.param),
      () => this.SUBRULE2(this.param),
    );
    this.CONSUME(T.RoundClose);
  });

  private readonly param = this.RULE('param', () => {
    this.CONSUME(T.Name);
    this.OPTION(() => {
      this.CONSUME(T.Binds);
      this.SUBRULE(this.expr);
    });
  });

  protected readonly body = this.RULE('body', () => {
    this.CONSUME(T.CurlyOpen);
    this.SUBRULE(this.statement);
    this.MANY({
      MAX_LOOKAHEAD: 1,
      DEF: () => {
        this.CONSUME(T.NewLine);
        this.SUBRULE2(this.statement);
      },
    });
    this.CONSUME(T.CurlyClose);
  });

  private readonly statement = this.RULE('statement', () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.inputLine) },
        { ALT: () => this.SUBRULE(this.outputLine) },
        { ALT: () => this.SUBRULE(this.letLine) },
        { ALT: () => this.SUBRULE(this.sharedLine) },
        { ALT: () => this.SUBRULE(this.requireLine) },
        { ALT: () => this.SUBRULE(this.expr) },
      ],
      ERR_MSG: 'statement',
    });
  });

  private readonly inputLine = this.RULE('inputLine', () => {
    this.CONSUME(T.Input);
    this.CONSUME(T.Name);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.list);
  });

  private readonly outputLine = this.RULE('outputLine', () => {
    this.CONSUME(T.Output);
    this.CONSUME(T.Name);
    this.CONSUME(T.Binds);
    this.SUBRULE(this.expr);
  });

  private readonly letLine = this.RULE('letLine', () => {
    this.CONSUME(T.Let);
    this.SUBRULE(this.pattern);
    this.CONSUME(T.Binds);
    this.SUBRULE(this.expr);
  });

  private readonly sharedLine = this.RULE('sharedLine', () => {
    this.CONSUME(T.Shared);
    this.CONSUME(T.Name);
    this.CONSUME(T.Binds);
    this.SUBRULE(this.expr);
  });

  private readonly requireLine = this.RULE('requireLine', () => {
    this.CONSUME(T.Require);
    this.SUBRULE(this.expr);
    this.CONSUME(T.Comma);
    this.CONSUME(T.Text);
  });
}
