import type { Pair } from '../../builtins/parameters.js';
import type { Value } from '../../ir/graph.js';
import type { Padding } from '../../ops/window.js';
import { fixedValue } from '../../sizes/size.js';
import { type AxisPadding, paddingOf } from '../padding.js';
import { hole, pair } from './code.js';

/** Where a tensor of a module's state comes from. */
export interface StateSource {
  /** The weight's leaf in netc. */
  readonly leaf: string;
  /** Which axis of netc's stands at each place, where the order is another. */
  readonly axes?: readonly number[];
  /** Where the block has no such weight: it is made of this. */
  readonly otherwise?: number;
}

/** A built-in block as a module of torch.nn. */
export interface BlockCode {
  readonly construct: string;
  /** What is called with the input, and what then becomes of it. */
  apply(self: string, x: string): string;
  /** Of a block that reads no more than sizes: along which axes its input has the result's, in place of the input. */
  readonly like?: readonly number[];
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

const channelsOf = ({ type }: Value): number => fixedValue(type.shape[3]) as number;
const kernelAxes = [3, 2, 0, 1];
const call = (self: string, x: string): string => `${self}(${x})`;

const options = (given: Readonly<Record<string, string | false>>): string =>
  Object.entries(given)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => `, ${name}=${value}`)
    .join('');

const pairUnless = (plain: number, values: readonly number[]): string | false =>
  values.every((value) => value === plain) ? false : pair(values);

function convState(bias: boolean): BlockCode['state'] {
  const weight = { leaf: 'kernel', axes: kernelAxes };
  return bias ? { weight, bias: { leaf: 'bias' } } : { weight };
}

/** Padding by an operation of its own where one side has more: left, right, above, below. */
export const sides = ([rows, columns]: readonly AxisPadding[]): string =>
  [columns.before, Math.max(columns.after, 0), rows.before, Math.max(rows.after, 0)].join(', ');

/** The same on both sides; an element that no window reaches needs no padding after it. */
export const isEven = (padding: readonly AxisPadding[]): boolean =>
  padding.every(({ before, after }) => before === after || (before === 0 && after < 0));

const convolution =
  (groupsOf: (x: Value, groups: number | undefined) => number) =>
  (configuration: ConvConfiguration, x: Value, y: Value): BlockCode => {
    const { kernel, stride, dilation = [1, 1], padding, bias } = configuration;
    const sliding = { taps: kernel, strides: stride, dilations: dilation, padding };
    const pads = paddingOf(x.type.shape, y.type.shape, sliding);
    const before = pads.map((axis) => axis.before);
    const even = padding === 'torch' || isEven(pads);
    const groups = groupsOf(x, configuration.groups);
    const [from, to] = [channelsOf(x), channelsOf(y)];
    const given = options({
      stride: pairUnless(1, stride),
      padding: even && pairUnless(0, before),
      dilation: pairUnless(1, dilation),
      groups: groups > 1 && (groups === from ? hole('in_channels', groups) : `${groups}`),
      bias: !bias && 'False',
    });
    const channels = `${hole('in_channels', from)}, ${hole('out_channels', to)}`;
    return {
      construct: `nn.Conv2d(${channels}, ${pair(kernel)}${given})`,
      apply: (self, input) => call(self, even ? input : `F.pad(${input}, (${sides(pads)}))`),
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
  const given = options({
    stride: pair(stride),
    padding: pairUnless(
      0,
      pads.map(({ before }) => before),
    ),
    output_padding: pairUnless(0, added),
    bias: !bias && 'False',
  });
  const channels = `${hole('in_channels', channelsOf(x))}, ${hole('out_channels', channelsOf(y))}`;
  const upTo = cut.map((n) => (n === 0 ? ':' : `:-${n}`)).join(', ');
  return {
    construct: `nn.ConvTranspose2d(${channels}, ${pair(kernel)}${given})`,
    apply: (self, input) =>
      `${call(self, input)}${cut.some((n) => n > 0) ? `[:, :, ${upTo}]` : ''}`,
    state: convState(bias),
  };
}

interface NormConfiguration {
  readonly epsilon: number;
  readonly scale: boolean;
  readonly shift: boolean;
}

const affine = {
  weight: { leaf: 'scale', otherwise: 1 },
  bias: { leaf: 'shift', otherwise: 0 },
};
const moments = { running_mean: { leaf: 'mean' }, running_var: { leaf: 'variance' } };

/** A name or one call as it is. */
const bracketed = (x: string): string => (/^[\w.]+(\([^()]*\))?$/.test(x) ? x : `(${x})`);
const features = (x: Value): string => hole('channels', channelsOf(x));
const epsilonOf = ({ epsilon }: NormConfiguration) => ({ eps: epsilon !== 1e-5 && `${epsilon}` });

const batchNorm = (c: NormConfiguration & { readonly momentum: number }, x: Value): BlockCode => ({
  construct: `nn.BatchNorm2d(${features(x)}${options({
    ...epsilonOf(c),
    momentum: c.momentum !== 0.1 && `${c.momentum}`,
  })})`,
  apply: call,
  state: { ...affine, ...moments },
});

/** By name; `c` is the configuration as the block reads it. */
export const blocks: Readonly<Record<string, (c: never, x: Value, y: Value) => BlockCode>> = {
  Conv: convolution((_, groups) => groups as number),
  DepthwiseConv: convolution(channelsOf),
  ConvTranspose: transposed,
  BatchNorm: batchNorm,
  GroupNorm: (c: NormConfiguration & { readonly groups: number }, x): BlockCode => ({
    construct: `nn.GroupNorm(${channelsOf(x) === 1 ? 1 : c.groups}, ${features(x)}${options(epsilonOf(c))})`,
    apply: call,
    state: affine,
  }),
  InstanceNorm: (c: NormConfiguration, x): BlockCode => ({
    construct: `nn.InstanceNorm2d(${features(x)}${options(epsilonOf(c))}, affine=True)`,
    apply: call,
    state: affine,
  }),
  /** Over the channels, which torch wants last. */
  LayerNorm: (c: NormConfiguration, x): BlockCode => ({
    construct: `nn.LayerNorm(${features(x)}${options(epsilonOf(c))})`,
    apply: (self, input) => `${self}(${input}.movedim(1, -1)).movedim(-1, 1)`,
    state: affine,
  }),
  PRelu: (_, x): BlockCode => ({
    construct: `nn.PReLU(${features(x)})`,
    apply: call,
    state: { weight: { leaf: 'slope' } },
  }),
  Scale: (_, x): BlockCode => ({
    construct: `nn.ParameterList([torch.ones(${features(x)})])`,
    apply: (self, input) => `(${bracketed(input)} * ${self}[0][:, None, None])`,
    state: { 0: { leaf: 'scale' } },
  }),
  Learned: ({ size }: { readonly size: Pair | null }, _, y): BlockCode => {
    const sizes = [hole('channels', channelsOf(y)), ...(size ?? [])].join(', ');
    const [table, extents] = size ? ['', '-1, -1'] : ['[:, None, None]', '*x.shape[2:]'];
    return {
      construct: `nn.ParameterList([torch.zeros(${sizes})])`,
      apply: (self, x) =>
        `${self}[0]${table}.expand(${x}.shape[0], -1, ${extents.replace('x', x)})`,
      like: size ? [0] : [0, 1, 2],
      state: { 0: { leaf: 'value', ...(size && { axes: [2, 0, 1] }) } },
    };
  },
};
