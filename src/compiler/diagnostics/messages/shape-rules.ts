import type { Pair } from '../facts.js';
import type { Advice } from './entry.js';

/** What a shape rule refuses, without a place in a text: graphs that are read from a file have none. */
interface Refusal {
  readonly message: string;
  readonly suggestion?: Advice;
}

const along = ['batch sizes', 'heights', 'widths', 'channels'] as const;

/** What the sizes along an axis are called: "channels" for the last of four. */
const sizesAlong = (axis: number, rank: number): string =>
  (rank === 4 && along[axis]) || `sizes along axis ${axis}`;

const pairText = ([rows, columns]: Pair<number>): string =>
  rows === columns ? `${rows}` : `[${rows}, ${columns}]`;

const advice = (message: string): Pick<Refusal, 'suggestion'> => ({ suggestion: message });

const image = '[batch, height, width, channels]';

/** Shapes and sizes are told as they are printed; `of` is what an operand is called. */
const rules = {
  disagree: (f: { axis: number; rank: number; sizes: Pair<string>; sign?: string }): Refusal => ({
    message: `${sizesAlong(f.axis, f.rank)} disagree${f.sign ? ` in ${f.sign}` : ''}: ${f.sizes.join(' and ')}`,
  }),
  ranks: (f: { ranks: Pair<number>; sign?: string }): Refusal => ({
    message: f.sign
      ? `${f.ranks[0]} axes meet ${f.ranks[1]} in ${f.sign}`
      : `a tensor of ${f.ranks[0]} axes meets one of ${f.ranks[1]}`,
  }),
  sum: (f: { axis: number; rank: number; sizes: Pair<string> }): Refusal => ({
    message: `the sum of the ${sizesAlong(f.axis, f.rank)} ${f.sizes.join(' and ')} is no size`,
  }),
  image: (f: { shape?: string }): Refusal => ({
    message: `${image} is wanted${f.shape === undefined ? '' : `, the shape is ${f.shape}`}`,
  }),
  shape: (f: { of: string; shape: string; wanted: string }): Refusal => ({
    message: `${f.of} has the shape ${f.shape}, not ${f.wanted}`,
  }),
  dtype: (f: { dtype: string; wanted: string }): Refusal => ({
    message: `${f.wanted}s are wanted, not ${f.dtype}`,
  }),
  scalar: (f: { dtype: string }): Refusal => ({ message: `one ${f.dtype} is wanted` }),
  numbers: (f: { of: string; shape: string }): Refusal => ({
    message: `the sizes of ${f.of} must be numbers, not ${f.shape}`,
  }),
  noAxis: (f: { of: string }): Refusal => ({ message: `${f.of} wants at least one axis` }),
  axes: (f: { op: string; axes: readonly number[]; shape: string }): Refusal => ({
    message: `${f.op} over axes ${f.axes.join(', ')} of ${f.shape}, which it has not`,
  }),
  perChannel: (f: { channels: string; shape: string }): Refusal => ({
    message: `channels disagree: one number for each of ${f.channels} is wanted, not ${f.shape}`,
  }),
  bias: (f: { channels: string; shape: string }): Refusal => ({
    message: `a bias of [${f.channels}] is wanted, not ${f.shape}`,
  }),
  groups: (f: { groups: number; channels: readonly number[]; fits?: number }): Refusal => ({
    message: `${f.groups} groups do not divide ${f.channels.join(' and ')} channels`,
    ...(f.fits !== undefined &&
      advice(`groups: ${f.fits} divides ${f.channels.length === 1 ? 'them' : 'both'}`)),
  }),
  parts: (f: { channels: number; parts: number; fits: number }): Refusal => ({
    message: `${f.channels} channels do not fall into ${f.parts} equal parts`,
    ...advice(`-> Conv(${f.fits}, kernel: 1) before it makes channels that do`),
  }),
  kernelChannels: (f: { wanted: number; channels: string }): Refusal => ({
    message: `channels disagree: the kernel wants ${f.wanted}, the input has ${f.channels}`,
  }),
  counts: (f: { window: number; stride: number; dilation: number }): Refusal => ({
    message: `window ${f.window}, stride ${f.stride} and dilation ${f.dilation} must be whole and 1 or more`,
  }),
  oddWindow: (f: { of: 'kernel' | 'window'; size: number }): Refusal => ({
    message: `padding "torch" wants an odd ${f.of}, this one has ${f.size}`,
    ...advice(`write ${f.of}: ${f.size + 1}, or padding: "same", which takes any ${f.of}`),
  }),
  torchStride: (f: { window: number; most: number }): Refusal => ({
    message: `padding "torch" of a window of ${f.window} wants a stride of ${f.most} or less`,
    ...advice('padding: "same" takes any stride'),
  }),
  floor: (f: { window: Pair<number>; stride: Pair<number> }): Refusal => {
    const odd = f.window.every((taps) => taps % 2 === 1);
    return {
      message: `floor: true drops what no whole stride reaches, and padding "same" of a window of ${pairText(f.window)} and a stride of ${pairText(f.stride)} adds to it`,
      ...advice(`padding: ${odd ? '"torch"' : '"valid"'}`),
    };
  },
  window: (f: { span: number; size: string }): Refusal => ({
    message: `the window spans ${f.span}, the input has only ${f.size}`,
    ...advice('padding: "same" keeps the size whatever the window; or take a smaller window'),
  }),
  interpolation: (f: { inputs: number; channels: number }): Refusal => ({
    message: `init "bilinear" enlarges each channel by itself: ${f.inputs} come in, ${f.channels} are wanted`,
    ...advice(`-> Conv(${f.channels}, kernel: 1) before it`),
  }),
  interpolationKernel: (f: { factor: number; least: number; kernel: number }): Refusal => ({
    message: `init "bilinear" with a stride of ${f.factor} wants a kernel of ${f.least} or more, this one has ${f.kernel}`,
    ...advice(`kernel: ${2 * f.factor - (f.factor % 2)}`),
  }),
  crop: (f: { side: string; sizes: Pair<string>; isSmaller: boolean }): Refusal => ({
    message: `no crop takes the ${f.side} of one to that of the other: ${f.sizes.join(' and ')}`,
    ...advice(
      f.isSmaller
        ? 'the first is the smaller one: exchange the two'
        : 'resizeLike, which resamples, takes any size to any other',
    ),
  }),
  switches: (): Refusal => ({
    message: 'the second input must be the switches of maxPoolWithSwitches',
  }),
  poolPadding: (f: { padding: string }): Refusal => ({
    message: `pooling pads "same", "valid" or "floor", not "${f.padding}"`,
  }),
  regionAxis: (): Refusal => ({ message: 'regions lie along the height or the width' }),
  regions: (f: { parts: number }): Refusal => ({
    message: `an axis cannot be divided into ${f.parts} regions`,
  }),
  spread: (f: { shapes: Pair<string> }): Refusal => ({
    message: `only sizes of 1 can be spread, not ${f.shapes.join(' to ')}`,
  }),
  rate: (f: { rate: number }): Refusal => ({ message: `a rate of ${f.rate} is not in [0, 1)` }),
  border: (): Refusal => ({
    message: 'padding wants numbers of 0 or more before and after each axis',
  }),
  elements: (f: { shapes: Pair<string> }): Refusal => ({
    message: `the numbers of elements disagree: ${f.shapes.join(' and ')}`,
  }),
  slice: (f: { axis: number; rank: number; begin: number; sizes: Pair<string> }): Refusal => ({
    message: `no slice of the ${sizesAlong(f.axis, f.rank)}: ${f.sizes[1]} from ${f.begin} on of ${f.sizes[0]}`,
  }),
  sliceRank: (): Refusal => ({ message: 'a slice wants a first index and a size for each axis' }),
};

type First<F> = F extends (facts: infer A) => unknown ? (unknown extends A ? object : A) : never;

/** What a shape rule knows of what it refuses. */
export type ShapeFacts = {
  [K in keyof typeof rules]: { kind: K } & Readonly<First<(typeof rules)[K]>>;
}[keyof typeof rules];

export const shapeRefusal = (facts: ShapeFacts): Refusal =>
  (rules[facts.kind] as (facts: ShapeFacts) => Refusal)(facts);
