import { didYouMean } from '../diagnostics/suggest.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Output, Value } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { floatOf } from '../ops/values.js';
import { fixed, printShape, sameSize } from '../sizes/size.js';
import { lossOf } from './losses/criteria.js';
import { channelsOf } from './losses/means.js';
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
    message: string,
    readonly output: string | null,
    /** The option at fault, where it is not the kind of loss, and what would do instead. */
    readonly about: {
      readonly option?: 'outputs' | 'classWeights';
      readonly suggestion: string;
    },
  ) {
    super(message);
  }
}

export interface JoinedLoss {
  readonly loss: Value;
  /** By output name, what goes into its sigmoid or softmax. */
  readonly logits: readonly Output[];
}

/** An output with the factor of its loss. */
interface Part {
  readonly output: Output;
  readonly factor: number;
}

export const listOf = (name: string): string => name.replace(/\[\d+\]$/, '');

/**
 * Adds the loss to `b`, which holds `graph`, with an input named as the output for the target (one-hot of several
 * classes). It takes what goes into the outputs' sigmoid or softmax. Throws `LossError`.
 */
export function joinLoss(b: GraphBuilder, graph: Graph, options: LossOptions): JoinedLoss {
  const { name, parts } = chosenParts(graph.outputs, options);
  const ends = parts.map(({ output }) => endOf(b, output, options.kind));
  const like = options.target
    ? graph.outputs.find((output) => output.name === options.target)!
    : parts[0].output;
  const { shape } = like.value.type;
  const target = b.input(options.target ?? name, floatOf(shape));
  const weight = options.weight
    ? b.input(options.weight, floatOf([...shape.slice(0, -1), fixed(1)]))
    : null;
  wantClassWeights(options, target, ends[0].end, like.name);
  const { add, div, mul } = arithmetic(b);
  const losses = parts.map(({ output, factor }, i) => {
    const goal = goalOf(b, { target, weight }, output, options.target ?? name);
    const loss = lossOf(b, { ...ends[i], probabilities: output.value, ...goal }, options);
    return factor === 1 ? loss : mul(loss, factor);
  });
  const sum = losses.reduce((total, loss) => add(total, loss));
  const mean = options.outputs ? sum : losses.length === 1 ? sum : div(sum, losses.length);
  const logits = parts.map(({ output }, i) => ({ name: output.name, value: ends[i].logits }));
  return { loss: mean, logits };
}

function chosenParts(
  all: readonly Output[],
  { output: wanted, outputs }: LossOptions,
): { readonly name: string; readonly parts: readonly Part[] } {
  const known = [...new Set(all.map(({ name }) => listOf(name)))];
  const find = (name: string): readonly Output[] => {
    const found = all.filter((output) => output.name === name || listOf(output.name) === name);
    if (found.length > 0) return found;
    throw unknownOutput(name, known);
  };
  if (outputs) {
    const parts = Object.entries(outputs).flatMap(([name, factor]) =>
      find(name).map((output) => ({ output, factor })),
    );
    const twice = parts.find(({ output }, i) => parts.findIndex((p) => p.output === output) < i);
    if (twice) {
      const { name } = twice.output;
      throw new LossError(`the loss names ${name} twice`, name, {
        option: 'outputs',
        suggestion: `leave out ${name} or ${listOf(name)}`,
      });
    }
    return { name: Object.keys(outputs)[0], parts };
  }
  const name = wanted ?? known[0];
  if (wanted === undefined && known.length > 1) {
    const each = known.map((one) => `${one}: 1`).join(', ');
    throw new LossError(`the loss must name its output, one of ${known.join(', ')}`, null, {
      suggestion: `name it, or several with the factors of their losses: outputs: {${each}}`,
    });
  }
  return { name, parts: find(name).map((output) => ({ output, factor: 1 })) };
}

function unknownOutput(name: string, known: readonly string[]): LossError {
  const guess = didYouMean(name, known);
  return new LossError(`the model has no output ${name}; it has ${known.join(', ')}`, name, {
    option: 'outputs',
    suggestion: guess ? `did you mean ${guess}?` : 'name one of these',
  });
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
  if (producer && end) return { end, logits: producer.operands[0] };
  const found = producer ? `in ${producer.op.name}` : 'in no operation';
  throw new LossError(
    `${kind} wants an output that ends in ${wanted.join(' or ')}; ${name} ends ${found}`,
    name,
    wayTo(producer?.op.name, wanted[0]),
  );
}

/** A loss for the end that there is, or an end for the loss. */
function wayTo(found: string | undefined, wanted: LossEnd): { readonly suggestion: string } {
  const others = Object.entries(lossEnds)
    .filter(([, ends]) => ends.some((end) => end === found))
    .map(([other]) => other);
  const head = `end the output in ${wanted}, as in \`-> Conv(${wanted === 'sigmoid' ? 1 : 'classes'}) -> ${wanted}\``;
  if (others.length === 0) return { suggestion: head };
  return { suggestion: `for ${found} there are ${others.join(', ')}; else ${head}` };
}

/** The target at the size of `output`. */
function goalOf(b: GraphBuilder, goal: Goal, { name, value }: Output, named: string): Goal {
  const [wanted, { shape }] = [goal.target.type.shape, value.type];
  const alike = [0, 3].every((axis) => sameSize(shape[axis], wanted[axis]));
  const resized = alike ? resizedGoal(b, goal, shape) : undefined;
  if (resized) return resized;
  const shapes = `${printShape(shape)} and ${printShape(wanted)}`;
  throw new LossError(`one target can't serve ${name} and ${named}: ${shapes}`, name, {
    option: 'outputs',
    suggestion:
      'an output of the loss has the classes of the one that is scored, and its size or a half, a third, ...',
  });
}

function wantClassWeights(
  { kind, classWeights }: Criterion,
  target: Value,
  end: LossEnd,
  name: string,
): void {
  if (!classWeights) return;
  const channels = channelsOf(target);
  const refuse = (message: string, suggestion: string): never => {
    throw new LossError(message, name, { option: 'classWeights', suggestion });
  };
  if (channels === 1 && (kind === 'dice' || kind === 'tversky')) {
    refuse(`${kind} of a single class has nothing to weigh`, 'leave classWeights out');
  }
  const wanted = Math.max(channels, 2);
  if (classWeights.length === wanted) return;
  const whose =
    channels === 1
      ? 'background and foreground'
      : end === 'softmax'
        ? 'one a class'
        : 'one a channel';
  refuse(
    `${name} wants ${wanted} class weights, not ${classWeights.length}`,
    `give ${wanted} numbers: ${whose}`,
  );
}
