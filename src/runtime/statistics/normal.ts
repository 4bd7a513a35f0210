/**
 * The chance that a standard normal value is above `z`, for z of 0 or more, to 1e-14 of itself. A series near the
 * middle (Abramowitz and Stegun 26.2.11), the continued fraction of 26.2.14 in the tail.
 */
export function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z >= 3) {
    let fraction = z;
    for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - density * sum;
}
