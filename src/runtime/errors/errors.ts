import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';

/** What was given is at fault: an experiment, an image, a run folder. Exit status 1. */
export class InputError extends Error {
  /** Every independent problem, one sentence each, with what to do about it. */
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'InputError';
    this.problems = problems;
  }
}

/** The machine is at fault: no engine, no memory, no disk. Exit status 3. */
export class MachineError extends Error {
  override name = 'MachineError';
}

/** A text is at fault, with the place of each mistake. Exit status 1. */
export class DiagnosedError extends InputError {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(...diagnostics.map(({ code, message }) => `${code}: ${message}`));
    this.name = 'DiagnosedError';
  }
}
