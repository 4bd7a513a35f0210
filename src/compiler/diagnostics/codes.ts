import type { Severity } from './diagnostic.js';

interface CodeEntry {
  readonly title: string;
  readonly severity: Severity;
}

const error = (title: string): CodeEntry => ({ title, severity: 'error' });
const warning = (title: string): CodeEntry => ({ title, severity: 'warning' });

/**
 * Every mistake netc can name. A code is stable: it is never given to another mistake.
 * 00xx text and syntax, 01xx names, 02xx configuration and values, 03xx application and instances,
 * 04xx shapes and sizes, 05xx models and variants, 06xx the experiment's side, 09xx warnings.
 */
export const codes = {
  NET0001: error('Unexpected character'),
  NET0002: error('Unexpected word'),
  NET0003: error('String without an end'),
  NET0004: error('Bracket without its partner'),
  NET0101: error('Unknown name'),
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
