import type { Callable } from './pickle.js';
import type { StorageRef, TensorRef } from './tensors.js';

/** What a pickle comes to; tuples, lists and sets are arrays, a value without content is an `Inert`. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | Callable
  | StorageRef
  | TensorRef
  | Inert;

/** A value whose content does not matter to tensors: a device, an element type. */
export class Inert {
  constructor(readonly name: string) {}
}

/** The file is damaged: the message says where. */
export class PickleError extends Error {}

/** The file holds `what`, which is not known to be harmless. */
export class Refusal extends Error {
  constructor(readonly what: string) {
    super(what);
  }
}

/** Reads bytes in order; past the end is a `PickleError`. */
export class ByteCursor {
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Uint8Array {
    const end = this.at + count;
    if (!(end <= this.bytes.length)) {
      throw new PickleError(`it ends at byte ${this.bytes.length}, before byte ${end}`);
    }
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  /** A little-endian whole number from 0 on. */
  uint(bytes: 2 | 4 | 8): number {
    const { at } = this;
    this.take(bytes);
    if (bytes === 2) return this.#view.getUint16(at, true);
    if (bytes === 4) return this.#view.getUint32(at, true);
    return Number(this.#view.getBigUint64(at, true));
  }

  int32(): number {
    const { at } = this;
    this.take(4);
    return this.#view.getInt32(at, true);
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    const { at } = this;
    this.take(8);
    return this.#view.getFloat64(at);
  }

  /** The text up to the next line feed. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new PickleError('a line has no end');
    const text = new TextDecoder('latin1').decode(this.take(end - this.at));
    this.at++;
    return text;
  }

  index(): number {
    const line = this.line();
    if (/^\d{1,10}$/.test(line)) return Number(line);
    throw new PickleError(`${JSON.stringify(line.slice(0, 20))} is no index`);
  }
}
