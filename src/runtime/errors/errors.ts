import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';

/** What was given is at fault: an experiment, an image, a run folder. Exit status 1. */
export class InputError extends Error {
  readonly problems: readonly string[];

  /** @param problems every independent problem, one sentence each, with a suggestion. */
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

/** A text is at fault, with the place of each error. Exit status 1. */
export class DiagnosedError extends InputError {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(...diagnostics.map(({ code, message }) => `${code}: ${message}`));
    this.name = 'DiagnosedError';
  }
}

/** The engine could not be opened or a call into it failed. */
export class EngineError extends MachineError {
  override name = 'EngineError';
}

/** More memory is needed than there is. */
export class MemoryError extends MachineError {
  override name = 'MemoryError';
}

/** What was asked for takes so much of the memory that it is to have a process of its own; its message says how to go on where that dies. */
export class NeedsOwnProcess extends Error {}
