// Images to tiles at Winograd's points, and back.
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels.h"
#include "matrix.h"
#include "transforms.h"

namespace NETC_ISA {

/** An image [N, H, W, C] seen as tiles of 4x4 pixels, row by row; the last of a row or column may be cut off. */
struct Tiling {
  int64_t images, height, width;
  int channels;

  int64_t across() const { return (width + tile - 1) / tile; }
  int64_t down() const { return (height + tile - 1) / tile; }
  int64_t count() const { return images * down() * across(); }
};

/** Where a tile begins. */
struct Place {
  int64_t image, row, column;
  Place(const Tiling& t, int64_t index)
      : image(index / (t.down() * t.across())), row(index / t.across() % t.down() * tile), column(index % t.across() * tile) {}
};

/** `size` x `size` pixels from (row, column) on, zeros outside the image; `count` channels from `channel` on. */
template <int size>
static inline void readSquare(const Tiling& t, const float* image, const Place& place, int border, int channel,
                              Vector* square) {
  const int64_t row = place.row - border, column = place.column - border;
  const int count = t.channels - channel;
  const float* first = image + ((place.image * t.height + row) * t.width + column) * t.channels + channel;
  const int64_t rowStep = t.width * t.channels;
  const bool inside = row >= 0 && column >= 0 && row + size <= t.height && column + size <= t.width && count >= lanes;
  if (inside) {
    for (int i = 0; i < size; i++)
      for (int j = 0; j < size; j++) square[i * size + j] = load(first + i * rowStep + (int64_t)j * t.channels);
    return;
  }
  for (int i = 0; i < size; i++)
    for (int j = 0; j < size; j++) {
      const bool within = row + i >= 0 && row + i < t.height && column + j >= 0 && column + j < t.width;
      square[i * size + j] = within ? load(first + i * rowStep + (int64_t)j * t.channels, count) : Vector{};
    }
}

/** A matrix for each of the 36 points: [rows, columns] at `data + point * step`. */
struct Points {
  float* data;
  size_t stride, step;
  Rows at(int point) const { return {data + point * step, stride}; }
};

/** An odd number of cache lines lies between two points, or all 36 would fall on the same few sets of the cache. */
static inline size_t stepOf(size_t floats) { return (floats / 16 | 1) * 16 + 32; }

static inline Points pointsIn(float* data, size_t rows, size_t columns) { return {data, columns, stepOf(rows * columns)}; }

static inline size_t pointsSize(size_t rows, size_t columns) { return points * stepOf(rows * columns); }

/** Row r of the points is tile `first` + r of the inputs, all channels; lanes beyond them are 0. */
static void inputsToPoints(const Tiling& t, const float* x, int64_t first, int count, Points to) {
  for (int r = 0; r < count; r++) {
    const Place place(t, first + r);
    for (int channel = 0; channel < t.channels; channel += lanes) {
      Vector square[points], half[points], line[window];
      readSquare<window>(t, x, place, 1, channel, square);
      for (int j = 0; j < window; j++) toPoints(square + j, window, half + j, window);
      float* out = to.data + r * to.stride + channel;
      for (int i = 0; i < window; i++) {
        toPoints(half + i * window, 1, line, 1);
        for (int j = 0; j < window; j++) store(out + (i * window + j) * to.step, line[j]);
      }
    }
  }
}

/** The same for the gradients of the outputs. */
static void gradientsToPoints(const Tiling& t, const float* g, int64_t first, int count, Points to) {
  for (int r = 0; r < count; r++) {
    const Place place(t, first + r);
    for (int channel = 0; channel < t.channels; channel += lanes) {
      Vector square[tile * tile], half[window * tile], line[window];
      readSquare<tile>(t, g, place, 0, channel, square);
      for (int j = 0; j < tile; j++) gradientsToPoints(square + j, tile, half + j, tile);
      float* out = to.data + r * to.stride + channel;
      for (int i = 0; i < window; i++) {
        gradientsToPoints(half + i * tile, 1, line, 1);
        for (int j = 0; j < window; j++) store(out + (i * window + j) * to.step, line[j]);
      }
    }
  }
}

/** The results of a pixel from `channel` on, `count` of them at most, as they are written. */
static inline Vector finished(const Finish& finish, Vector value, int channel, int count, int64_t at) {
  if (finish.factor) value *= load(finish.factor + channel, count);
  if (finish.offset) value += load(finish.offset + channel, count);
  if (finish.relu) value = positive(value);
  return finish.addend ? load(finish.addend + at, count) + value : value;
}

/** Writes the channels from `channel` on, `columns` of them, of the tiles' outputs: row r of the points is tile `first` + r. */
static void pointsToOutputs(Points from, const Tiling& t, int64_t first, int count, int channel, int columns,
                            const Finish& finish, float* y) {
  for (int r = 0; r < count; r++) {
    const Place place(t, first + r);
    const int rows = std::min<int64_t>(tile, t.height - place.row);
    const int across = std::min<int64_t>(tile, t.width - place.column);
    for (int c = 0; c < columns; c += lanes) {
      const int left = std::min(columns - c, t.channels - channel - c);
      const float* in = from.data + r * from.stride + c;
      Vector half[tile * window], line[tile];
      for (int j = 0; j < window; j++) {
        Vector column[window];
        for (int i = 0; i < window; i++) column[i] = load(in + (i * window + j) * from.step);
        fromPoints(column, 1, half + j, window);
      }
      const int64_t corner = ((place.image * t.height + place.row) * t.width + place.column) * t.channels + channel + c;
      for (int i = 0; i < rows; i++) {
        fromPoints(half + i * window, 1, line, 1);
        for (int j = 0; j < across; j++) {
          const int64_t at = corner + (i * t.width + j) * t.channels;
          store(y + at, finished(finish, line[j], channel + c, left, at), left);
        }
      }
    }
  }
}

}  // namespace NETC_ISA
