/**
 * How a variable starts. The values depend on seed, path and shape alone (paths-3).
 * `normal` and `uniform` are centred at 0; `scale` is the standard deviation or the half width. `bilinear` is for the
 * kernel of a transposed convolution whose strides are `factors`.
 */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly scale: number }
  | { readonly kind: 'uniform'; readonly scale: number }
  | { readonly kind: 'bilinear'; readonly factors: readonly [number, number] };

export const constant = (value: number): Initializer => ({ kind: 'constant', value });

/** The schemes a `.net` file may name, from the fan of the kernel; sources in docs/reference.md. */
export const schemes = {
  /** He et al. 2015: variance 2 / fan in. */
  he_normal: (fanIn: number): Initializer => ({ kind: 'normal', scale: Math.sqrt(2 / fanIn) }),
  he_uniform: (fanIn: number): Initializer => ({ kind: 'uniform', scale: Math.sqrt(6 / fanIn) }),
  /** Glorot and Bengio 2010: variance 2 / (fan in + fan out). */
  glorot_normal: (fanIn: number, fanOut: number): Initializer => ({
    kind: 'normal',
    scale: Math.sqrt(2 / (fanIn + fanOut)),
  }),
  glorot_uniform: (fanIn: number, fanOut: number): Initializer => ({
    kind: 'uniform',
    scale: Math.sqrt(6 / (fanIn + fanOut)),
  }),
  zeros: (): Initializer => constant(0),
} satisfies Record<string, (fanIn: number, fanOut: number) => Initializer>;

export type Scheme = keyof typeof schemes;
