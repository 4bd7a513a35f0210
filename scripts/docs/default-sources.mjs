// Where each default of a built-in comes from. Every default has an entry, and every entry a default: the maker holds to that.

const asPublished = 'the paper trains it';
const asConv = 'as `Conv`';
const maxPool = 'as `maxPool`';
const asMaxPool = { window: maxPool, stride: maxPool, padding: maxPool, floor: maxPool };
const epsilon = 'PyTorch; Keras has 1e-3';

export const defaultSources = {
  Conv: {
    kernel: '3x3 throughout VGG (Simonyan and Zisserman 2015) and U-Net (Ronneberger et al. 2015)',
    stride: 'PyTorch, Keras',
    dilation: 'PyTorch, Keras',
    groups: 'PyTorch, Keras',
    padding:
      'netc\'s own: maps keep their size, so skips need no crops; Keras has "valid", PyTorch 0',
    bias: 'PyTorch, Keras',
    init: 'He et al. 2015, for ReLU; Keras has glorot_uniform, PyTorch a uniform one of variance 1 / (3 fan in)',
  },
  ConvTranspose: {
    kernel: "U-Net's 2x2 up-convolution (Ronneberger et al. 2015)",
    stride: "U-Net's up-convolution",
    padding: asConv,
    bias: 'PyTorch, Keras',
    init: asConv,
  },
  DepthwiseConv: {
    multiplier: 'Keras',
    kernel: '3x3 in MobileNet (Howard et al. 2017)',
    stride: asConv,
    dilation: asConv,
    padding: asConv,
    bias: asConv,
    init: asConv,
  },
  BatchNorm: {
    momentum: "PyTorch: new = 0.9 old + 0.1 batch; Keras' 0.99 would be 0.01 here",
    epsilon,
    scale: asPublished,
    shift: asPublished,
  },
  GroupNorm: {
    groups: "netc's own: it divides the widths of small networks; the paper and Keras have 32",
    epsilon,
    scale: asPublished,
    shift: asPublished,
  },
  InstanceNorm: {
    epsilon: 'PyTorch',
    scale: "netc's own: as for the other norms; PyTorch has false",
    shift: "netc's own: as for the other norms; PyTorch has false",
  },
  LayerNorm: { epsilon, scale: asPublished, shift: asPublished },
  Scale: { init: 'the factor that changes nothing; CaiT and ConvNeXt start at 1e-6 to 0.1' },
  Learned: {
    size: 'a vector, as the bias of a convolution',
    channels: 'those of x, so that the two can be added',
    init: 'initially adds nothing; `"normal"` is the 0.02 of BERT and ViT',
  },
  leakyRelu: { slope: 'Maas et al. 2013; PyTorch; Keras has 0.3' },
  dropout: { rate: 'Srivastava et al. 2014; PyTorch' },
  spatialDropout: { rate: 'as `dropout`; PyTorch' },
  dropPath: { rate: 'ConvNeXt-T (Liu et al. 2022), in its last unit' },
  maxPool: {
    window: '2x2 in VGG and U-Net; Keras',
    stride: 'PyTorch, Keras: windows side by side',
    padding: 'as `Conv`; Keras has "valid"',
    floor: "netc's own: a silently dropped row shifts everything upsampled later; PyTorch drops it",
  },
  maxPoolWithSwitches: asMaxPool,
  averagePool: asMaxPool,
  upsample: { factor: 'Keras; undoes a pooling of 2', mode: 'PyTorch, Keras' },
  resizeLike: { mode: 'as `upsample`' },
  pad: { value: 'PyTorch, Keras' },
};
