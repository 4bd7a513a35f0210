import { expect, test } from 'vitest';
import { compileModel } from '../../src/compiler/compile.js';

function compiled(output: string, blocks = '') {
  const text = `${blocks}model Net {
  input image: [N, H, W, 8]
  output mask = ${output} -> Conv(1, kernel: 1)
}
`;
  const reader = {
    read: (path: string) => ({ path, text }),
    resolve: (_: string, specifier: string) => specifier,
  };
  const { graph, diagnostics } = compileModel('main.net', reader);
  return { nodes: graph?.nodes.length, weights: graph?.variables.length, diagnostics };
}

// A convolution is two nodes, kernel and bias; the model's last one is two of the count.
test.each([
  ['a fold', 'repeat 33333 with x = image { x -> Conv(8) -> relu }', '', 3 * 33_333],
  ['a list', '(for _ in range(33333) { image -> Conv(8) -> relu }) -> concat', '', 3 * 33_333 + 1],
  [
    'blocks inside blocks',
    'image -> Tree(15)',
    'block Tree(depth) (x) {\n  if depth == 0 { x -> Conv(8) -> relu } else { x -> Tree(depth - 1) -> Tree(depth - 1) }\n}\n',
    3 * 2 ** 15,
  ],
])('%s of about 100,000 nodes compiles', (_, output, blocks, nodes) => {
  const { diagnostics, ...counted } = compiled(output, blocks);
  expect(diagnostics).toEqual([]);
  expect(counted).toEqual({ nodes: nodes + 2, weights: 2 * Math.floor(nodes / 3) + 2 });
});
