// Convolutions and their gradients. A 3x3 kernel goes through Winograd's points. There are two ways. With few channels, the
// kernel at its points stays in the cache and the tiles of the image pass by it, a block at a time. With many, the kernel at
// its points is four times the kernel and larger than any cache: the tiles at their points stay, and blocks of the kernel pass
// by them, each brought to its points where it is used.
#pragma once

#include "parallel.h"
#include "weights.h"

namespace NETC_ISA {
namespace {

constexpr int64_t kilobyte = 256;            // in floats
constexpr int64_t cached = 600 * kilobyte;   // what a thread's own cache is counted on to hold
constexpr int64_t shared = 6144 * kilobyte;  // what the cache of all threads is
constexpr int mostTiles = 192;

// Memory of the thread that runs the operation, and of the threads that share it.
enum Slot { wholeKernel, wholeImage, wholeGradient, sums, ownKernel, ownBlock, ownImage, ownGradient };

int64_t clamp(int64_t value, int64_t least, int64_t most) { return std::max(least, std::min(value, most)); }

int64_t ceilDivide(int64_t a, int64_t b) { return (a + b - 1) / b; }

bool isWide(int in, int out) { return points * (int64_t)whole(in) * whole(out) <= 3072 * kilobyte; }

/** Tiles that a thread takes at once, whose points take part in its cache; all threads get some. */
int tilesAtOnce(int64_t channels, int64_t count) {
  const int64_t fitting = cached / (points * channels) * 1;
  const int64_t fair = ceilDivide(count, 2 * threadCount());
  return (int)(ceilDivide(clamp(std::min(fitting, fair), blockRows, mostTiles), blockRows) * blockRows);
}

void convolveWide(const Tiling& from, const Tiling& to, const float* x, const KernelView& kernel, const Finish& finish,
                  float* y) {
  const int in = from.channels, out = to.channels, columns = whole(out);
  const Points k = pointsIn(scratch(wholeKernel, pointsSize(in, columns)), in, columns);
  const int rowsAtOnce = clamp(kilobyte * 64 / (9 * columns), 1, in);
  parallel(ceilDivide(in, rowsAtOnce), [&](int part) {
    const int row = part * rowsAtOnce, rows = std::min(rowsAtOnce, in - row);
    float* block = scratch(ownBlock, (size_t)9 * rows * columns);
    kernelToPoints(kernel, row, rows, 0, columns, block, {k.data + (size_t)row * k.stride, k.stride, k.step});
  });
  const int most = tilesAtOnce(whole(in) + columns, from.count());
  parallel(ceilDivide(from.count(), most), [&](int part) {
    const int64_t first = (int64_t)part * most;
    const int count = std::min<int64_t>(most, from.count() - first);
    const Points v = pointsIn(scratch(ownImage, pointsSize(most, whole(in))), most, whole(in));
    const Points m = pointsIn(scratch(ownGradient, pointsSize(most, columns)), most, columns);
    inputsToPoints(from, x, first, count, v);
    for (int p = 0; p < points; p++) product(v.at(p), k.at(p), m.at(p), count, in, columns);
    pointsToOutputs(m, to, first, count, 0, columns, finish, y);
  });
}

void convolveDeep(const Tiling& from, const Tiling& to, const float* x, const KernelView& kernel, const Finish& finish,
                  float* y) {
  constexpr int depth = 64;
  const int in = from.channels, out = to.channels;
  const int most = clamp(shared / (points * (int64_t)whole(in)), 4, mostTiles);
  const Points v = pointsIn(scratch(wholeImage, pointsSize(most, whole(in))), most, whole(in));
  for (int64_t first = 0; first < from.count(); first += most) {
    const int count = std::min<int64_t>(most, from.count() - first);
    parallel(ceilDivide(count, 4), [&](int part) {
      const int tile = part * 4;
      inputsToPoints(from, x, first + tile, std::min(4, count - tile), {v.data + (size_t)tile * v.stride, v.stride, v.step});
    });
    parallel(ceilDivide(out, blockColumns), [&](int part) {
      const int column = part * blockColumns, columns = std::min(blockColumns, whole(out) - column);
      const Points k = pointsIn(scratch(ownKernel, pointsSize(depth, columns)), depth, columns);
      const Points m = pointsIn(scratch(ownGradient, pointsSize(most, columns)), most, columns);
      float* block = scratch(ownBlock, (size_t)9 * depth * columns);
      for (int row = 0; row < in; row += depth) {
        const int rows = std::min(depth, in - row);
        kernelToPoints(kernel, row, rows, column, columns, block, k);
        for (int p = 0; p < points; p++) product(v.at(p).at(0, row), k.at(p), m.at(p), count, rows, columns, row > 0);
      }
      pointsToOutputs(m, to, first, count, column, columns, finish, y);
    });
  }
}

void convolve3x3(const Tiling& from, const Tiling& to, const float* x, const KernelView& kernel, const Finish& finish,
                 float* y) {
  const bool wide = isWide(from.channels, to.channels);
  (wide ? convolveWide : convolveDeep)(from, to, x, kernel, finish, y);
}

/** Each thread's tiles are summed on their own, always the same ones: a result repeats to the bit. */
void kernelGradientWide(const Tiling& from, const Tiling& to, const float* x, const float* g, const float* addend,
                        float* dkernel) {
  const int in = from.channels, out = to.channels, columns = whole(out);
  const int64_t count = from.count();
  const int parts = clamp(ceilDivide(count, 8), 1, threadCount());
  const size_t size = pointsSize(in, columns);
  float* partial = scratch(sums, parts * size);
  const int most = tilesAtOnce(whole(in) + columns, count);
  parallel(parts, [&](int part) {
    const int64_t begin = count * part / parts, end = count * (part + 1) / parts;
    const Points v = pointsIn(scratch(ownImage, pointsSize(most, whole(in))), most, whole(in));
    const Points d = pointsIn(scratch(ownGradient, pointsSize(most, columns)), most, columns);
    const Points sum = pointsIn(partial + part * size, in, columns);
    for (int64_t first = begin; first < end; first += most) {
      const int taken = std::min<int64_t>(most, end - first);
      inputsToPoints(from, x, first, taken, v);
      gradientsToPoints(to, g, first, taken, d);
      for (int p = 0; p < points; p++) outerProduct(v.at(p), d.at(p), sum.at(p), taken, in, columns, first > begin);
    }
  });
  const int rowsAtOnce = clamp(kilobyte * 16 / columns, 1, in);
  parallel(ceilDivide(in, rowsAtOnce), [&](int part) {
    const int row = part * rowsAtOnce, rows = std::min(rowsAtOnce, in - row);
    const Points sum = pointsIn(partial, in, columns);
    for (int other = 1; other < parts; other++)
      for (int p = 0; p < points; p++) {
        float* to = sum.at(p).at(row, 0).data;
        for (int i = 0; i < rows * columns; i += lanes) store(to + i, load(to + i) + load(to + other * size + i));
      }
    pointsToKernel({sum.data + (size_t)row * columns, sum.stride, sum.step}, in, out, row, rows, 0, columns, addend, dkernel);
  });
}

void kernelGradientDeep(const Tiling& from, const Tiling& to, const float* x, const float* g, const float* addend,
                        float* dkernel) {
  constexpr int rowsAtOnce = 64;
  const int in = from.channels, out = to.channels;
  const int64_t count = from.count();
  const int64_t perTile = whole(in) + whole(out), sumsSize = (int64_t)whole(in) * whole(out);
  // All tiles at once where they are smaller than the sums that would be kept between turns.
  const bool atOnce = count * perTile <= sumsSize;
  const int most = atOnce ? (int)count : clamp(2 * shared / (points * perTile), 8, std::max<int64_t>(8, count));
  const Points v = pointsIn(scratch(wholeImage, pointsSize(most, whole(in))), most, whole(in));
  const Points d = pointsIn(scratch(wholeGradient, pointsSize(most, whole(out))), most, whole(out));
  const int down = ceilDivide(in, rowsAtOnce), across = ceilDivide(out, blockColumns);
  const size_t size = pointsSize(rowsAtOnce, blockColumns);
  // Where the tiles come in several turns, the sums of all blocks are kept between them.
  float* kept = count > most ? scratch(sums, size * down * across) : nullptr;
  for (int64_t first = 0; first < count; first += most) {
    const int taken = std::min<int64_t>(most, count - first);
    parallel(ceilDivide(taken, 4), [&](int part) {
      const int begin = part * 4, some = std::min(4, taken - begin);
      inputsToPoints(from, x, first + begin, some, {v.data + begin * v.stride, v.stride, v.step});
      gradientsToPoints(to, g, first + begin, some, {d.data + begin * d.stride, d.stride, d.step});
    });
    parallel(down * across, [&](int part) {
      const int row = part / across * rowsAtOnce, rows = std::min(rowsAtOnce, in - row);
      const int column = part % across * blockColumns, columns = std::min(blockColumns, whole(out) - column);
      const Points sum = pointsIn(kept ? kept + part * size : scratch(ownKernel, size), rowsAtOnce, columns);
      for (int p = 0; p < points; p++)
        outerProduct(v.at(p).at(0, row), d.at(p).at(0, column), sum.at(p), taken, rows, columns, first > 0);
      if (first + taken == count) pointsToKernel(sum, in, out, row, rows, column, columns, addend, dkernel);
    });
  }
}

constexpr int pixelsAtOnce = 240;

/** Pixels times a matrix [in, out]. */
void convolve1x1(int64_t pixels, int in, int out, const float* x, const float* kernel, bool turned, const Finish& finish,
                 float* y) {
  const int columns = whole(out);
  const float* matrix = kernel;
  if (turned || columns != out) {
    float* copy = scratch(wholeKernel, (size_t)in * columns);
    std::memset(copy, 0, sizeof(float) * in * columns);
    for (int i = 0; i < in; i++)
      for (int j = 0; j < out; j++)
        copy[(size_t)i * columns + j] = turned ? kernel[(size_t)j * in + i] : kernel[(size_t)i * out + j];
    matrix = copy;
  }
  const bool direct = columns == out && !finish.factor && !finish.offset && !finish.relu && !finish.addend;
  parallel(ceilDivide(pixels, pixelsAtOnce), [&](int part) {
    const int64_t first = (int64_t)part * pixelsAtOnce;
    const int count = std::min<int64_t>(pixelsAtOnce, pixels - first);
    float* to = y + first * out;
    const Rows m = direct ? Rows{to, (size_t)out} : Rows{scratch(ownGradient, (size_t)pixelsAtOnce * columns), (size_t)columns};
    product({x + first * in, (size_t)in}, {matrix, (size_t)columns}, m, count, in, columns);
    if (direct) return;
    for (int c = 0; c < columns; c += lanes) {
      const Finisher finisher(finish, c, out - c);
      for (int r = 0; r < count; r++) finisher.put(y, (first + r) * out + c, load(m.data + r * m.stride + c));
    }
  });
}

void kernelGradient1x1(int64_t pixels, int in, int out, const float* x, const float* g, const float* addend, float* dkernel) {
  const int columns = whole(out);
  const int parts = clamp(ceilDivide(pixels, 2 * pixelsAtOnce), 1, threadCount());
  const size_t size = (size_t)in * columns;
  float* partial = scratch(sums, parts * size);
  parallel(parts, [&](int part) {
    const int64_t begin = pixels * part / parts, end = pixels * (part + 1) / parts;
    for (int64_t first = begin; first < end; first += pixelsAtOnce) {
      const int count = std::min<int64_t>(pixelsAtOnce, end - first);
      ConstRows rows{g + first * out, (size_t)out};
      if (columns != out) {
        float* copy = scratch(ownGradient, (size_t)pixelsAtOnce * columns);
        for (int r = 0; r < count; r++)
          for (int c = 0; c < columns; c += lanes) store(copy + (size_t)r * columns + c, load(rows.at(r, c).data, out - c));
        rows = {copy, (size_t)columns};
      }
      outerProduct({x + first * in, (size_t)in}, rows, {partial + part * size, (size_t)columns}, count, in, columns,
                   first > begin);
    }
  });
  for (int i = 0; i < in; i++)
    for (int c = 0; c < columns; c += lanes) {
      Vector total = {};
      for (int part = 0; part < parts; part++) total += load(partial + part * size + (size_t)i * columns + c);
      const size_t at = (size_t)i * out + c;
      store(dkernel + at, addend ? load(addend + at, out - c) + total : total, out - c);
    }
}

void convolve(const Convolution& c, const float* x, const float* kernel, const Finish& finish, float* y) {
  if (c.side == 1) return convolve1x1(c.images * c.height * c.width, c.in, c.out, x, kernel, false, finish, y);
  convolve3x3({c.images, c.height, c.width, c.in}, {c.images, c.height, c.width, c.out}, x, {kernel, c.in, c.out, false},
              finish, y);
}

void inputGradient(const Convolution& c, const float* g, const float* kernel, const float* addend, float* dx) {
  const Finish finish{nullptr, nullptr, addend, false};
  if (c.side == 1) return convolve1x1(c.images * c.height * c.width, c.out, c.in, g, kernel, true, finish, dx);
  convolve3x3({c.images, c.height, c.width, c.out}, {c.images, c.height, c.width, c.in}, g, {kernel, c.out, c.in, true}, finish,
              dx);
}

void kernelGradient(const Convolution& c, const float* x, const float* g, const float* addend, float* dkernel) {
  if (c.images * c.height * c.width == 0) {
    for (int64_t i = 0; i < (int64_t)c.side * c.side * c.in * c.out; i++) dkernel[i] = addend ? addend[i] : 0;
    return;
  }
  if (c.side == 1) return kernelGradient1x1(c.images * c.height * c.width, c.in, c.out, x, g, addend, dkernel);
  const Tiling from{c.images, c.height, c.width, c.in}, to{c.images, c.height, c.width, c.out};
  (isWide(c.in, c.out) ? kernelGradientWide : kernelGradientDeep)(from, to, x, g, addend, dkernel);
}

}  // namespace
}  // namespace NETC_ISA
