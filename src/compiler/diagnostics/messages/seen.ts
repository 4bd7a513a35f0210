import { counted } from './words.js';

/** What a value or an expression is, as far as it is known: what a message calls it. */
export type Seen =
  | { readonly kind: 'number'; readonly value: number | null }
  /** Null where nothing is evaluated yet. */
  | { readonly kind: 'list'; readonly length: number | null }
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'string'; readonly text: string | null }
  | { readonly kind: 'boolean' | 'tensor' | 'value' }
  | {
      readonly kind: 'block' | 'operation' | 'model' | 'instance' | 'function';
      readonly name: string;
    };

/** `the number 2.5`, `a list of 3`, `the block Conv`. */
export function seenAs(seen: Seen): string {
  switch (seen.kind) {
    case 'number':
      return seen.value === null ? 'a number' : `the number ${seen.value}`;
    case 'list':
      return seen.length === null ? 'a list' : `a list of ${seen.length}`;
    case 'several':
      return counted(seen.count, 'value');
    case 'instance':
      return `the shared instance ${seen.name}`;
    case 'block':
    case 'operation':
    case 'model':
    case 'function':
      return `the ${seen.kind} ${seen.name}`;
    default:
      return `a ${seen.kind}`;
  }
}
