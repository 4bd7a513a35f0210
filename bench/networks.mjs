// Networks of about as many nodes as wanted, in the ways a file grows: a fold, a map over a list, blocks inside blocks.

const model = (output, blocks = '') => `${blocks}model Net {
  input image: [N, H, W, 8]
  output mask = ${output} -> Conv(1, kernel: 1) -> sigmoid
}
`;

/** Five nodes a step, each step with weights of its own. */
const fold = (nodes) =>
  model(`repeat ${Math.round(nodes / 5)} with state = image {
    (state + image) -> Conv(8) -> BatchNorm -> relu
  }`);

/** Four nodes an element of the list, all joined by one concat. */
const list = (nodes) =>
  model(`(for _ in range(${Math.round(nodes / 4)}) {
    image -> Conv(8) -> BatchNorm -> relu
  }) -> concat`);

/** Four nodes a leaf of a tree of blocks that apply themselves twice; a power of two of them, so at most as many as wanted. */
const tree = (nodes) =>
  model(
    `image -> Tree(${Math.floor(Math.log2(nodes / 4))})`,
    `block Tree(depth) (x) {
  if depth == 0 { x -> Conv(8) -> BatchNorm -> relu } else { x -> Tree(depth - 1) -> Tree(depth - 1) }
}

`,
  );

export const families = { fold, list, tree };

/** A reader that knows one text. */
export const readerOf = (text) => ({
  resolve: (_, specifier) => specifier,
  read: (path) => ({ path, text }),
});
