// Kernels to Winograd's points, and the gradients of kernels back.
#pragma once

#include <algorithm>

#include "tiles.h"

namespace NETC_ISA {

/** How a convolution reads its kernel [3, 3, in, out]: as it is or, for the gradient of the input, turned by 180 degrees and
 * with in and out exchanged. */
struct KernelView {
  const float* data;
  int in, out;  // of the convolution that is computed
  bool turned;
};

/** The numbers [9, rows, columns] of the channels from (row, column) on, zeros beyond the last channel. */
static void readKernel(const KernelView& k, int row, int rows, int column, int columns, float* block) {
  const int left = std::min(columns, k.out - column);
  for (int tap = 0; tap < 9; tap++)
    for (int r = 0; r < rows; r++) {
      float* to = block + ((size_t)tap * rows + r) * columns;
      if (!k.turned) {
        std::memcpy(to, k.data + ((size_t)tap * k.in + row + r) * k.out + column, left * sizeof(float));
      } else {
        const float* from = k.data + ((size_t)(8 - tap) * k.out + column) * k.in + row + r;
        for (int c = 0; c < left; c++) to[c] = from[(size_t)c * k.in];
      }
      std::memset(to + left, 0, (columns - left) * sizeof(float));
    }
}

/** A block of a kernel at the points, [rows, columns] each; `block` is room for [9, rows, columns]. */
static void kernelToPoints(const KernelView& k, int row, int rows, int column, int columns, float* block, Points to) {
  readKernel(k, row, rows, column, columns, block);
  const size_t step = (size_t)rows * columns;
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < columns; c += lanes) {
      Vector taps[9], half[3 * window], line[window];
      for (int i = 0; i < 9; i++) taps[i] = load(block + i * step + (size_t)r * columns + c);
      for (int j = 0; j < 3; j++) kernelToPoints(taps + j, 3, half + j, 3);
      float* out = to.data + r * to.stride + c;
      for (int i = 0; i < window; i++) {
        kernelToPoints(half + i * 3, 1, line, 1);
        for (int j = 0; j < window; j++) store(out + (i * window + j) * to.step, line[j]);
      }
    }
}

/** Writes the gradients of the channels from (row, column) on of a kernel [3, 3, in, out], plus `addend` unless that is null.
 */
static void pointsToKernel(Points from, int in, int out, int row, int rows, int column, int columns, const float* addend,
                           float* kernel) {
  for (int r = 0; r < std::min(rows, in - row); r++)
    for (int c = 0; c < std::min(columns, out - column); c += lanes) {
      const float* point = from.data + r * from.stride + c;
      Vector half[3 * window], line[3];
      for (int j = 0; j < window; j++) {
        Vector column[window];
        for (int i = 0; i < window; i++) column[i] = load(point + (i * window + j) * from.step);
        pointsToKernel(column, 1, half + j, window);
      }
      const int left = out - column - c;
      for (int i = 0; i < 3; i++) {
        pointsToKernel(half + i * window, 1, line, 1);
        for (int j = 0; j < 3; j++) {
          const size_t at = ((size_t)(i * 3 + j) * in + row + r) * out + column + c;
          store(kernel + at, addend ? load(addend + at, left) + line[j] : line[j], left);
        }
      }
    }
}

}  // namespace NETC_ISA
