import type { Value } from '../../ir/graph.js';
import { channelsOf } from '../../ops/values.js';
import type { Padding } from '../../ops/window.js';
import type { Pair } from '../../values/parameters.js';
import { paddingOf } from '../padding.js';
import type { Operands } from './operations.js';
import { isEven, padded, pair, pairUnless } from './padding.js';
import { py } from './python/parse.js';
import { type Expression, hinted, keywords, name, number } from './python/tree.js';

/** Where a tensor of a module's state comes from. */
export interface StateSource {
  /** The weight's leaf in netc. */
  readonly leaf: string;
  /** Which axis of netc's stands at each place, where the order is another. */
  readonly axes?: readonly number[];
  /** Where the block has no such weight: it is `count` of `value`. */
  readonly otherwise?: { readonly value: number; readonly count: number };
}

/** A built-in block as a module of torch.nn. */
export interface BlockCode {
  readonly construct: Expression;
  /** What it gives for its operand, `self` being the module. */
  apply(self: Expression, o: Operands): Expression;
  /** By the module's name of the tensor. */
  readonly state: Readonly<Record<string, StateSource>>;
}

interface ConvConfiguration {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation?: readonly number[];
  readonly groups?: number;
  readonly padding: Padding;
  readonly bias: boolean;
}

const kernelAxes = [3, 2, 0, 1];
const called = (self: Expression, o: Operands): Expression => py`${self}(${o.arg(0)})`;

function convState(bias: boolean): BlockCode['state'] {
  const weight = { leaf: 'kernel', axes: kernelAxes };
  return bias ? { weight, bias: { leaf: 'bias' } } : { weight };
}

/** A pair that may be a parameter of the class, where it is one number. */
const named = (hint: string, values: Expression | undefined): Expression | undefined =>
  values?.kind === 'number' ? { ...values, hint } : values;

const convolution =
  (groupsOf: (x: Value, groups: number | undefined) => number) =>
  (configuration: ConvConfiguration, x: Value, y: Value): BlockCode => {
    const { kernel, stride, dilation = [1, 1], padding, bias } = configuration;
    const sliding = { taps: kernel, strides: stride, dilations: dilation, padding };
    const pads = paddingOf(x.type.shape, y.type.shape, sliding);
    const around = pairUnless(
      0,
      pads.map((axis) => axis.before),
    );
    const dilated = pairUnless(1, dilation);
    const even = padding === 'torch' || isEven(pads);
    const groups = groupsOf(x, configuration.groups);
    const from = hinted('in_channels', channelsOf(x));
    const options = keywords({
      stride: pairUnless(1, stride),
      padding: even ? (dilated ? named('padding', around) : around) : undefined,
      dilation: named('dilation', dilated),
      groups: groups === 1 ? undefined : groups === channelsOf(x) ? from : number(groups),
      bias: bias ? undefined : name('False'),
    });
    const to = hinted('out_channels', channelsOf(y));
    return {
      construct: py`nn.Conv2d(${from}, ${to}, ${pair(kernel)}, ${options})`,
      apply: (self, o) => py`${self}(${even ? o.arg(0) : padded(o.arg(0), pads)})`,
      state: convState(bias),
    };
  };

function transposed(configuration: ConvConfiguration, x: Value, y: Value): BlockCode {
  const { kernel, stride, padding, bias } = configuration;
  const sliding = { taps: kernel, strides: stride, dilations: [1, 1], padding };
  const pads = paddingOf(y.type.shape, x.type.shape, sliding);
  // PyTorch takes the same off both sides and can add at the end; what is still too much is cut off.
  const added = pads.map(({ before, after }) => Math.max(before - after, 0));
  const cut = pads.map(({ before, after }) => Math.max(after - before, 0));
  const [from, to] = [hinted('in_channels', channelsOf(x)), hinted('out_channels', channelsOf(y))];
  const options = keywords({
    stride: pair(stride),
    padding: pairUnless(
      0,
      pads.map(({ before }) => before),
    ),
    output_padding: pairUnless(0, added),
    bias: bias ? undefined : name('False'),
  });
  return {
    construct: py`nn.ConvTranspose2d(${from}, ${to}, ${pair(kernel)}, ${options})`,
    apply: (self, o) => {
      const whole = called(self, o);
      const [rows, columns] = cut.map((n) => (n === 0 ? name('') : py`-${n}`));
      return cut.every((n) => n === 0) ? whole : py`${whole}[:, :, :${rows!}, :${columns!}]`;
    },
    state: convState(bias),
  };
}

interface NormConfiguration {
  readonly epsilon: number;
  readonly scale: boolean;
  readonly shift: boolean;
}

const affine = (x: Value): BlockCode['state'] => ({
  weight: { leaf: 'scale', otherwise: { value: 1, count: channelsOf(x) } },
  bias: { leaf: 'shift', otherwise: { value: 0, count: channelsOf(x) } },
});
const statistics = { running_mean: { leaf: 'mean' }, running_var: { leaf: 'variance' } };
const features = (x: Value): Expression => hinted('channels', channelsOf(x));
const unless = (plain: number, value: number): Expression | undefined =>
  value === plain ? undefined : number(value);
const epsilonOf = ({ epsilon }: NormConfiguration) => ({ eps: unless(1e-5, epsilon) });

const batchNorm = (c: NormConfiguration & { readonly momentum: number }, x: Value): BlockCode => {
  const options = keywords({ ...epsilonOf(c), momentum: unless(0.1, c.momentum) });
  return {
    construct: py`nn.BatchNorm2d(${features(x)}, ${options})`,
    apply: called,
    state: { ...affine(x), ...statistics },
  };
};

/** By name; `c` is the configuration as the block reads it. */
export const blocks: Readonly<Record<string, (c: never, x: Value, y: Value) => BlockCode>> = {
  Conv: convolution((_, groups) => groups as number),
  DepthwiseConv: convolution(channelsOf),
  ConvTranspose: transposed,
  BatchNorm: batchNorm,
  GroupNorm: (c: NormConfiguration & { readonly groups: number }, x): BlockCode => {
    const groups = channelsOf(x) === 1 ? 1 : c.groups;
    return {
      construct: py`nn.GroupNorm(${groups}, ${features(x)}, ${keywords(epsilonOf(c))})`,
      apply: called,
      state: affine(x),
    };
  },
  InstanceNorm: (c: NormConfiguration, x): BlockCode => ({
    construct: py`nn.InstanceNorm2d(${features(x)}, ${keywords(epsilonOf(c))}, affine=True)`,
    apply: called,
    state: affine(x),
  }),
  /** Over the channels, which torch wants last. */
  LayerNorm: (c: NormConfiguration, x): BlockCode => ({
    construct: py`nn.LayerNorm(${features(x)}, ${keywords(epsilonOf(c))})`,
    apply: (self, o) => py`${self}(${o.arg(0)}.movedim(1, -1)).movedim(-1, 1)`,
    state: affine(x),
  }),
  PRelu: (_, x): BlockCode => ({
    construct: py`nn.PReLU(${features(x)})`,
    apply: called,
    state: { weight: { leaf: 'slope' } },
  }),
  Scale: (_, x): BlockCode => ({
    construct: py`nn.ParameterList([torch.ones(${features(x)})])`,
    apply: (self, o) => py`${o.arg(0)} * ${self}[0][:, None, None]`,
    state: { 0: { leaf: 'scale' } },
  }),
  Learned: ({ size }: { readonly size: Pair | null }, _, y): BlockCode => ({
    construct: py`nn.ParameterList([torch.zeros(${features(y)}, ${(size ?? []).map(number)})])`,
    apply(self, o) {
      const like = o.image(y.type.shape, size ? [0] : [0, 1, 2]);
      return size
        ? py`${self}[0].expand(${like.batch}, -1, -1, -1)`
        : py`${self}[0][:, None, None].expand(${like.batch}, -1, ${like.extents})`;
    },
    state: { 0: { leaf: 'value', ...(size && { axes: [2, 0, 1] }) } },
  }),
};
