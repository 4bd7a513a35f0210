/** All values a symbol may have: `remainder` modulo `modulus`. `H = 16k + 12` is 12 modulo 16. */
export interface Residue {
  readonly symbol: string;
  readonly modulus: number;
  readonly remainder: number;
}

/** `H`, `H = 16k`, `H = 16k + 12`. */
export function printResidue({ symbol, modulus, remainder }: Residue): string {
  if (modulus === 1) return symbol;
  return `${symbol} = ${modulus}k${remainder === 0 ? '' : ` + ${remainder}`}`;
}
