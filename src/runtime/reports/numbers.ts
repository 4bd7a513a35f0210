const prefixes = ['', ' k', ' M', ' G', ' T', ' P'] as const;

/** `39.4 M`: three digits and a prefix of a thousand, for a reader who compares. */
export function short(n: number): string {
  let [value, power] = [n, 0];
  while (value >= 999.5 && power < prefixes.length - 1) {
    value /= 1000;
    power++;
  }
  const text = power === 0 ? String(n) : value.toPrecision(3);
  return `${text}${prefixes[power]}`;
}

/** `39,442,925`. */
export const grouped = (n: number): string => n.toLocaleString('en-US');
