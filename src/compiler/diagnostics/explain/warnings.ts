import type { Explanations } from './explanation.js';

/** NET09xx: what is no mistake and does less than its reader may think. */
export const warningExplanations = {
  NET0901: {
    meaning:
      'A part of the network is computed from the inputs, and no output is computed from it. Such a part is left out of the ' +
      'graph: its weights are neither made nor counted nor trained, and it demands nothing of the size of an image. Often a ' +
      'later line takes the name of an earlier map by mistake. A tensor of which only the size is read, as the second of ' +
      '`resizeLike` or by `.channels`, is left out too, without a warning.',
    wrong: `model Net {
  input image: [N, H, W, 3]
  let features = image -> Conv(8) -> relu
  output mask = image -> Conv(1) -> sigmoid
}
`,
    right: `model Net {
  input image: [N, H, W, 3]
  let features = image -> Conv(8) -> relu
  output mask = features -> Conv(1) -> sigmoid
}
`,
  },
  NET0902: {
    meaning:
      'The model has an input that no output is computed from. Whoever runs the network has to feed it all the same, and ' +
      'what is fed changes nothing.',
    wrong: `model Net {
  input image: [N, H, W, 3]
  input prior: [N, H, W, 1]
  output mask = image -> Conv(1) -> sigmoid
}
`,
    right: `model Net {
  input image: [N, H, W, 3]
  input prior: [N, H, W, 1]
  output mask = (image, prior) -> concat -> Conv(1) -> sigmoid
}
`,
  },
  NET0903: {
    meaning:
      'The file defines a model and a block that no model of the file is made of, directly or through other blocks. Perhaps ' +
      'another block was to be replaced by it. In a file without a model nothing is said: its blocks are for others, and so ' +
      'are blocks that a `--set` on the command line names. A variant, `model Other = Net(Unit: Wide)`, makes use of one too.',
    wrong: `block Narrow(x) { x -> Conv(4) -> relu }
block Wide(x) { x -> Conv(16) -> relu }

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Narrow -> Conv(1) -> sigmoid
}
`,
    right: `block Narrow(x) { x -> Conv(4) -> relu }
block Wide(x) { x -> Conv(16) -> relu }

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Narrow -> Wide -> Conv(1) -> sigmoid
}
`,
  },
  NET0904: {
    meaning:
      'A parameter or an input is read neither in the body nor in the defaults behind it: another argument, another network ' +
      'than one would think. Where its place must be kept, because a shape passes `channels` to every unit or feeds two maps to ' +
      'every skip, a name that begins with `_` says that this is meant.',
    wrong: `block Unit(channels, kernel = 3) (x) { x -> Conv(channels) -> relu }

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Unit(8, kernel: 5) -> Conv(1) -> sigmoid
}
`,
    right: `block Unit(channels, kernel = 3) (x) { x -> Conv(channels, kernel: kernel) -> relu }

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Unit(8, kernel: 5) -> Conv(1) -> sigmoid
}
`,
  },
  NET0905: {
    meaning:
      'A name is imported and never read in the file. Blocks for `--set` need no import of their own: they are sought in all ' +
      'files that the model comes from.',
    files: { 'units.net': 'block Unit(x) { x -> Conv(8) -> relu }\n' },
    wrong: `import { Unit } from "units.net"

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Conv(1) -> sigmoid
}
`,
    right: `import { Unit } from "units.net"

model Net {
  input image: [N, H, W, 3]
  output mask = image -> Unit -> Conv(1) -> sigmoid
}
`,
  },
  NET0906: {
    meaning:
      'A line, a loop or a pattern binds a name that nothing reads. `_` in its place drops the value and says that this is ' +
      'meant. The first name that a loop binds is in the paths of the weights made in its steps, so that another name there ' +
      'draws other initial values.',
    wrong: `model Net(base = 8) {
  input image: [N, H, W, 3]
  let half = base / 2
  output mask = image -> Conv(base) -> relu -> Conv(1) -> sigmoid
}
`,
    right: `model Net(base = 8) {
  input image: [N, H, W, 3]
  let half = base / 2
  output mask = image -> Conv(half) -> relu -> Conv(1) -> sigmoid
}
`,
  },
  NET0907: {
    meaning:
      '`shared` makes one instance for several applications. Here it is applied at one place or at none, so that no weight is ' +
      'shared. In a loop one place is many applications, and an instance that is passed on may be applied anywhere; neither is ' +
      'warned of.',
    wrong: `model Net {
  input image: [N, H, W, 3]
  shared kernel = Conv(3)
  output mask = image -> kernel -> relu -> Conv(1) -> sigmoid
}
`,
    right: `model Net {
  input image: [N, H, W, 3]
  shared kernel = Conv(3)
  output mask = image -> kernel -> relu -> kernel -> relu -> Conv(1) -> sigmoid
}
`,
  },
  NET0908: {
    meaning:
      'An output is computed from the inputs without a single weight, so that training cannot change it. A sigmoid or a ' +
      'softmax right behind an input lacks the convolution that gives it its channels.',
    wrong: `model Net {
  input image: [N, H, W, 1]
  output mask = image -> sigmoid
}
`,
    right: `model Net {
  input image: [N, H, W, 1]
  output mask = image -> Conv(1) -> sigmoid
}
`,
  },
  NET0909: {
    meaning:
      'Coefficients are multiplied with a map of another size, and only a rule that fits any two sizes makes that possible. ' +
      'Either a height or width that came out as 1, not by global pooling, is spread over the whole map; or a block of ' +
      'several inputs fits a map to its skip by `resizeLike` or `cropLike`, from a size that is neither its own nor half of it: ' +
      'the skip is probably that of another level. `upsample(4)` says that the distance is meant.',
    wrong: `block Gate(skip, signal) {
  let alpha = (signal -> Conv(1), skip) -> resizeLike -> sigmoid
  skip * alpha
}

model Net {
  input image: [N, H, W, 3]
  let top = image -> Conv(8) -> relu
  let low = top -> maxPool(4) -> Conv(8) -> relu
  output mask = (top, low) -> Gate -> Conv(1) -> sigmoid
}
`,
    right: `block Gate(skip, signal) {
  let alpha = (signal -> Conv(1), skip) -> resizeLike -> sigmoid
  skip * alpha
}

model Net {
  input image: [N, H, W, 3]
  let top = image -> Conv(8) -> relu
  let low = top -> maxPool(2) -> Conv(8) -> relu
  output mask = (top, low) -> Gate -> Conv(1) -> sigmoid
}
`,
  },
  NET0910: {
    meaning:
      '`//` begins a comment, and what follows it on its line counts for nothing: `x.channels // 16` is `x.channels`, another ' +
      'network than one would think. A comment is warned of where it is nothing but a number, an attribute or a name of the ' +
      'file, behind what may be a number. The whole part of a quotient is `floor(a / b)`. A remark of more than one word is ' +
      'never taken for a divisor.',
    wrong: `block Squeeze(x) {
  let inner = x.channels // 16
  x -> Conv(inner, kernel: 1) -> relu
}

model Net {
  input image: [N, H, W, 32]
  output mask = image -> Squeeze -> Conv(1) -> sigmoid
}
`,
    right: `block Squeeze(x) {
  let inner = floor(x.channels / 16)
  x -> Conv(inner, kernel: 1) -> relu
}

model Net {
  input image: [N, H, W, 32]
  output mask = image -> Squeeze -> Conv(1) -> sigmoid
}
`,
  },
} satisfies Explanations;
