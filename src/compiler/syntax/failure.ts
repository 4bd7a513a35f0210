import type { IToken } from 'chevrotain';
import type { Expected } from '../diagnostics/messages/expected.js';
import type { SourceFile } from '../source/source.js';

/** Where the parser could not go on: at token `at`, in a rule of the grammar. */
export interface Failure {
  readonly expected: Expected;
  readonly rule: string;
  readonly tokens: readonly IToken[];
  readonly at: number;
  readonly file: SourceFile;
}

/** The one word or sign that is expected, if only one is. */
export const onlySign = ({ expected }: Failure): string | undefined =>
  expected.kind === 'sign' && !expected.orComma ? expected.sign : undefined;
