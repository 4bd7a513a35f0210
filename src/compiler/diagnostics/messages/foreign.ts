/** What a word of PyTorch, Keras or Python is called here, or in words what is written in its place. */
export type Foreign = { readonly name: string } | { readonly advice: string };

const name = (text: string): Foreign => ({ name: text });
const advice = (text: string): Foreign => ({ advice: text });

const pipeline = advice('layers follow each other by arrows: `x -> Conv(64) -> BatchNorm -> relu`');
const dense = advice('a layer that connects channels alone is `Conv(channels, kernel: 1)`');
const flat = advice('images stay [N, H, W, channels]: `globalAverage` leaves one number a channel');
const library = advice(
  'blocks and operations need no library before them: write `relu`, `Conv(64)`',
);
const resizing = advice(
  '`upsample(2)` multiplies the size; `(x, like) -> resizeLike` takes that of another tensor',
);

/** What netc is not for. The reason comes first: a near name would send its reader on a wrong way. */
const flatImages = 'netc is for convolutional networks over 2D images';
/** Of a 3D layer, and of an input of five axes. */
export const volumesAdvice = `${flatImages}, [N, H, W, channels]; a volume goes through slice by slice`;
const noVolumes = advice(volumesAdvice);
const noSequences = advice(
  `${flatImages}, and has no layers over sequences; a Conv along one axis is \`Conv(channels, kernel: [1, 3])\``,
);
const noAttention = advice(
  `${flatImages}, and has no attention between tokens, which needs products of matrices; \`AttentionGate\` in models/lib/skips.net weighs pixels`,
);
const noTensorPrograms = advice(
  `${flatImages}, not for general tensor programs: no product of matrices; \`Conv(channels, kernel: 1)\` mixes channels, \`a * b\` multiplies entry by entry`,
);
const noAxes = advice(
  `${flatImages}, not for general tensor programs: axes keep their places, [N, H, W, channels]`,
);

/** Layers and functions by the names they have elsewhere. */
const layers: Readonly<Record<string, Foreign>> = {
  Conv2d: name('Conv'),
  Conv2D: name('Conv'),
  conv2d: name('Conv'),
  ConvTranspose2d: name('ConvTranspose'),
  BatchNorm2d: name('BatchNorm'),
  InstanceNorm2d: name('InstanceNorm'),
  MaxPool2d: name('maxPool'),
  max_pool2d: name('maxPool'),
  Upsample: name('upsample'),
  ReLU: name('relu'),
  LeakyReLU: name('leakyRelu'),
  leaky_relu: name('leakyRelu'),
  PReLU: name('PRelu'),
  Parameter: name('Learned'),
  LayerScale: name('Scale'),
  ELU: name('elu'),
  GELU: name('gelu'),
  SiLU: name('silu'),
  Sigmoid: name('sigmoid'),
  Tanh: name('tanh'),
  Softmax: name('softmax'),
  Softmax2d: name('softmax'),
  Dropout: name('dropout'),
  Dropout2d: name('spatialDropout'),
  SpatialDropout2D: name('spatialDropout'),
  DropPath: name('dropPath'),
  StochasticDepth: name('dropPath'),
  Identity: name('identity'),
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
  AdaptiveAvgPool2d: name('adaptiveAveragePool'),
  GlobalAveragePooling2D: name('globalAverage'),
  AdaptiveMaxPool2d: name('adaptiveMaxPool'),
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

const words: Readonly<Record<string, Foreign>> = {
  True: name('true'),
  False: name('false'),
  None: advice('there is no empty value: leave the argument out, or give it a default'),
  null: advice('there is no empty value: leave the argument out, or give it a default'),
  len: advice('the number of entries of a list is `list.length`'),
  int: name('floor'),
  sum: advice('tensors of a list are summed by an arrow: `list -> add`'),
  enumerate: advice(
    'count instead: `for i in range(list.length) { ... }`, with `list[i]` in its braces',
  ),
  reversed: advice('a list from its end on is `list.reversed`'),
  zip: advice(
    'count instead: `for i in range(a.length) { ... }`, with `a[i]` and `b[i]` in its braces',
  ),
  self: advice(
    'a layer is written where it is applied, `x -> Conv(64)`; `shared` keeps one for later',
  ),
  nn: library,
  F: library,
  torch: library,
  tf: library,
  keras: library,
  layers: library,
};

/** What netc does not have and is not for: functions as they are written, layers in lower case. */
const outside: Readonly<Record<string, Foreign>> = {
  ...each('matmul matMul mm bmm baddbmm einsum tensordot dot batch_dot linalg', noTensorPrograms),
  ...each('permute transpose swapaxes movedim moveaxis rearrange unsqueeze squeeze', noAxes),
  ...each('gather scatter', noAxes),
  ...each('lstm gru rnn lstmcell grucell simplernn bidirectional timedistributed', noSequences),
  ...each('embedding positionalencoding', noSequences),
  ...each('multiheadattention multiheadselfattention selfattention crossattention', noAttention),
  ...each('scaled_dot_product_attention scaleddotproductattention', noAttention),
  ...each('attention additiveattention transformer vit visiontransformer', noAttention),
  ...each('transformerencoder transformerencoderlayer transformerdecoder', noAttention),
  ...each('swintransformer swintransformerblock patchembed patchembedding', noAttention),
};

function each(names: string, foreign: Foreign): Readonly<Record<string, Foreign>> {
  return Object.fromEntries(names.split(' ').map((text) => [text, foreign]));
}

/** `Conv3d`, `MaxPooling3D`, `conv_transpose3d`: whatever has as many axes is out for the same reason. */
function ofOtherAxes(text: string): Foreign | undefined {
  const [, layer, axes] = /^(\w*[a-z])_?([13])d(?:transpose)?$/i.exec(text) ?? [];
  if (!layer || !/conv|pool|norm|pad|drop|upsampl|crop|lstm/i.test(layer)) return undefined;
  return axes === '3' ? noVolumes : noSequences;
}

/** A name without its partner here, as one who comes from another library writes it. */
export const foreignName = (text: string): Foreign | undefined =>
  own(layers, text) ??
  own(words, text) ??
  own(outside, /^[A-Z]/.test(text) ? text.toLowerCase() : text) ??
  ofOtherAxes(text);

const leaveOut: Readonly<Record<string, string>> = {
  in_channels: 'leave it out: the channels that come in are those of the arrow',
  num_features: 'leave it out: the channels that come in are those of the arrow',
  activation: 'leave it out, and go on by an arrow: `-> relu`',
};

const argumentNames: Readonly<Record<string, readonly string[]>> = {
  kernel_size: ['kernel', 'window'],
  kernelSize: ['kernel', 'window'],
  pool_size: ['window'],
  size: ['factor', 'window', 'kernel'],
  output_size: ['size'],
  out_channels: ['channels'],
  filters: ['channels'],
  num_groups: ['groups'],
  dilation_rate: ['dilation'],
  use_bias: ['bias'],
  scale_factor: ['factor'],
  negative_slope: ['slope'],
  alpha: ['slope'],
  ceil_mode: ['floor'],
  p: ['rate'],
  eps: ['epsilon'],
};

/** An argument by the name it has elsewhere, of a block that takes `names`. */
export function foreignArgument(text: string, names: readonly string[]): Foreign | undefined {
  const words = Object.hasOwn(leaveOut, text) ? leaveOut[text] : undefined;
  if (words) return advice(words);
  const candidates = Object.hasOwn(argumentNames, text) ? argumentNames[text] : [];
  const here = candidates?.find((candidate) => names.includes(candidate));
  return here ? name(here) : undefined;
}

function own(table: Readonly<Record<string, Foreign>>, text: string): Foreign | undefined {
  return Object.hasOwn(table, text) ? table[text] : undefined;
}
