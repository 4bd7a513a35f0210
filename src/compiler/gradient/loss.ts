import { type LossFacts, lossWords } from '../diagnostics/messages/losses.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Output, Value } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { channelsOf, floatOf } from '../ops/values.js';
import { fixed, printShape, sameSize } from '../sizes/size.js';
import { lossOf } from './losses/criteria.js';
import { type Criterion, type LossEnd, type LossKind, lossEnds } from './losses/options.js';
import { type Goal, resizedGoal } from './losses/resized.js';

export type { LossKind } from './losses/options.js';

export interface LossOptions extends Criterion {
  /**
   * The output the loss is of; `masks` stands for all of a list `masks[0]`, `masks[1]`, ..., whose losses are
   * averaged over one target. May be left out where the model has a single output or list.
   */
  readonly output?: string;
  /** In place of `output`: several, each with the factor of its loss in the sum; every output of a list has the list's. */
  readonly outputs?: Readonly<Record<string, number>> | null;
  /** The output, one of a list by its index, that the target's input is named after and has the shape of; else the first. */
  readonly target?: string;
  /** The name of an added input [N, H, W, 1], 1 where a pixel counts and 0 where it does not: a field of view. */
  readonly weight?: string;
}

/** A loss that can't be joined to the model; `output` is the model's name for what is at fault. */
export class LossError extends Error {
  constructor(
    readonly facts: LossFacts,
    readonly output: string | null,
    /** The option at fault, where it is not the kind of loss. */
    readonly option?: 'outputs' | 'classWeights',
  ) {
    super(lossWords(facts).message);
  }
}

export interface JoinedLoss {
  readonly loss: Value;
  /** By output name, what goes into its sigmoid or softmax. */
  readonly logits: readonly Output[];
}

/** An output with the factor of its loss. */
interface WeightedOutput {
  readonly output: Output;
  readonly factor: number;
}

export const listOf = (name: string): string => name.replace(/\[\d+\]$/, '');

/**
 * Adds the loss of `outputs` to `b`, with an input named as the output for the target (one-hot of several
 * classes). It takes what goes into the outputs' sigmoid or softmax. Throws `LossError`.
 */
export function joinLoss(
  b: GraphBuilder,
  outputs: readonly Output[],
  options: LossOptions,
): JoinedLoss {
  const { name, parts } = chosenParts(outputs, options);
  const ends = parts.map(({ output }) => endOf(b, output, options.kind));
  const like = options.target
    ? outputs.find((output) => output.name === options.target)!
    : parts[0]!.output;
  const { shape } = like.value.type;
  const target = b.input(options.target ?? name, floatOf(shape));
  const weight = options.weight
    ? b.input(options.weight, floatOf([...shape.slice(0, -1), fixed(1)]))
    : null;
  wantClassWeights(options, target, ends[0]!.end, like.name);
  const { add, div, mul } = arithmetic(b);
  const losses = parts.map(({ output, factor }, i) => {
    const goal = goalOf(b, { target, weight }, output, options.target ?? name);
    const loss = lossOf(b, { ...ends[i]!, probabilities: output.value, ...goal }, options);
    return factor === 1 ? loss : mul(loss, factor);
  });
  const sum = losses.reduce((total, loss) => add(total, loss));
  const mean = options.outputs ? sum : losses.length === 1 ? sum : div(sum, losses.length);
  const logits = parts.map(({ output }, i) => ({ name: output.name, value: ends[i]!.logits }));
  return { loss: mean, logits };
}

function chosenParts(
  all: readonly Output[],
  { output: wanted, outputs }: LossOptions,
): { readonly name: string; readonly parts: readonly WeightedOutput[] } {
  const known = [...new Set(all.map(({ name }) => listOf(name)))];
  const find = (name: string): readonly Output[] => {
    const found = all.filter((output) => output.name === name || listOf(output.name) === name);
    if (found.length > 0) return found;
    throw new LossError({ kind: 'unknownOutput', name, known }, name, 'outputs');
  };
  if (outputs) {
    const parts = Object.entries(outputs).flatMap(([name, factor]) =>
      find(name).map((output) => ({ output, factor })),
    );
    const twice = parts.find(({ output }, i) => parts.findIndex((p) => p.output === output) < i);
    if (twice) {
      const { name } = twice.output;
      const facts = { kind: 'outputTwice', name, list: listOf(name) } as const;
      throw new LossError(facts, name, 'outputs');
    }
    return { name: Object.keys(outputs)[0]!, parts };
  }
  const name = wanted ?? known[0]!;
  if (wanted === undefined && known.length > 1) {
    throw new LossError({ kind: 'noOutput', known }, null);
  }
  return { name, parts: find(name).map((output) => ({ output, factor: 1 })) };
}

/** What goes into the sigmoid or softmax that an output ends in. */
function endOf(
  b: GraphBuilder,
  { name, value }: Output,
  kind: LossKind,
): { readonly end: LossEnd; readonly logits: Value } {
  const wanted: readonly LossEnd[] = lossEnds[kind];
  const producer = b.producer(value);
  const end = wanted.find((op) => op === producer?.op.name);
  if (producer && end) return { end, logits: producer.operands[0]! };
  const found = producer?.op.name ?? null;
  const others = Object.entries(lossEnds)
    .filter(([, ends]) => ends.some((op) => op === found))
    .map(([other]) => other);
  throw new LossError({ kind: 'end', loss: kind, name, ends: wanted, found, others }, name);
}

/** The target at the size of `output`. */
function goalOf(b: GraphBuilder, goal: Goal, { name, value }: Output, named: string): Goal {
  const [wanted, { shape }] = [goal.target.type.shape, value.type];
  const alike = [0, 3].every((axis) => sameSize(shape[axis]!, wanted[axis]!));
  const resized = alike ? resizedGoal(b, goal, shape) : undefined;
  if (resized) return resized;
  const shapes = [printShape(shape), printShape(wanted)] as const;
  throw new LossError({ kind: 'target', name, target: named, shapes }, name, 'outputs');
}

function wantClassWeights(
  { kind, classWeights }: Criterion,
  target: Value,
  end: LossEnd,
  name: string,
): void {
  if (!classWeights) return;
  const channels = channelsOf(target);
  const refuse = (facts: LossFacts): never => {
    throw new LossError(facts, name, 'classWeights');
  };
  if (channels === 1 && (kind === 'dice' || kind === 'tversky'))
    refuse({ kind: 'nothingToWeigh', loss: kind });
  const wanted = Math.max(channels, 2);
  const given = classWeights.length;
  if (given === wanted) return;
  const of = channels === 1 ? 'sides' : end === 'softmax' ? 'classes' : 'channels';
  refuse({ kind: 'classWeights', name, given, wanted, of });
}
