import type { Program } from '../../ir/graph.js';
import { type DeviceKind, emitFunction, emitTimed } from './function.js';
import { GraphDefBuilder } from './graphdef.js';
import { encodeSavedModel, type NodeDef, type SignatureDef } from './proto.js';
import { timedName } from './stopwatch.js';
import { declareVariables, emitReadState, emitWriteState } from './variables.js';

/** TensorFlow 2.21's. */
export const graphDefVersion = 1882;

/** The tensors of a signature by the names they have in netc. */
export interface Signature {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A SavedModel, and what its signatures call the tensors. */
export interface SavedModelFile {
  /** The bytes of `saved_model.pb`; there are no other files. */
  readonly savedModel: Uint8Array;
  readonly signatures: Readonly<Record<string, Signature>>;
  /** What the parts of each timed function are of: see `emitTimed`. */
  readonly timed: Readonly<Record<string, readonly number[]>>;
}

export interface SavedModelOptions {
  /** With netc's own operations, for the engine that `netc setup` built with them; other programs can't load the file. */
  readonly ownKernels?: boolean;
  /** The kind of device that towers are on, each on one; without it TensorFlow places them. */
  readonly devices?: DeviceKind | undefined;
  /** Functions that also have a signature `timed/<name>`, which measures itself. */
  readonly timed?: readonly string[];
}

/**
 * A program as one TensorFlow SavedModel with the tag `serve`: a signature for each function, `read_state` (every
 * variable by its path) and `write_state` (the same, fed; `done` comes out). Its variables have no values until
 * `write_state` has run. Sizes with a symbol are -1 in the signatures.
 */
export function emitSavedModel(
  program: Program,
  { ownKernels = false, devices, timed = [] }: SavedModelOptions = {},
): SavedModelFile {
  const b = new GraphDefBuilder();
  const handles = declareVariables(b, program.variables);
  const signatureDef: Record<string, SignatureDef> = {};
  const howOf = (fn: string) => ({
    ownKernels,
    half: program.half?.includes(fn) ?? false,
    devices,
  });
  for (const [name, graph] of Object.entries(program.functions))
    signatureDef[name] = emitFunction(b, name, graph, handles, howOf(name));
  const parts: Record<string, readonly number[]> = {};
  for (const fn of timed) {
    const name = timedName(fn);
    const emitted = emitTimed(b, name, program.functions[fn]!, handles, howOf(fn));
    signatureDef[name] = emitted.signature;
    parts[fn] = emitted.parts;
  }
  if (program.variables.length > 0) {
    signatureDef.read_state = emitReadState(b, handles);
    signatureDef.write_state = emitWriteState(b, handles);
  }
  return savedModelOf(b.nodes, signatureDef, parts);
}

/** The file of one graph, with the tag `serve`. */
export function savedModelOf(
  node: readonly NodeDef[],
  signatureDef: Readonly<Record<string, SignatureDef>>,
  timed: SavedModelFile['timed'] = {},
): SavedModelFile {
  const savedModel = encodeSavedModel({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: ['serve'], tensorflowVersion: '2.21.0' },
        graphDef: { node, versions: { producer: graphDefVersion } },
        signatureDef,
      },
    ],
  });
  return { savedModel, signatures: mapValues(signatureDef, namesOf), timed };
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

const namesOf = ({ inputs, outputs }: SignatureDef): Signature => ({
  inputs: mapValues(inputs, ({ name }) => name),
  outputs: mapValues(outputs, ({ name }) => name),
});
