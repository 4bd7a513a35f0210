/**
 * The order of the axes of a tensor of rank 4. In PyTorch and inside an ONNX graph images are NCHW; the inputs and outputs of
 * an ONNX graph are NHWC, as everywhere in netc. `oihw` is a convolution's kernel, [height, width, inputs, outputs] in netc.
 */
export type Layout = 'nhwc' | 'nchw' | 'oihw';

/** Which axis of netc's order stands at each place. */
export const axesOf: Readonly<Record<Layout, readonly number[]>> = {
  nhwc: [0, 1, 2, 3],
  nchw: [0, 3, 1, 2],
  oihw: [3, 2, 0, 1],
};

/** A list that has an entry for each of netc's axes, in the order of ONNX and PyTorch. */
export const inOrder = <T>(perAxis: readonly T[]): readonly T[] =>
  perAxis.length === 4 ? axesOf.nchw.map((axis) => perAxis[axis]!) : perAxis;

/** Where ONNX and PyTorch have one of netc's axes, of a tensor of this rank. */
export const placeOf = (axis: number, rank: number): number =>
  rank === 4 ? axesOf.nchw.indexOf(axis) : axis;

/** The `perm` of the Transpose from one layout to another. */
export const permutation = (from: Layout, to: Layout): readonly number[] =>
  axesOf[to].map((axis) => axesOf[from].indexOf(axis));
