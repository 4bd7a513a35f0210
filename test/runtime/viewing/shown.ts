import { parse } from '../../../src/compiler/ir/parse.js';
import { cutAt } from '../../../src/compiler/ir/reach.js';
import { openReference } from '../../../src/runtime/engines/reference.js';
import { isCompiled } from '../../../src/runtime/networks/compile-file.js';
import { geometryOf } from '../../../src/runtime/networks/geometry.js';
import { cellsOf } from '../../../src/runtime/prediction/cells.js';
import { valueMap } from '../../../src/runtime/prediction/value-map.js';
import { shownValues } from '../../../src/runtime/viewing/shown-values.js';
import { compileText, modelOf } from '../../compiler/expand/texts.js';

/** What a page is given of a network without weights. */
export function shownOf(text: string) {
  const compiled = compileText(text);
  if (!isCompiled(compiled)) throw new Error(compiled.diagnostics.map((d) => d.message).join());
  const geometry = geometryOf(compiled.graph);
  return { geometry, shown: shownValues(compiled, geometry.margin).shown };
}

export const place = ({ shown }: ReturnType<typeof shownOf>, name: string): number =>
  shown.values.findIndex((value) => value.name === name);

/** A value of a network without weights over an image of one channel, by the float64 reference. */
export async function mapOf(
  text: string,
  name: string,
  image: { readonly width: number; readonly height: number; readonly data: Float32Array },
  { window = 8, channel = null as number | null, channels = 1 } = {},
) {
  const of = shownOf(text);
  const output = `${place(of, name)}`;
  const graph = cutAt(parse(of.shown.graph), output);
  const engine = await openReference({ name: 'm', variables: [], functions: { predict: graph } });
  const cells = cellsOf(graph, graph.outputs[0]!.value, of.geometry.margin)!;
  const sliding = { stride: null, batch: 3, blend: 'gaussian' } as const;
  const seen = { ...image, channels };
  return valueMap(engine, of.geometry, seen, window, sliding, { output, name, cells }, channel);
}

export const noise = (length: number, seed = 1): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((i + seed) * 12.9898) * 2);

export const pictureOf = (width: number, height: number) => ({
  ...{ width, height },
  data: noise(width * height),
});

/** A model of one channel. */
export const gray = (result: string, body: string): string => modelOf(result, body, 1);
