import type { Compilation } from '../compiler/compile.js';
import { bindingsAt, costOf } from '../compiler/cost/cost.js';
import { costOfApplication } from '../compiler/cost/one-application.js';
import { usualSizeOf } from '../compiler/cost/usual-size.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { BindingError } from '../compiler/solve/bindings.js';
import { grouped, short } from '../runtime/reports/numbers.js';
import type { Applied } from './analysis.js';

/** `39,442,925 weights, 154 G multiply-adds at 256x256` of a model; undefined where it has an error. */
export function modelCosts({ graph }: Compilation): string | undefined {
  if (!graph) return undefined;
  const size = usualSizeOf(graph);
  return atSize(() => costText(costOf(graph, size), size));
}

/** As `modelCosts`, of one application; undefined where it has neither weights nor multiply-adds. */
export function applicationCosts({ application, model }: Applied): string | undefined {
  const { graph } = model;
  const { origin } = application;
  if (!graph || !origin) return undefined;
  const size = usualSizeOf(graph);
  return atSize(() => {
    const cost = costOfApplication(graph, origin, bindingsAt(graph, size));
    return cost.parameters + cost.multiplyAdds === 0 ? undefined : costText(cost, size);
  });
}

function costText(
  { parameters, multiplyAdds }: { readonly parameters: number; readonly multiplyAdds: number },
  { height, width }: ImageSize,
): string {
  const weights = `${grouped(parameters)} weights`;
  if (multiplyAdds === 0) return weights;
  return `${weights}, ${short(multiplyAdds)} multiply-adds at ${height}x${width}`;
}

/** A model may take no image of the usual size, as where two inputs differ. */
function atSize<T>(count: () => T): T | undefined {
  try {
    return count();
  } catch (error) {
    if (error instanceof BindingError) return undefined;
    throw error;
  }
}
