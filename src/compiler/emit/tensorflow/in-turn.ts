import type { Graph, Node } from '../../ir/graph.js';
import { after as afterOp } from '../../ops/structure/after.js';
import { reshape } from '../../ops/structure/reshape.js';

/**
 * The nodes that TensorFlow has to compute one behind the other, in the order of the graph: those over images in the backward pass
 * of a step that makes values again, from its first `after` on. By itself TensorFlow computes what is ready, so that gradients of
 * kernels wait and hold what they read, and what is made again is made early; its threads share each operation anyway.
 */
export function inTurn({ nodes }: Graph): ReadonlySet<Node> {
  const first = nodes.findIndex(({ op }) => op === afterOp);
  if (first === -1) return new Set();
  const behind = nodes.slice(first);
  return new Set(
    behind.filter((node) => node.op !== afterOp && node.op !== reshape && isOfImages(node)),
  );
}

const isOfImages = ({ results: [result] }: Node): boolean => result?.type.shape.length === 4;
