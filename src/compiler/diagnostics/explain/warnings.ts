import type { Explanations } from './explanation.js';

/** NET09xx: what is no error and does less than its reader may think. */
export const warningExplanations = {
  NET0901: {
    meaning:
      'Part of the network is computed from the inputs, but no output depends on it. It is left out of the graph: its weights are not created, counted or trained, and it makes no demands on the size of an image. Often a later line uses the name of an earlier map by mistake. A tensor of which only the size is read, such as the second input of `resizeLike` or the tensor before `.channels`, is left out without a warning. See rule models-3 of the reference.',
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
      'The model has an input that no output depends on. It still has to be fed whenever the network runs, but its values change nothing. See rule models-3 of the reference.',
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
      'The file defines a model, and a block that no model of the file uses, directly or through other blocks. Perhaps it was meant to replace another block. In a file without a model there is no such warning, because its blocks are for other files; and blocks named by `--set` on the command line count as used. A variant, `model Other = Net(Unit: Wide)`, uses a block too. See rule models-4 of the reference.',
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
      'A parameter or an input is read neither in the body nor in a later default. Changing its argument changes nothing, although a reader would expect it to. If the place has to be kept, because a shape passes `channels` to every unit or feeds two maps to every skip, begin the name with `_` to say so. See rule models-4 of the reference.',
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
      'An imported name is not used in this file. Blocks for `--set` need no import of their own: they are looked up in all files that the model comes from. See rule models-4 of the reference.',
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
      'A line, a loop or a pattern binds a name that nothing reads. Write `_` in its place to drop the value. Note that the first name a loop binds is part of the paths of the weights made in its steps, so renaming it changes their initial values. See rule models-4 of the reference.',
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
      '`shared` makes one instance for several applications, but this one is applied at only one place or at none, so no weight is shared. There is no warning for a place in a loop, which is many applications, or for an instance that is passed on, which may be applied anywhere. See rule models-4 of the reference.',
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
      'An output is computed from the inputs without any weights, so training cannot change it. A sigmoid or a softmax directly after an input is missing the convolution that gives it its channels. See rule models-4 of the reference.',
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
      'A map is multiplied by coefficients of another size, which works only because of a rule that fits any two sizes. There are two cases. A height or width that came out as 1, but not by global pooling, is spread over the whole map. Or a block with several inputs fits a map to its skip with `resizeLike` or `cropLike`, from a size that is neither the same nor half: the skip probably belongs to another level. If the distance is intended, write it as `upsample(4)`. See rule models-4 of the reference.',
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
      '`//` begins a comment, and the rest of the line has no effect: `x.channels // 16` is `x.channels`, which gives another network than it seems. There is a warning if a comment after something that may be a number consists only of a number, an attribute or a name of the file. For the whole part of a quotient, write `floor(a / b)`. A comment of more than one word is never taken for a divisor. See rule text-2 of the reference.',
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
  NET0911: {
    meaning:
      'A hundred errors and warnings are shown, and this line says how many more warnings there are. Mend the first ones and check again. See rule text-6 of the reference.',
    wrong: `model Net(${Array.from({ length: 101 }, (_, i) => `a${i + 1} = 1`).join(', ')}) {
  input image: [N, H, W, 1]
  output mask = image -> Conv(1) -> sigmoid
}
`,
    right: `model Net {
  input image: [N, H, W, 1]
  output mask = image -> Conv(1) -> sigmoid
}
`,
  },
} satisfies Explanations;
