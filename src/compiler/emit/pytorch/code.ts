/** How tightly an expression of Python holds together. */
export const Level = { sum: 0, product: 1, unary: 2, atom: 3 } as const;
export type Level = (typeof Level)[keyof typeof Level];

export interface Code {
  readonly text: string;
  readonly level: Level;
}

export const atom = (text: string): Code => ({ text, level: Level.atom });

/** `code` where something of at least `level` is wanted. */
export const within = ({ text, level }: Code, wanted: Level): string =>
  level < wanted ? `(${text})` : text;

/** Numbers as Python writes them. */
export const numeral = (n: number): string => String(n).replace('Infinity', 'float("inf")');

/** `2`, or `(2, 3)` where height and width differ. */
export const pair = ([a, b]: readonly number[]): string => (a === b ? `${a}` : `(${a}, ${b})`);

// Python's, and what nn.Module has of its own.
const reserved = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield self torch nn F
  add_module apply bfloat16 buffers children compile cpu cuda double eval extra_repr float forward get_buffer get_parameter
  get_submodule half load_state_dict modules named_parameters parameters register_buffer requires_grad_ share_memory
  state_dict to to_empty train training type zero_grad`.split(/\s+/),
);

/** A name of the file, or a path within one instance, as an identifier. */
export function identifier(name: string): string {
  const valid = name.replace(/\]/g, '').replace(/\W/g, '_');
  return reserved.has(valid) ? `${valid}_` : valid;
}

/** A number of a constructor that may be a parameter of the class; `hint` is what that would be called. */
export const hole = (hint: string, value: number): string => `\u27e6${hint}:${value}\u27e7`;
export const holes = /\u27e6(\w+):(\d+)\u27e7/g;
