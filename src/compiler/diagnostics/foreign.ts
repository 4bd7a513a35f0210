/** What a word of PyTorch, Keras or Python is called here, or in words what is written in its place. */
export type Instead = { readonly name: string } | { readonly advice: string };

const name = (text: string): Instead => ({ name: text });
const advice = (text: string): Instead => ({ advice: text });

const pipeline = advice('layers follow each other by arrows: `x -> Conv(64) -> BatchNorm -> relu`');
const dense = advice('a layer that connects channels alone is `Conv(channels, kernel: 1)`');
const flat = advice('images stay [N, H, W, channels]: `globalAverage` leaves one number a channel');
const library = advice('blocks and operations need no library before them: write `relu`, `Conv(64)`');
const resizing = advice(
  '`upsample(2)` multiplies the size; `(x, like) -> resizeLike` takes that of another tensor',
);

/** Layers and functions by the names they have elsewhere; those that differ by a letter or two are found without. */
const layers: Readonly<Record<string, Instead>> = {
  cat: name('concat'),
  concatenate: name('concat'),
  Concatenate: name('concat'),
  Conv2DTranspose: name('ConvTranspose'),
  SeparableConv2D: advice('write `DepthwiseConv -> Conv(channels, kernel: 1)`'),
  BatchNormalization: name('BatchNorm'),
  GroupNormalization: name('GroupNorm'),
  LayerNormalization: name('LayerNorm'),
  InstanceNormalization: name('InstanceNorm'),
  MaxPooling2D: name('maxPool'),
  AveragePooling2D: name('averagePool'),
  AvgPool2d: name('averagePool'),
  avg_pool2d: name('averagePool'),
  AdaptiveAvgPool2d: name('globalAverage'),
  GlobalAveragePooling2D: name('globalAverage'),
  AdaptiveMaxPool2d: name('globalMax'),
  GlobalMaxPooling2D: name('globalMax'),
  UpSampling2D: name('upsample'),
  UpsamplingNearest2d: name('upsample'),
  UpsamplingBilinear2d: name('upsample'),
  interpolate: resizing,
  Resize: resizing,
  ZeroPad2d: name('pad'),
  ZeroPadding2D: name('pad'),
  ReLU6: name('relu'),
  Swish: name('silu'),
  Multiply: advice('tensors are multiplied by an operator: `a * b`'),
  Add: name('add'),
  chunk: name('split'),
  Sequential: pipeline,
  ModuleList: advice('layers are written where they are applied: `for` and `repeat` make many'),
  Linear: dense,
  Dense: dense,
  Flatten: flat,
  flatten: flat,
  reshape: flat,
  view: flat,
};

const words: Readonly<Record<string, Instead>> = {
  True: name('true'),
  False: name('false'),
  None: advice('there is no empty value: leave the argument out, or give it a default'),
  null: advice('there is no empty value: leave the argument out, or give it a default'),
  len: advice('the number of entries of a list is `list.length`'),
  int: name('floor'),
  sum: name('add'),
  self: advice('a layer is written where it is applied, `x -> Conv(64)`; `shared` keeps one for later'),
  nn: library,
  F: library,
  torch: library,
  tf: library,
  keras: library,
  layers: library,
};

/** A name without its partner here, as one who comes from another library writes it. */
export const insteadOfName = (text: string): Instead | undefined =>
  own(layers, text) ?? own(words, text);

/** What begins a path such as `nn.ReLU` or `self.conv`. */
export const isLibrary = (text: string): boolean =>
  text === 'self' || own(words, text) === library;

const argumentNames: Readonly<Record<string, Instead>> = {
  kernel_size: name('kernel'),
  kernelSize: name('kernel'),
  pool_size: name('factor'),
  out_channels: name('channels'),
  filters: name('channels'),
  features: name('channels'),
  in_channels: advice('leave it out: the channels that come in are those of the arrow'),
  num_groups: name('groups'),
  dilation_rate: name('dilation'),
  use_bias: name('bias'),
  padding_mode: name('padding'),
  scale_factor: name('factor'),
  negative_slope: name('slope'),
  alpha: name('slope'),
  p: name('rate'),
  eps: name('epsilon'),
  activation: advice('leave it out, and go on by an arrow: `-> relu`'),
};

export const insteadOfArgument = (text: string): Instead | undefined => own(argumentNames, text);

function own(table: Readonly<Record<string, Instead>>, text: string): Instead | undefined {
  return Object.hasOwn(table, text) ? table[text] : undefined;
}
