// Matrix products whose result stays in registers while it is summed: the innermost loops of every convolution.
#pragma once

#include "vectors.h"

namespace NETC_ISA {

// A block of the result is `blockRows` x `blockVectors`: as many sums as the registers hold beside a row of b.
#if defined(__AVX512F__)
constexpr int blockRows = 12, blockVectors = 2, outerRows = 8;
#elif defined(__AVX__)
constexpr int blockRows = 6, blockVectors = 2, outerRows = 4;
#else
constexpr int blockRows = 6, blockVectors = 4, outerRows = 4;
#endif

constexpr int blockColumns = blockVectors * lanes;

#define UNROLL _Pragma("GCC unroll 16")

/** A matrix by rows, `stride` floats apart. */
struct Rows {
  float* data;
  size_t stride;
  Rows at(size_t row, size_t column) const { return {data + row * stride + column, stride}; }
};

struct ConstRows {
  const float* data;
  size_t stride;
  ConstRows(const float* data, size_t stride) : data(data), stride(stride) {}
  ConstRows(Rows rows) : data(rows.data), stride(rows.stride) {}
  ConstRows at(size_t row, size_t column) const { return {data + row * stride + column, stride}; }
};

template <int R, int N>
struct Sums {
  Vector of[R][N];

  void clear() { UNROLL for (int i = 0; i < R; i++) UNROLL for (int j = 0; j < N; j++) of[i][j] = Vector{}; }
  void add(const Rows& c) {
    UNROLL for (int i = 0; i < R; i++) UNROLL for (int j = 0; j < N; j++) of[i][j] += load(c.data + i * c.stride + j * lanes);
  }
  void put(const Rows& c) const {
    UNROLL for (int i = 0; i < R; i++) UNROLL for (int j = 0; j < N; j++) store(c.data + i * c.stride + j * lanes, of[i][j]);
  }
  /** Adds the product of a column of R numbers, `stride` apart, and a row of N vectors. */
  void step(const float* column, size_t stride, const float* row) {
    Vector b[N];
    UNROLL for (int j = 0; j < N; j++) b[j] = load(row + j * lanes);
    UNROLL for (int i = 0; i < R; i++) {
      const float a = column[i * stride];
      UNROLL for (int j = 0; j < N; j++) of[i][j] += a * b[j];
    }
  }
};

/** c = a b, or c += a b: a [R, depth], b [depth, N vectors]. */
template <int R, int N>
static inline void productBlock(ConstRows a, ConstRows b, Rows c, int depth, bool adding) {
  Sums<R, N> sums;
  sums.clear();
  for (int k = 0; k < depth; k++) sums.step(a.data + k, a.stride, b.data + k * b.stride);
  if (adding) sums.add(c);
  sums.put(c);
}

template <int N>
static void productColumns(ConstRows a, ConstRows b, Rows c, int rows, int depth, bool adding) {
  int i = 0;
  for (; i + blockRows <= rows; i += blockRows) productBlock<blockRows, N>(a.at(i, 0), b, c.at(i, 0), depth, adding);
  for (; i + 4 <= rows; i += 4) productBlock<4, N>(a.at(i, 0), b, c.at(i, 0), depth, adding);
  for (; i < rows; i++) productBlock<1, N>(a.at(i, 0), b, c.at(i, 0), depth, adding);
}

/** c = a b, or c += a b: a [rows, depth], b [depth, columns]; columns are whole vectors. */
static void product(ConstRows a, ConstRows b, Rows c, int rows, int depth, int columns, bool adding = false) {
  int j = 0;
  for (; j + blockColumns <= columns; j += blockColumns)
    productColumns<blockVectors>(a, b.at(0, j), c.at(0, j), rows, depth, adding);
  for (; j < columns; j += lanes) productColumns<1>(a, b.at(0, j), c.at(0, j), rows, depth, adding);
}

/** c = aᵀ b, or c += aᵀ b: a [depth, R], b [depth, N vectors]. A sum starts at 0 and is added to c at its end, so that long
 * sums are made of short ones and lose fewer digits. */
template <int R, int N>
static inline void outerBlock(ConstRows a, ConstRows b, Rows c, int depth, bool adding) {
  Sums<R, N> sums;
  sums.clear();
  for (int k = 0; k < depth; k++) sums.step(a.data + k * a.stride, 1, b.data + k * b.stride);
  if (adding) sums.add(c);
  sums.put(c);
}

template <int N>
static void outerColumns(ConstRows a, ConstRows b, Rows c, int depth, int rows, bool adding) {
  constexpr int most = N == 1 ? 2 * outerRows : outerRows;
  int i = 0;
  for (; i + most <= rows; i += most) outerBlock<most, N>(a.at(0, i), b, c.at(i, 0), depth, adding);
  for (; i + 4 <= rows; i += 4) outerBlock<4, N>(a.at(0, i), b, c.at(i, 0), depth, adding);
  for (; i < rows; i++) outerBlock<1, N>(a.at(0, i), b, c.at(i, 0), depth, adding);
}

/** c = aᵀ b, or c += aᵀ b: a [depth, rows], b [depth, columns]; columns are whole vectors. */
static void outerProduct(ConstRows a, ConstRows b, Rows c, int depth, int rows, int columns, bool adding) {
  int j = 0;
  for (; j + blockColumns <= columns; j += blockColumns)
    outerColumns<blockVectors>(a, b.at(0, j), c.at(0, j), depth, rows, adding);
  for (; j < columns; j += lanes) outerColumns<1>(a, b.at(0, j), c.at(0, j), depth, rows, adding);
}

}  // namespace NETC_ISA
