import { readerOfTexts } from '../../src/compiler/source/texts.js';
import { Workspace } from '../../src/editor/workspace.js';

/** Where the cursor is in a text of a test. */
export const mark = '‸';

export interface Marked {
  readonly workspace: Workspace;
  readonly path: string;
  readonly offset: number;
}

/** A workspace of these files, all closed but the one that holds the cursor. */
export function marked(files: Readonly<Record<string, string>>): Marked {
  const texts = new Map(Object.entries(files));
  const [path, text] = [...texts].find(([, content]) => content.includes(mark))!;
  texts.set(path, text.replace(mark, ''));
  const workspace = new Workspace({
    read: (file) => texts.get(file),
    resolve: readerOfTexts({}).resolve,
    list: () => [...texts.keys()].filter((file) => file.endsWith('.net')),
  });
  workspace.update(path, texts.get(path)!);
  return { workspace, path, offset: text.indexOf(mark) };
}

/** A small family of networks in two files, as far as a test does not replace them. */
export const units = `/// A convolution with batch norm and ReLU.
block ConvUnit(channels, kernel = 3) (x) {
  x -> Conv(channels, kernel: kernel) -> BatchNorm -> relu
}

/// Two of them.
block DoubleConv(channels) (x) { x -> ConvUnit(channels) -> ConvUnit(channels) }
`;

export const unet = `import { ConvUnit, DoubleConv } from "units.net"

model Small(Unit = DoubleConv, base = 8) {
  input image: [N, H, W, 3]
  let here = image -> Unit(base)
  let below = here -> maxPool(2) -> ConvUnit(base * 2, kernel: 5)
  output mask = (here, below -> upsample(2)) -> concat -> Conv(1, kernel: 1) -> sigmoid
}
`;
