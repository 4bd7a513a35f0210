import { EngineError } from '../errors/errors.js';
import type { Tensors, Timing } from './engine.js';

/** A program loaded into this thread: what an engine's worker holds. Its calls block until they are answered. */
export interface Session {
  readonly description: string;
  /** @throws EngineError when the inputs are not the function's, or the engine cannot run it */
  run(fn: string, inputs: Tensors): Tensors;
  /** @throws EngineError as `run`, and where the program was not loaded to time the function */
  time(fn: string, inputs: Tensors): Timing;
  /** Every variable by its path. */
  read(): Tensors;
  /** Sets every variable. */
  write(variables: Tensors): void;
  tensorCount(): number;
  close(): void;
}

/** @throws EngineError unless exactly the inputs that `fn` takes are given */
export function requireInputs(fn: string, wanted: readonly string[], given: Tensors): void {
  const missing = wanted.filter((name) => !(name in given));
  const unknown = Object.keys(given).filter((name) => !wanted.includes(name));
  if (missing.length > 0) throw new EngineError(`'${fn}' lacks the input ${list(missing)}.`);
  if (unknown.length > 0) throw new EngineError(`'${fn}' has no input ${list(unknown)}.`);
}

const list = (names: readonly string[]): string =>
  names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');

/** Milliseconds that `action` takes, and what it gives. */
export function clocked<T>(action: () => T): { readonly took: number; readonly result: T } {
  const begin = performance.now();
  const result = action();
  return { took: performance.now() - begin, result };
}

/** What goes wrong in `action` becomes an EngineError: `failure`, and the words of what was thrown. */
export function explained<T>(failure: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`${failure}: ${(error as Error).message}`, { cause: error });
  }
}
