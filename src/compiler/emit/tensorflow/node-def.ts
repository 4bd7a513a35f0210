import { type MessageWriter, sizeOfField } from './message-writer.js';

/** A node of a GraphDef. Its texts are ASCII, as TensorFlow wants names. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** `node`, `node:1`, or `^node` for control alone; control inputs stand last. */
  readonly input: readonly string[];
  /** Such as `/device:GPU:1`; absent where TensorFlow chooses. */
  readonly device?: string | undefined;
  /** Entries of the map from name to `AttrValue`, encoded. */
  readonly attr: readonly Uint8Array[];
}

function sizeOf({ name, op, input, device, attr }: NodeDef): number {
  let size = sizeOfField(name.length) + sizeOfField(op.length);
  if (device) size += sizeOfField(device.length);
  for (const { length } of input) size += sizeOfField(length);
  for (const { length } of attr) size += sizeOfField(length);
  return size;
}

/** How many bytes the nodes take in a GraphDef, where they are field 1. */
export const sizeOfNodes = (nodes: readonly NodeDef[]): number =>
  nodes.reduce((size, node) => size + sizeOfField(sizeOf(node)), 0);

/** Writes what `sizeOfNodes` counts of one node. */
export function writeNode(writer: MessageWriter, node: NodeDef): void {
  writer.begin(1, sizeOf(node));
  writer.text(1, node.name);
  writer.text(2, node.op);
  for (const input of node.input) writer.text(3, input);
  if (node.device) writer.text(4, node.device);
  for (const entry of node.attr) {
    writer.begin(5, entry.length);
    writer.raw(entry);
  }
}
