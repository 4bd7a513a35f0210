/**
 * 2 / sqrt(pi) exp(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...): no term changes sign, so nothing cancels
 * (Abramowitz and Stegun 7.1.6). From 6 on, 1 - erf(x) is below half a unit in the last place.
 */
export function errorFunction(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let sum = 0;
  let term = x;
  for (let n = 0; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 3);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
