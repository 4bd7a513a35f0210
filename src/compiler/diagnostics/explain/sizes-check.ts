import type { Explanations } from './explanation.js';

/** Pages of what only `netc check --size` says; the first line of each text is the command that is meant. */
export const sizeCheckExplanations = {
  NET0406: {
    meaning:
      'A network that halves its maps needs images whose sides can be halved that often: a map of 15 rows has no half. `netc check --size` was asked about an image size (height x width) that some operation cannot process. The message shows the first line that fails, with the sizes in numbers. Pad or crop the images to one of the sizes it names, or use a network with fewer halvings. See rule sizes-2 of the reference.',
    wrong: `// netc check net.net --size 30x32
model Net {
  input image: [N, H, W, 1]
  output mask = image -> maxPool(2) -> maxPool(2) -> upsample(4) -> Conv(1) -> sigmoid
}
`,
    right: `// netc check net.net --size 32x32
model Net {
  input image: [N, H, W, 1]
  output mask = image -> maxPool(2) -> maxPool(2) -> upsample(4) -> Conv(1) -> sigmoid
}
`,
  },
} satisfies Explanations;
