/** As much of Python as a module of PyTorch needs. Trees are values: what is equal in all fields is the same code. */
export interface Expression {
  readonly kind: Kind;
  readonly parts: readonly Expression[];
  /** A name, a string's value, an attribute, a keyword or an operator. */
  readonly text?: string;
  readonly value?: number;
  /** Of a number that may be a parameter of its class: what that would be called. */
  readonly hint?: string;
}

export type Kind =
  | 'name'
  | 'number'
  | 'string'
  | 'attribute'
  | 'call'
  | 'keyword'
  | 'binary'
  | 'negative'
  | 'index'
  | 'slice'
  | 'tuple'
  | 'list'
  | 'comprehension'
  | 'dictionary'
  | 'starred';

export type Statement =
  | {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      readonly values: readonly Expression[];
    }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly count: number;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'return'; readonly values: readonly Expression[] }
  | { readonly kind: 'run'; readonly values: readonly [Expression] };

export interface PythonFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly doc?: string | undefined;
  readonly body: readonly Statement[];
}

export interface PythonClass {
  readonly kind: 'class';
  readonly name: string;
  readonly base: string;
  readonly doc?: string | undefined;
  readonly body: readonly PythonFunction[];
}

export interface PythonModule {
  readonly doc: string;
  readonly imports: readonly string[];
  readonly body: readonly (PythonFunction | PythonClass)[];
}

export const made = (kind: Kind, parts: readonly Expression[], text?: string): Expression => ({
  kind,
  parts,
  ...(text !== undefined && { text }),
});

export const name = (text: string): Expression => made('name', [], text);
export const number = (value: number): Expression => ({ kind: 'number', parts: [], value });
export const hinted = (hint: string, value: number): Expression => ({ ...number(value), hint });
export const tuple = (parts: readonly Expression[]): Expression => made('tuple', parts);
/** `[value for _ in range(count)]`. */
export const comprehension = (value: Expression, count: number): Expression =>
  made('comprehension', [value], `${count}`);
export const attribute = (of: Expression, text: string): Expression =>
  made('attribute', [of], text);
/** `torch.cat`. */
export const dotted = (path: string): Expression => {
  const [first, ...others] = path.split('.');
  return others.reduce(attribute, name(first!));
};
/** `text=value`, of an argument or an entry; none without a value. */
export const keywords = (
  given: Readonly<Record<string, Expression | undefined>>,
): readonly Expression[] =>
  Object.entries(given).flatMap(([text, value]) => (value ? [made('keyword', [value], text)] : []));
export const assign = (
  targets: readonly Expression[],
  ...values: readonly Expression[]
): Statement => ({ kind: 'assign', targets, values });
