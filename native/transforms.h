// Winograd's F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015): 4x4 outputs of a 3x3
// convolution are Aᵀ [ (G k Gᵀ) * (Bᵀ d B) ] A, with d the 6x6 inputs they depend on, k the kernel and * one by one. That is 36
// multiplications for 144. Each function is one matrix on one line of values, `step` vectors apart; a square takes it twice.
// The gradient of the kernel is the transpose: Gᵀ [ (Bᵀ d B) * (A g Aᵀ) ] G, with g the 4x4 gradients.
#pragma once

#include "vectors.h"

namespace NETC_ISA {

constexpr int tile = 4;    // outputs along a side
constexpr int window = 6;  // inputs along a side
constexpr int points = window * window;

/** Bᵀ: 6 inputs to 6 points. */
static inline void toPoints(const Vector* d, int step, Vector* p, int out) {
  const Vector d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
  const Vector even = d4 - 4 * d2, odd = d3 - 4 * d1, outer = d4 - d2, twice = 2 * (d3 - d1);
  p[0] = 4 * d0 - 5 * d2 + d4;
  p[out] = even + odd;
  p[2 * out] = even - odd;
  p[3 * out] = outer + twice;
  p[4 * out] = outer - twice;
  p[5 * out] = 4 * d1 - 5 * d3 + d5;
}

/** Aᵀ: 6 points to 4 outputs. */
static inline void fromPoints(const Vector* p, int step, Vector* y, int out) {
  const Vector sum1 = p[step] + p[2 * step], difference1 = p[step] - p[2 * step];
  const Vector sum2 = p[3 * step] + p[4 * step], difference2 = p[3 * step] - p[4 * step];
  y[0] = p[0] + sum1 + sum2;
  y[out] = difference1 + 2 * difference2;
  y[2 * out] = sum1 + 4 * sum2;
  y[3 * out] = difference1 + 8 * difference2 + p[5 * step];
}

/** A: the gradients of 4 outputs to 6 points. */
static inline void gradientsToPoints(const Vector* g, int step, Vector* p, int out) {
  const Vector g0 = g[0], g1 = g[step], g2 = g[2 * step], g3 = g[3 * step];
  const Vector even1 = g0 + g2, odd1 = g1 + g3, even2 = g0 + 4 * g2, odd2 = 2 * g1 + 8 * g3;
  p[0] = g0;
  p[out] = even1 + odd1;
  p[2 * out] = even1 - odd1;
  p[3 * out] = even2 + odd2;
  p[4 * out] = even2 - odd2;
  p[5 * out] = g3;
}

/** G: 3 numbers of a kernel to 6 points. */
static inline void kernelToPoints(const Vector* k, int step, Vector* p, int out) {
  const Vector k0 = k[0], k1 = k[step], k2 = k[2 * step];
  const Vector even1 = (k0 + k2) * (-1.f / 6), odd1 = k1 * (1.f / 6);
  const Vector even2 = k0 * (1.f / 24) + k2 * (1.f / 6), odd2 = k1 * (1.f / 12);
  p[0] = k0 * 0.25f;
  p[out] = even1 - odd1;
  p[2 * out] = even1 + odd1;
  p[3 * out] = even2 + odd2;
  p[4 * out] = even2 - odd2;
  p[5 * out] = k2;
}

/** Gᵀ: 6 points to the gradients of 3 numbers of a kernel. */
static inline void pointsToKernel(const Vector* p, int step, Vector* k, int out) {
  const Vector sum1 = (p[step] + p[2 * step]) * (1.f / 6), difference1 = p[2 * step] - p[step];
  const Vector sum2 = p[3 * step] + p[4 * step], difference2 = p[3 * step] - p[4 * step];
  k[0] = p[0] * 0.25f - sum1 + sum2 * (1.f / 24);
  k[out] = difference1 * (1.f / 6) + difference2 * (1.f / 12);
  k[2 * out] = sum2 * (1.f / 6) - sum1 + p[5 * step];
}

}  // namespace NETC_ISA
