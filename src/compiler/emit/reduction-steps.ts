/**
 * The axes that a sum or a mean is taken over, one after the other, the innermost first. Kernels of TensorFlow and ONNX Runtime add many
 * numbers up in one float32 number, in order: over 8 maps of 256x256 of few channels, whose pixels are alike, half a percent is lost. In
 * steps, each such sum is no longer than an axis.
 */
export const stepsOver = (axes: readonly number[]): readonly (readonly number[])[] =>
  axes.toSorted((a, b) => b - a).map((axis) => [axis]);
