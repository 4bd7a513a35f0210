import { littleEndian, type WeightTensor } from '../weights.js';
import { type AttributeValue, DataType, type NodeProto, type TensorProto } from './proto.js';

/** An ONNX tensor by name. */
export type Tensor = string;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Collects the nodes and initialisers of one GraphProto. Names are unique; equal constants are one initialiser. */
export class OnnxGraph {
  readonly nodes: NodeProto[] = [];
  readonly initialisers: TensorProto[] = [];
  readonly #taken = new Map<string, number>();
  readonly #constants = new Map<string, Tensor>();

  /** `name` where it is free, else `name_1`, `name_2`, ... */
  unique(name: string): string {
    let unique = name;
    while (this.#taken.has(unique)) {
      const count = this.#taken.get(name) as number;
      this.#taken.set(name, count + 1);
      unique = `${name}_${count}`;
    }
    this.#taken.set(unique, 1);
    return unique;
  }

  /** Adds a node that writes `outputs`, which are unique; it is called as its first output is. */
  node(
    opType: string,
    input: readonly Tensor[],
    attributes: Attributes,
    outputs: readonly Tensor[],
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => ({ name, ...value }));
    this.nodes.push({ name: outputs[0]!, opType, input, output: outputs, attribute });
  }

  initialiser(name: string, { shape, data }: WeightTensor): Tensor {
    const dataType = data instanceof Float32Array ? DataType.float : DataType.int32;
    const unique = this.unique(name);
    this.initialisers.push({ name: unique, dims: shape, dataType, rawData: littleEndian(data) });
    return unique;
  }

  /** A float of rank 0. */
  scalar(value: number): Tensor {
    return this.#constant(`constant/${value}`, () => ({
      dims: [],
      dataType: DataType.float,
      rawData: littleEndian(Float32Array.of(value)),
    }));
  }

  /** 64-bit integers of rank 1, as shapes and axes are. */
  integers(values: readonly number[]): Tensor {
    return this.#constant(`integers/${values.join('x')}`, () => {
      const rawData = new Uint8Array(values.length * 8);
      const view = new DataView(rawData.buffer);
      values.forEach((value, i) => {
        view.setBigInt64(8 * i, BigInt(value), true);
      });
      return { dims: [values.length], dataType: DataType.int64, rawData };
    });
  }

  #constant(key: string, make: () => Omit<TensorProto, 'name'>): Tensor {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.unique(key);
    this.initialisers.push({ name, ...make() });
    this.#constants.set(key, name);
    return name;
  }
}
