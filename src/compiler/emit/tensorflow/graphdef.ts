import { littleEndian, type WeightTensor } from '../weights.js';
import {
  type AttrValue,
  DataType,
  encodeAttr,
  type NodeDef,
  type TensorProto,
  type TensorShape,
} from './proto.js';

/** A TensorFlow tensor by name: `node` for the first output of a node, `node:1` for its second. */
export type Tensor = string;
export type Attrs = Readonly<Record<string, AttrValue>>;

/** Those of `interned`, of which a network has a few dozen: their encodings are worth keeping. */
const internedValues = new WeakSet<AttrValue>();

/** The same object for the same argument, by which its encoding is found again. */
function interned<A>(make: (argument: A) => AttrValue): (argument: A) => AttrValue {
  const made = new Map<unknown, AttrValue>();
  return (argument) => {
    const key = Array.isArray(argument) ? argument.join() : argument;
    const known = made.get(key);
    if (known) return known;
    const value = make(argument);
    made.set(key, value);
    internedValues.add(value);
    return value;
  };
}

export const type = interned((type: DataType) => ({ type }));
export const text = interned((s: string) => ({ s }));
export const integer = interned((i: number) => ({ i }));
export const real = interned((f: number) => ({ f }));
export const flag = interned((b: boolean) => ({ b }));
export const integers = interned((i: readonly number[]) => ({ list: { i } }));
/** -1 for a size known only at run time. */
export const shapeAttr = interned((sizes: readonly number[]) => ({ shape: shapeOf(sizes) }));

export function shapeOf(sizes: readonly number[]): TensorShape {
  return { dim: sizes.map((size) => ({ size })) };
}

/** One of several outputs of the node whose first output is `tensor`. */
export const outputOf = (tensor: Tensor, index: number): Tensor =>
  index === 0 ? tensor : `${tensor}:${index}`;

/** The input that orders a node after the one that makes `tensor`, without taking its value. */
export const after = (tensor: Tensor): string => `^${tensor.split(':')[0]}`;

/** A list of entries, and by the entry that follows those one longer. */
interface EntryList {
  readonly entries: readonly Uint8Array[];
  readonly longer: Map<Uint8Array, EntryList>;
}

function longer(list: EntryList, entry: Uint8Array): EntryList {
  const known = list.longer.get(entry);
  if (known) return known;
  const made = { entries: [...list.entries, entry], longer: new Map() };
  list.longer.set(entry, made);
  return made;
}

/**
 * Collects the nodes of one GraphDef. Names are made valid and unique, and equal constants are one node.
 */
export class GraphDefBuilder {
  readonly nodes: NodeDef[] = [];
  /** The names there are, with the number that makes the next of the same name another. */
  readonly #taken = new Map<string, number>();
  readonly #constants = new Map<string, Tensor>();
  readonly #encodings = new Map<AttrValue, Map<string, Uint8Array>>();
  readonly #lists: EntryList = { entries: [], longer: new Map() };

  /** Adds a node and names its first output. `name` is what it is called where that is still free. */
  node(
    op: string,
    name: string,
    input: readonly string[],
    attr: Attrs,
    device?: string | undefined,
  ): Tensor {
    const unique = this.#unique(name);
    this.nodes.push({ name: unique, op, input, device, attr: this.#entries(attr) });
    return unique;
  }

  /**
   * Orders the nodes from the one numbered `begin` on after `tensor`, and answers with the control inputs that wait for all of
   * them. Not constants and reads of variables, which take no time: TensorFlow fails to run a read that waits.
   */
  orderAfter(begin: number, tensor: Tensor): readonly string[] {
    const controls: string[] = [];
    for (let i = begin; i < this.nodes.length; i++) {
      const node = this.nodes[i]!;
      if (node.op === 'Const' || node.op === 'ReadVariableOp') continue;
      this.nodes[i] = { ...node, input: [...node.input, after(tensor)] };
      controls.push(after(node.name));
    }
    return controls;
  }

  /** Attributes as a list of entries; there are as few different lists as entries, and each is held once. */
  #entries(attr: Attrs): readonly Uint8Array[] {
    let found = this.#lists;
    for (const key in attr) {
      const value = attr[key]!;
      if (!internedValues.has(value))
        return Object.keys(attr).map((k) => this.#encoded(k, attr[k]!));
      found = longer(found, this.#encoded(key, value));
    }
    return found.entries;
  }

  /** A float constant of any rank. */
  floats(values: readonly number[], shape: readonly number[]): Tensor {
    return this.#constant('f', values, shape, (tensorShape) => ({
      dtype: DataType.float,
      tensorShape,
      floatVal: values,
    }));
  }

  /** An int32 constant of any rank. */
  ints(values: readonly number[], shape: readonly number[]): Tensor {
    return this.#constant('i', values, shape, (tensorShape) => ({
      dtype: DataType.int32,
      tensorShape,
      intVal: values,
    }));
  }

  /** A constant called `name` that holds a variable's value. */
  weight(name: string, { shape, data }: WeightTensor): Tensor {
    const dtype = data instanceof Float32Array ? DataType.float : DataType.int32;
    const tensorShape = { dim: shape.map((size) => ({ size })) };
    const value = { dtype, tensorShape, tensorContent: littleEndian(data) };
    return this.node('Const', name, [], { dtype: type(dtype), value: { tensor: value } });
  }

  #constant(
    kind: string,
    values: readonly number[],
    shape: readonly number[],
    proto: (shape: TensorShape) => TensorProto,
  ): Tensor {
    const key = `${kind}[${shape}]${values}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = proto(shapeOf(shape));
    const made = this.node('Const', 'constants/Const', [], {
      dtype: type(value.dtype),
      value: { tensor: value },
    });
    this.#constants.set(key, made);
    return made;
  }

  /** An entry of attributes. There are thousands in a network, and but for names and constants a few dozen different ones. */
  #encoded(key: string, value: AttrValue): Uint8Array {
    if (!internedValues.has(value)) return encodeAttr(key, value);
    let ofValue = this.#encodings.get(value);
    if (!ofValue) {
      ofValue = new Map();
      this.#encodings.set(value, ofValue);
    }
    const known = ofValue.get(key);
    if (known) return known;
    const bytes = encodeAttr(key, value);
    ofValue.set(key, bytes);
    return bytes;
  }

  #unique(name: string): string {
    const valid = name.replace(/[^\w./-]/g, '.');
    const next = this.#taken.get(valid);
    if (next === undefined) {
      this.#taken.set(valid, 1);
      return valid;
    }
    let count = next;
    // A path may end in a number by itself, so that the next name too may be taken.
    while (this.#taken.has(`${valid}_${count}`)) count++;
    const unique = `${valid}_${count}`;
    this.#taken.set(valid, count + 1);
    this.#taken.set(unique, 1);
    return unique;
  }
}
