// What is compiled once for each instruction set.
#pragma once

#include <cstdint>

/** A convolution with stride 1 whose kernel has 1x1 or 3x3 pixels; the image keeps its size (zeros around it). Images are
 * NHWC, kernels [side, side, in, out]. */
struct Convolution {
  int64_t images, height, width;
  int in, out, side;
};

struct Kernels {
  /** y [N, H, W, out] of x [N, H, W, in]. `bias` [out] may be null; with `relu`, negative results are 0. */
  void (*convolve)(const Convolution &, const float *x, const float *kernel, const float *bias,
                   bool relu, float *y);
  /** The gradient of x [N, H, W, in] from that of y. */
  void (*inputGradient)(const Convolution &, const float *g, const float *kernel, float *dx);
  /** The gradient of the kernel from x and the gradient of y. */
  void (*kernelGradient)(const Convolution &, const float *x, const float *g, float *dkernel);
};

/** Those of the best instruction set that this CPU has. */
const Kernels &kernels();
