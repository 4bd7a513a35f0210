import { builtins } from '../builtins/index.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { Application } from '../expand/application.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { mul } from '../ops/elementwise/mul.js';
import { fixedValue, isOne, printSize, ratioOf, type Shape, type Size } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';

/** Height and width. */
const spatial = [1, 2] as const;

/**
 * Warns where coefficients meet a map of another size and the product is defined all the same: a height or width that came
 * out as 1 without global pooling is spread over the map; or a block of several inputs fits a map to the size of
 * another that is neither its own nor double, which is how a skip of the wrong level looks.
 */
export function mismatchedGates(graph: Graph, tree: Application): readonly Diagnostic[] {
  const makers = new Map<Value, Node>();
  const fitted = new Map<Value, Node>();
  const gates = gatesOf(tree);
  const meant = new Meant(makers);
  return graph.nodes.flatMap((node) => {
    const warning = isProduct(node)
      ? (spreadIn(node, meant) ?? fittedIn(node, fitted, gates))
      : undefined;
    const source = isMisfit(node) ? node : sourceOf(node, fitted);
    for (const result of node.results) {
      makers.set(result, node);
      if (source) fitted.set(result, source);
    }
    return warning ? [warning] : [];
  });
}

const isProduct = ({ op, operands }: Node): boolean => op === mul && operands.length === 2;

function spreadIn(node: Node, meant: Meant): Diagnostic | undefined {
  const { origin, operands, results } = node;
  if (origin?.block !== '*') return undefined;
  const whole = results[0]!.type.shape;
  for (const small of operands) {
    const axis = spatial.find((at) => isSpread(small.type.shape, whole, at));
    if (axis === undefined || meant.isMeant(small, axis)) continue;
    const side = axis === 1 ? 'height' : 'width';
    const facts = { kind: 'spread', side, size: printSize(whole[axis]!) } as const;
    return diagnostic('NET0909', origin.site, facts, origin.parent);
  }
  return undefined;
}

const isSpread = (small: Shape, whole: Shape, axis: number): boolean =>
  small.length === 4 && isOne(small[axis]!) && !isOne(whole[axis]!);

/** Sizes of 1 that are meant: made by a reduction such as globalAverage, or written as the size of an input. */
class Meant {
  /** By the value, along height and width: one that many products lead to is followed back once. */
  readonly #known = { 1: new Map<Value, boolean>(), 2: new Map<Value, boolean>() };

  constructor(readonly makers: ReadonlyMap<Value, Node>) {}

  isMeant(value: Value, axis: 1 | 2): boolean {
    const known = this.#known[axis];
    const passed: Value[] = [];
    let [at, meant] = [value, known.get(value)];
    while (meant === undefined) {
      passed.push(at);
      const maker = this.makers.get(at);
      const next = maker?.operands.find(({ type }) => type.shape.length === 4);
      if (!maker || !next || maker.op.kind === 'reduction') meant = true;
      else if (!isOne(next.type.shape[axis]!)) meant = false;
      else [at, meant] = [next, known.get(next)];
    }
    for (const each of passed) known.set(each, meant);
    return meant;
  }
}

/** Blocks of several inputs, by their applications. */
function gatesOf(tree: Application): ReadonlySet<Origin> {
  const gates = new Set<Origin>();
  const visit = ({ definition, origin, children }: Application): void => {
    if (origin && (definition?.inputs.length ?? 0) > 1) gates.add(origin);
    children.forEach(visit);
  };
  visit(tree);
  return gates;
}

/** Whether a map is fitted to a size that is neither its own nor double. One of a single pixel is meant for all. */
function isMisfit({ origin, operands: [map], results: [result] }: Node): boolean {
  if (!map || !result || !origin || builtins.get(origin.block)?.sizedBy === undefined) return false;
  return spatial.some((axis) => {
    const [from, to] = [map.type.shape[axis]!, result.type.shape[axis]!];
    return fixedValue(from) !== 1 && !isLevel(from, to);
  });
}

function isLevel(from: Size, to: Size): boolean {
  const ratio = ratioOf(to, from);
  return ratio === 1 || ratio === 2;
}

/** What `node` got from a fitted map, while it is within the block that fitted it. */
function sourceOf({ operands, origin }: Node, fitted: ReadonlyMap<Value, Node>): Node | undefined {
  for (const operand of operands) {
    const source = fitted.get(operand);
    if (source && isWithin(origin, source.origin?.parent ?? null)) return source;
  }
  return undefined;
}

function isWithin(origin: Origin | null, block: Origin | null): boolean {
  let at = origin;
  while (at && at !== block) at = at.parent;
  return at === block;
}

function fittedIn(
  { operands, origin, results }: Node,
  fitted: ReadonlyMap<Value, Node>,
  gates: ReadonlySet<Origin>,
): Diagnostic | undefined {
  const sources = operands.map((operand) => fitted.get(operand));
  const source = sources.find((each) => each !== undefined);
  const block = source?.origin?.parent;
  if (!source || !block || !gates.has(block) || origin?.parent !== block) return undefined;
  // Both factors were fitted: no skip stands beside it.
  if (sources.every((each) => each !== undefined)) return undefined;
  const sizes = (value: Value): string =>
    spatial.map((axis) => printSize(value.type.shape[axis]!)).join(' x ');
  const { block: by, site: at } = source.origin!;
  const [map, skip] = [sizes(source.operands[0]!), sizes(results[0]!)];
  const facts = { kind: 'level', map, skip, by, at } as const;
  return diagnostic('NET0909', origin.site, facts, block);
}
