/**
 * Many numbers from one seed, fast: the xorshift generator of Marsaglia (2003) with 32 bits. For fields and noise, of
 * which a patch takes as many as it has pixels; what decides about a patch comes from `randomOf`.
 */
export function fillUniform(out: Float32Array, seed: number): void {
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  for (let i = 0; i < out.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    out[i] = (state >>> 0) / 2 ** 32;
  }
}

/** Mean 0, standard deviation 1: the two of a pair (Box and Muller 1958). */
export function fillNormal(out: Float32Array, seed: number): void {
  fillUniform(out, seed);
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(Math.max(out[i]!, 2 ** -33)));
    const angle = 2 * Math.PI * (i + 1 < out.length ? out[i + 1]! : 0);
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
}
