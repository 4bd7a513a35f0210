import type { Span } from '../../source/source.js';
import type { Advice } from './entry.js';
import { replace } from './words.js';

/** A word of another library for a key: what netc calls it, with a value, or what to do in its place. */
export type ForeignKey =
  | { readonly advice: string }
  | {
      readonly path: string;
      readonly value: string;
      /** Whether netc has it in the same section. */
      readonly isBeside: boolean;
    };

/** What was given to `--set`; undefined for what stands in a file. */
export const onCommandLine = ({ file }: Span): string | undefined =>
  file.path.startsWith('--set ') ? file.text : undefined;

/** What netc calls a key of another library; `span` is the key, or the value that `--set` gave it. */
export function foreignKeyAdvice(foreign: ForeignKey, span: Span): Advice {
  if ('advice' in foreign) return foreign.advice;
  const { path, value, isBeside } = foreign;
  const given = onCommandLine(span);
  if (given !== undefined) {
    // A value that is a whole section is shown as it is written, not as it was given.
    const shown = value.startsWith('{') ? `'${value}'` : given;
    return `netc calls it ${path}: --set ${path}=${shown}`;
  }
  const steps = path.split('.');
  const message = `netc calls it ${path}: \`${inYaml(steps, value)}\``;
  const isPlain = isBeside && !/^[[{]/.test(value);
  return isPlain ? replace(span, `${steps.at(-1)}`, message) : message;
}

const inYaml = ([first = '', ...rest]: readonly string[], value: string): string =>
  `${first}: ${rest.length === 0 ? value : `{${inYaml(rest, value)}}`}`;
