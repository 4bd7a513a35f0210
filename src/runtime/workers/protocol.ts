import { EngineError, InputError, MachineError } from '../errors/errors.js';

/** What a worker offers: functions of plain data, by name. */
export type Service = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A call of one of its functions, or the end. */
export type Request =
  | { readonly id: number; readonly call: string; readonly args: readonly unknown[] }
  | { readonly close: true };

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problem: Problem };

/** An error on its way to the other thread, which knows no classes of this one. */
export interface Problem {
  readonly name: string;
  readonly texts: readonly string[];
  /** `ENOSPC` and so on, of an error of the system: whether the machine is at fault. */
  readonly code?: string | undefined;
}

export const problemOf = (error: NodeJS.ErrnoException): Problem =>
  error instanceof InputError
    ? { name: 'InputError', texts: error.problems }
    : { name: error.name, texts: [error.message], code: error.code };

/** The error again, of the class it had where that is one of netc's. */
export function errorOf({ name, texts, code }: Problem): Error {
  if (name === 'InputError') return new InputError(...texts);
  const Class = { EngineError, MachineError }[name] ?? Error;
  return Object.assign(new Class(texts[0]), code === undefined ? {} : { code });
}

/** The memory of all arrays in a message: it moves with the message, so that it is not copied. */
export const buffersIn = (value: unknown): ArrayBuffer[] => [...new Set(eachBuffer(value))];

function eachBuffer(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(eachBuffer);
}
