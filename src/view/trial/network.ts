import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { parse } from '../../compiler/ir/parse.js';
import type { Engine, HostTensor, Tensors } from '../../runtime/engines/engine.js';
import { openSession } from '../../runtime/engines/portable/session.js';
import { EngineError, InputError } from '../../runtime/errors/errors.js';
import { geometryOf } from '../../runtime/networks/geometry.js';
import { openSegmenter, type Segmenter } from '../../runtime/prediction/segmenter.js';
import { type Trial, trialKey } from '../../runtime/viewing/trial-file.js';
import { arrays } from '../../runtime/weights/safetensors/format.js';
import { readHeader } from '../../runtime/weights/safetensors/header.js';
import { Maps } from './maps.js';

/** A trained network in this worker, on the portable engine. */
export interface Network {
  readonly trial: Trial;
  readonly segmenter: Segmenter;
  /** The engine, in words. */
  readonly description: string;
  /** Of values that it computes on the way. */
  readonly maps: Maps;
  /** Of the scored output. */
  readonly classes: number;
  /** The shape of the tiles that the network was last given. */
  readonly lastTiles: () => readonly number[];
}

/** Throws `InputError` with what the server says where the run cannot be tried. */
export async function openNetwork(base: string, number: number): Promise<Network> {
  const { trial, state } = trialIn(await fetched(new URL(`run-${number}`, base)));
  const graph = parse(trial.graph);
  // Kernels are looked for beside the page.
  setWasmPaths(base);
  const { variables, name } = graph;
  const session = await openSession({ name, variables, functions: { predict: graph } });
  let tiles: readonly number[] = [];
  const engine: Pick<Engine, 'call' | 'write'> = {
    async call(fn, inputs) {
      tiles = Object.values(inputs)[0]!.shape;
      return session.run(fn, inputs);
    },
    write: async (tensors) => session.write(tensors),
  };
  const geometry = geometryOf(graph, trial.output);
  const asking = { experiment: trial.experiment, network: { geometry } };
  const member = { state, preprocessing: trial.preprocessing };
  return {
    ...{ trial, description: session.description, classes: geometry.classes },
    maps: new Maps(trial, state, geometry),
    segmenter: await openSegmenter(engine, asking, [member]),
    lastTiles: () => tiles,
  };
}

async function fetched(address: URL): Promise<Uint8Array> {
  const response = await fetch(address).catch(() => {
    throw new EngineError('the server of this page does not answer: start netc view again');
  });
  if (!response.ok) throw new InputError(await response.text());
  return new Uint8Array(await response.arrayBuffer());
}

function trialIn(bytes: Uint8Array): { readonly trial: Trial; readonly state: Tensors } {
  const { metadata, entries, size } = readHeader(bytes, bytes.length, 'the run');
  const tensors = entries.map(({ name, type, shape, begin, end }): [string, HostTensor] => {
    const own = bytes.slice(size + begin, size + end).buffer;
    return [name, { shape, data: type === 'I32' ? new arrays.I32(own) : new arrays.F32(own) }];
  });
  const trial = JSON.parse(metadata[trialKey]!) as Trial;
  return { trial, state: Object.fromEntries(tensors) };
}
