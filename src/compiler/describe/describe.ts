import { costOf, elementsOf } from '../cost/cost.js';
import { usualSizeOf } from '../cost/usual-size.js';
import { lineOf } from '../diagnostics/messages/words.js';
import type { Application } from '../expand/application.js';
import { type InForce, parametersInForce } from '../expand/in-force.js';
import type { Overrides } from '../expand/overrides.js';
import type { Graph, Variable } from '../ir/graph.js';
import type { ChosenModel } from '../names/variants.js';
import { printResidue } from '../sizes/residue.js';
import type { ImageSize } from '../sizes/size.js';
import { printShape } from '../sizes/size.js';
import { BindingError } from '../solve/bindings.js';
import type { Expression } from '../syntax/ast.js';
import { printValue } from '../values/value.js';

export interface ParameterDescription {
  readonly name: string;
  /** As the model writes it; null where there is none. */
  readonly default: string | null;
  /** What it comes to. */
  readonly value: string;
  /** `default`, `--set`, or `variant R2AUNet at models/r2au.net:9`. */
  readonly from: string;
}

interface Port {
  readonly name: string;
  readonly shape: string;
}

/** What a reader wants to know of a model before using it. */
export interface ModelDescription {
  readonly model: string;
  /** Its `///` lines, or those of the model it is a variant of. */
  readonly doc: string | null;
  /** The model with the body, where this is a variant of it. */
  readonly variantOf: string | null;
  readonly parameters: readonly ParameterDescription[];
  readonly inputs: readonly Port[];
  /** `N`, `H = 16k`: what the sizes of the inputs may be. */
  readonly sizes: readonly string[];
  readonly outputs: readonly Port[];
  readonly weights: number;
  readonly moments: number;
  /** Of one image of 256x256, or of the nearest size that the network takes. */
  readonly multiplyAdds: (ImageSize & { readonly count: number }) | null;
}

interface Described {
  readonly chosen: ChosenModel;
  readonly graph: Graph;
  readonly tree: Application;
}

/** Describes a model without errors, variants and `--set` applied. */
export function describeModel(
  { chosen, graph, tree }: Described,
  overrides: Overrides,
): ModelDescription {
  const { definition, main, module, name } = chosen;
  const isVariant = definition.name.text !== name || main !== module;
  const values = new Map(tree.configuration.map(([name, value]) => [name, printValue(value)]));
  const shapeOf = ({ name, value }: Graph['outputs'][number]): Port => ({
    name,
    shape: printShape(value.type.shape),
  });
  return {
    model: name,
    doc: main.definitions.get(name)?.doc ?? definition.doc,
    variantOf: isVariant ? `${definition.name.text} at ${lineOf(definition.name.span)}` : null,
    parameters: parametersInForce(chosen, overrides).map((each) => describeParameter(each, values)),
    inputs: graph.inputs.map(shapeOf),
    sizes: graph.symbols.map(printResidue),
    outputs: graph.outputs.map(shapeOf),
    weights: elementsIn(graph, 'weight'),
    moments: elementsIn(graph, 'moment'),
    multiplyAdds: multiplyAddsOf(graph),
  };
}

const elementsIn = ({ variables }: Graph, kind: Variable['kind']): number =>
  variables.reduce((sum, each) => (each.kind === kind ? sum + elementsOf(each) : sum), 0);

/** Null where the inputs' sizes are not of one kind: a second image of another size, say. */
function multiplyAddsOf(graph: Graph): ModelDescription['multiplyAdds'] {
  const size = usualSizeOf(graph);
  try {
    return { ...size, count: costOf(graph, size).multiplyAdds };
  } catch (error) {
    if (error instanceof BindingError) return null;
    throw error;
  }
}

function describeParameter(
  { parameter, value, layer }: InForce,
  values: ReadonlyMap<string, string>,
): ParameterDescription {
  const { name, fallback } = parameter;
  const variant = layer?.variant && value ? `${layer.variant} at ${lineOf(value.span)}` : null;
  return {
    name: name.text,
    default: fallback && asWritten(fallback),
    value: values.get(name.text) ?? '',
    from: layer === null ? 'default' : variant === null ? '--set' : `variant ${variant}`,
  };
}

/** On one line, whatever lines it was written on. */
const asWritten = ({ span }: Expression): string =>
  span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
