import { basename } from 'node:path';
import { namedValues } from '../../src/compiler/expand/named-values.js';
import { renumbered } from '../../src/compiler/ir/reach.js';
import { readPicture } from '../../src/runtime/data/formats/read-picture.js';
import { findsFov } from '../../src/runtime/data/preprocess/steps.js';
import { prepareFrame } from '../../src/runtime/data/preprocess.js';
import { openReference } from '../../src/runtime/engines/reference.js';
import { noSettings } from '../../src/runtime/experiments/open-experiment.js';
import { compileExperiment } from '../../src/runtime/networks/network.js';
import { cellsOf } from '../../src/runtime/prediction/cells.js';
import { withFoundFov } from '../../src/runtime/prediction/found-fields.js';
import { membersOf, openRun } from '../../src/runtime/prediction/open-runs.js';
import { type ValueMap, valueMap } from '../../src/runtime/prediction/value-map.js';

/** A value of a trained run over an image, by the float64 reference from the graph as it is written. */
export async function referenceMap(
  run: string,
  image: string,
  name: string,
  channel: number | null,
): Promise<ValueMap> {
  const opened = await openRun(run, { settings: noSettings, weights: undefined });
  const { experiment, network, preprocessing } = opened.predictor;
  const { graph, expanded } = compileExperiment(experiment);
  const { value } = namedValues(expanded, graph).find((each) => each.name === name)!;
  const cut = renumbered({ ...graph, outputs: [{ name, value }] });
  const [{ state }] = await membersOf([opened]);
  const { variables } = cut;
  const engine = await openReference({ name, variables, functions: { predict: cut } });
  await engine.write(Object.fromEntries(variables.map(({ path }) => [path, state[path]!])));
  const frame = { id: basename(image), image: await readPicture(image), fov: null };
  const found =
    opened.fov && !findsFov(preprocessing.steps) ? withFoundFov(frame, image, '') : frame;
  const { geometry } = network;
  const cells = cellsOf(cut, cut.outputs[0]!.value, geometry.margin)!;
  const { evaluation, patch } = experiment;
  const asked = { output: name, name, cells };
  const { seen } = prepareFrame(preprocessing, found);
  return valueMap(engine, geometry, seen, evaluation.window ?? patch, evaluation, asked, channel);
}
