import { listed } from '../diagnostics/messages/words.js';
import type { Requirement } from './requirements.js';

/** `H and W are multiples of 16`, `H = 16k + 12 (12, 28, 44, ...)`; symbols that ask the same stand together. */
export function requirementWords(requirements: readonly Requirement[]): string {
  const asking = requirements.filter(({ modulus, vanishes }) => modulus > 1 || vanishes);
  if (requirements.length === 0) return 'the sizes of its inputs are fixed';
  if (asking.length === 0) {
    const symbols = requirements.map(({ symbol }) => symbol);
    return `${listed(symbols)} ${symbols.length === 1 ? 'is' : 'are'} any size`;
  }
  const alike = new Map<string, Requirement[]>();
  for (const requirement of asking) {
    const { modulus, remainder, least } = requirement;
    const key = [modulus, remainder, least].join(' ');
    alike.set(key, [...(alike.get(key) ?? []), requirement]);
  }
  return [...alike.values()].map(sentence).join('; ');
}

function sentence(group: readonly Requirement[]): string {
  const { modulus, remainder, least, vanishes } = group[0]!;
  const symbols = group.map(({ symbol }) => symbol);
  const verb = symbols.length === 1 ? 'is' : 'are';
  if (modulus === 1) return `${listed(symbols)} ${verb} ${least} or more`;
  const from = vanishes ? `, from ${least} on` : '';
  if (remainder === 0) {
    const what = symbols.length === 1 ? `a multiple of ${modulus}` : `multiples of ${modulus}`;
    return `${listed(symbols)} ${verb} ${what}${from}`;
  }
  const examples = [0, 1, 2].map((k) => least + k * modulus).join(', ');
  return `${listed(symbols)} = ${modulus}k + ${remainder}${from} (${examples}, ...)`;
}
