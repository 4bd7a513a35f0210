import type { Tensors } from './engine.js';

/** What a client asks of the worker that holds its session. */
export type Request =
  | { readonly do: 'describe' }
  | { readonly do: 'run'; readonly fn: string; readonly inputs: Tensors }
  | { readonly do: 'read' }
  | { readonly do: 'write'; readonly variables: Tensors }
  | { readonly do: 'count' }
  | { readonly do: 'close' };

/** What each request gets back. */
export interface Results {
  describe: string;
  run: Tensors;
  read: Tensors;
  write: null;
  count: number;
  close: null;
}

export interface Reply {
  readonly result?: Results[keyof Results];
  readonly error?: string;
}

/** What moves with a message, so that it is not copied. */
export const buffersOf = (tensors: Tensors): ArrayBuffer[] =>
  Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer);
