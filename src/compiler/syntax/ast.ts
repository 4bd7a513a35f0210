import type { SourceFile, Span } from '../source/source.js';

/** A name as written; case tells blocks from values (names-1). */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

export interface File {
  readonly source: SourceFile;
  readonly imports: readonly Import[];
  readonly definitions: readonly Definition[];
}

export interface Import {
  readonly names: readonly { readonly name: Name; readonly as: Name | null }[];
  readonly from: { readonly text: string; readonly span: Span };
  readonly span: Span;
}

export type Definition = BlockDefinition | ModelDefinition | VariantDefinition | MissingDefinition;

interface Documented {
  /** The text of the `///` lines right above, without the slashes. */
  readonly doc: string | null;
  readonly name: Name;
  readonly span: Span;
}

export interface BlockDefinition extends Documented {
  readonly kind: 'block';
  /** Configuration; null where the block has only the list of its inputs. */
  readonly parameters: readonly Parameter[] | null;
  readonly inputs: readonly Parameter[];
  readonly body: Body;
}

export interface ModelDefinition extends Documented {
  readonly kind: 'model';
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

/** `model V = M(args)`. */
export interface VariantDefinition extends Documented {
  readonly kind: 'variant';
  readonly value: Expression;
}

/** Its head could not be read, which is reported; uses of its name are passed over in silence. */
export interface MissingDefinition extends Documented {
  readonly kind: 'missing';
}

export interface Parameter {
  readonly name: Name;
  readonly fallback: Expression | null;
  readonly span: Span;
}

export interface Body {
  readonly statements: readonly Statement[];
  /** The braces and what they hold. */
  readonly span: Span;
}

export type Statement =
  | {
      readonly kind: 'input';
      readonly name: Name;
      readonly shape: ListExpression;
      readonly span: Span;
    }
  | {
      readonly kind: 'output';
      readonly name: Name;
      readonly value: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'let';
      readonly pattern: Pattern;
      readonly value: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'shared';
      readonly name: Name;
      readonly value: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'require';
      readonly condition: Expression;
      readonly message: string;
      readonly span: Span;
    }
  | { readonly kind: 'result'; readonly value: Expression; readonly span: Span };

/** One name, or several in brackets; `_` drops a value. */
export interface Pattern {
  readonly names: readonly Name[];
  readonly bracketed: boolean;
  readonly span: Span;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or';

export type Expression =
  | NumberExpression
  | StringExpression
  | BooleanExpression
  | NameExpression
  | SeveralExpression
  | BracketExpression
  | ListExpression
  | UnaryExpression
  | BinaryExpression
  | CallExpression
  | EntryExpression
  | AttributeExpression
  | ArrowExpression
  | IfExpression
  | ForExpression
  | RepeatExpression
  | MissingExpression;

interface At {
  readonly span: Span;
}

export interface NumberExpression extends At {
  readonly kind: 'number';
  readonly value: number;
}
export interface StringExpression extends At {
  readonly kind: 'string';
  readonly value: string;
}
export interface BooleanExpression extends At {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface NameExpression extends At {
  readonly kind: 'name';
  readonly text: string;
}
/** `(a, b)`: several values side by side, not a value (values-3). */
export interface SeveralExpression extends At {
  readonly kind: 'several';
  readonly values: readonly Expression[];
}
/** `(e)`: kept, since brackets decide whether an operator may stand left of an arrow. */
export interface BracketExpression extends At {
  readonly kind: 'bracket';
  readonly value: Expression;
}
export interface ListExpression extends At {
  readonly kind: 'list';
  readonly items: readonly { readonly spread: boolean; readonly value: Expression }[];
}
export interface UnaryExpression extends At {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly operand: Expression;
}
export interface BinaryExpression extends At {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}
export interface CallExpression extends At {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
}
export interface EntryExpression extends At {
  readonly kind: 'entry';
  readonly list: Expression;
  readonly index: Expression;
}
export interface AttributeExpression extends At {
  readonly kind: 'attribute';
  readonly value: Expression;
  readonly name: Name;
}
/** `from -> stage`; a chain of arrows nests to the left. */
export interface ArrowExpression extends At {
  readonly kind: 'arrow';
  readonly from: Expression;
  readonly stage: Stage;
}
export interface IfExpression extends At {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: Body;
  readonly else: Body | IfExpression;
}
export interface ForExpression extends At {
  readonly kind: 'for';
  readonly variable: Name;
  readonly list: Expression;
  readonly fold: Fold | null;
  readonly body: Body;
}
export interface RepeatExpression extends At {
  readonly kind: 'repeat';
  readonly count: Expression;
  readonly fold: Fold;
  readonly body: Body;
}
/** Stands where recovery found no expression; already reported, so later stages pass over it in silence. */
export interface MissingExpression extends At {
  readonly kind: 'missing';
}

/** `with pattern = start`. */
export interface Fold extends At {
  readonly pattern: Pattern;
  readonly start: Expression;
}

export interface Stage extends At {
  readonly name: Name;
  /** Null without brackets; `relu` and `relu()` are told apart. */
  readonly args: readonly Argument[] | null;
  readonly as: Name | null;
}

export interface Argument extends At {
  readonly name: Name | null;
  readonly value: Expression;
}
