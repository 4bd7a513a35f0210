/** With the exponential of a number not above 0, so that it can't overflow. */
export function logistic(x: number): number {
  const decay = Math.exp(-Math.abs(x));
  return (x < 0 ? decay : 1) / (1 + decay);
}
