// What is compiled once for each instruction set.
#pragma once

#include <cstdint>

/** A convolution with stride 1 whose kernel has 1x1 or 3x3 pixels; the image keeps its size (zeros around it). Images are
 * NHWC, kernels [side, side, in, out]. */
struct Convolution {
  int64_t images, height, width;
  int in, out, side;
};

/** A batch norm by the batch's own moments, over `pixels` of `channels` each, with a ReLU after it or not. */
struct Norm {
  int64_t pixels;
  int channels;
  float epsilon;
  bool relu;
};

/**
 * What happens to a result before it is written: times `factor` and plus `offset`, both by channel, 0 where that is negative
 * with `relu`, and plus `addend`, an image like the result. What is null is left out.
 */
struct Finish {
  const float *factor, *offset, *addend;
  bool relu;
};

struct Kernels {
  /** y [N, H, W, out] of x [N, H, W, in]. */
  void (*convolve)(const Convolution&, const float* x, const float* kernel, const Finish&, float* y);
  /** The gradient of x [N, H, W, in] from that of y, plus `addend` where that is not null. */
  void (*inputGradient)(const Convolution&, const float* g, const float* kernel, const float* addend, float* dx);
  /** The gradient of the kernel from x and the gradient of y, plus `addend` where that is not null. */
  void (*kernelGradient)(const Convolution&, const float* x, const float* g, const float* addend, float* dkernel);
  /** y of x, plus `addend` where that is not null, and the batch's mean and unbiased variance by channel. */
  void (*normalise)(const Norm&, const float* x, const float* scale, const float* shift, const float* addend, float* y,
                    float* mean, float* variance);
  /** The same y once more, by the mean and variance found then. */
  void (*normaliseByMoments)(const Norm&, const float* x, const float* scale, const float* shift, const float* mean,
                             const float* variance, const float* addend, float* y);
  /** The gradients of x (which may take the place of g), scale and shift from that of y; mean and variance are the above. */
  void (*normaliseGradient)(const Norm&, const float* g, const float* x, const float* scale, const float* shift,
                            const float* mean, const float* variance, float* dx, float* dscale, float* dshift);
};

/** Those of the best instruction set that this CPU has. */
const Kernels& kernels();
