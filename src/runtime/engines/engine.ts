/** Values on the JavaScript side, row-major; images are NHWC. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** By the names the program gives its inputs, outputs and variables. */
export type Tensors = Readonly<Record<string, HostTensor>>;

/** How long a call took, in milliseconds. */
export interface Timing {
  /** As it always runs. */
  readonly whole: number;
  /** Once more, node after node and the clock read between them; the rest of this is of that. */
  readonly apart: number;
  /** Each node of the function's graph, in its order. */
  readonly nodes: readonly number[];
  /** The updates that no node makes in place. */
  readonly assignments: number;
}

/** A compiled program with its variables inside. Calls run in the order they were made; all reject with `EngineError`. */
export interface Engine {
  readonly name: 'tensorflow' | 'portable' | 'reference';
  /** What the bits of a result depend on beside the type of CPU: `TensorFlow 2.21.0, CPU, 2 threads, oneDNN, netc kernels 0c8f6e1d2a3b`. */
  readonly description: string;
  /** Runs a function of the program (`train`, `predict`, `moments`) and updates the variables it updates. */
  call(fn: string, inputs: Tensors): Promise<Tensors>;
  /**
   * Runs a function twice, as `call` does and node after node: its variables are updated twice. The engine must have been opened to
   * time this function.
   */
  time(fn: string, inputs: Tensors): Promise<Timing>;
  /** Every variable by its path. */
  read(): Promise<Tensors>;
  /** Sets every variable. */
  write(variables: Tensors): Promise<void>;
  /** Tensors alive in the backend; the same after every call, or something leaks. */
  tensorCount(): Promise<number>;
  close(): Promise<void>;
}
