/** Values on the JavaScript side, row-major; images are NHWC. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** By the names the program gives its inputs, outputs and variables. */
export type Tensors = Readonly<Record<string, HostTensor>>;

/** A compiled program with its variables inside. Calls run in the order they were made; all reject with `EngineError`. */
export interface Engine {
  readonly name: 'tensorflow' | 'portable' | 'reference';
  /** What the bits of a result depend on beside the type of CPU: `TensorFlow 2.21.0, CPU, 2 threads, oneDNN, netc kernels 0c8f6e1d2a3b`. */
  readonly description: string;
  /** Runs a function of the program (`train`, `predict`, `moments`) and updates the variables it updates. */
  call(fn: string, inputs: Tensors): Promise<Tensors>;
  /** Every variable by its path. */
  read(): Promise<Tensors>;
  /** Sets every variable. */
  write(variables: Tensors): Promise<void>;
  /** Tensors alive in the backend; the same after every call, or something leaks. */
  tensorCount(): Promise<number>;
  close(): Promise<void>;
}
