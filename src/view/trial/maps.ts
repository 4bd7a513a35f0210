import type { Graph } from '../../compiler/ir/graph.js';
import { parse } from '../../compiler/ir/parse.js';
import { cutAt } from '../../compiler/ir/reach.js';
import { prepareFrame } from '../../runtime/data/preprocess.js';
import type { Frame } from '../../runtime/data/sample.js';
import type { Tensors } from '../../runtime/engines/engine.js';
import { openSession } from '../../runtime/engines/portable/session.js';
import type { Session } from '../../runtime/engines/session.js';
import type { Geometry } from '../../runtime/networks/geometry.js';
import { cellsOf } from '../../runtime/prediction/cells.js';
import { valueMap } from '../../runtime/prediction/value-map.js';
import type { Trial } from '../../runtime/viewing/trial-file.js';
import type { Mapped, Wanted } from './messages.js';

/** The function of one value, with the weights that it takes. */
interface Opened {
  readonly value: number;
  readonly graph: Graph;
  readonly session: Session;
}

/** Values that a network computes on the way, over images as it sees them; no more is computed than what is wanted. */
export class Maps {
  #graph: Graph | null = null;
  #opened: Opened | null = null;

  constructor(
    readonly trial: Trial,
    readonly state: Tensors,
    readonly geometry: Geometry,
  ) {}

  /** Throws `InputError` as `valueMap`, and `EngineError`. */
  async over(
    frame: Frame,
    { value, channel }: Wanted,
    onShare: (share: number) => void,
  ): Promise<Mapped> {
    const { trial, geometry } = this;
    const { evaluation, patch } = trial.experiment;
    const { seen } = prepareFrame(trial.preprocessing, frame);
    const { graph, session } = await this.#open(value);
    const output = `${value}`;
    const cells = cellsOf(graph, graph.outputs[0]!.value, geometry.margin)!;
    const map = await valueMap(
      { call: async (fn, inputs) => session.run(fn, inputs) },
      geometry,
      seen,
      evaluation.window ?? patch,
      evaluation,
      { output, name: trial.values.values[value]!.name, cells },
      channel,
      onShare,
    );
    return { ...map, notes: this.#notes() };
  }

  /** The one before is closed: weights are large. */
  async #open(value: number): Promise<Opened> {
    if (this.#opened?.value === value) return this.#opened;
    this.#opened?.session.close();
    this.#opened = null;
    this.#graph ??= parse(this.trial.values.graph);
    const graph = cutAt(this.#graph, `${value}`);
    const { name, variables } = graph;
    const session = await openSession({ name, variables, functions: { predict: graph } });
    session.write(Object.fromEntries(variables.map(({ path }) => [path, this.state[path]!])));
    this.#opened = { value, graph, session };
    return this.#opened;
  }

  #notes(): readonly string[] {
    const { experiment, fov } = this.trial;
    return [
      ...(experiment.evaluation.flips
        ? ['of the image as it is, where the prediction is an average over flips of it']
        : []),
      ...(fov ? ['of the whole frame, outside the field of view too'] : []),
    ];
  }
}
