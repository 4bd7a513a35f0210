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

/** Pixels of an image around a tile, from one channel on: `size` along a side. */
template <int size>
class Square {
 public:
  Square(const Tiling& t, const float* image, const Place& place, int border, int channel)
      : t(t),
        row(place.row - border),
        column(place.column - border),
        rowStep(t.width * t.channels),
        first(image + ((place.image * t.height + row) * t.width + column) * t.channels + channel),
        count(t.channels - channel) {}

  /** Whether the image has all of these pixels, and a whole vector of their channels. */
  bool isWhole() const {
    return row >= 0 && column >= 0 && row + size <= t.height && column + size <= t.width && count >= lanes;
  }
  /** The pixels of a column; for a square that is whole. */
  void read(int j, Vector* pixels) const {
    for (int i = 0; i < size; i++) pixels[i] = load(first + i * rowStep + (int64_t)j * t.channels);
  }
  /** The same of any square, with zeros outside the image. */
  void readPart(int j, Vector* pixels) const {
    for (int i = 0; i < size; i++) {
      const bool within = row + i >= 0 && row + i < t.height && column + j >= 0 && column + j < t.width;
      pixels[i] = within ? load(first + i * rowStep + (int64_t)j * t.channels, count) : Vector{};
    }
  }

 private:
  const Tiling& t;
  const int64_t row, column, rowStep;
  const float* const first;
  const int count;
};

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
      Vector pixels[window], half[points], line[window];
      const Square<window> square(t, x, place, 1, channel);
      const bool whole = square.isWhole();
      for (int j = 0; j < window; j++) {
        if (whole) square.read(j, pixels);
        else square.readPart(j, pixels);
        toPoints(pixels, 1, half + j, window);
      }
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
      Vector pixels[tile], half[window * tile], line[window];
      const Square<tile> square(t, g, place, 0, channel);
      const bool whole = square.isWhole();
      for (int j = 0; j < tile; j++) {
        if (whole) square.read(j, pixels);
        else square.readPart(j, pixels);
        gradientsToPoints(pixels, 1, half + j, tile);
      }
      float* out = to.data + r * to.stride + channel;
      for (int i = 0; i < window; i++) {
        gradientsToPoints(half + i * tile, 1, line, 1);
        for (int j = 0; j < window; j++) store(out + (i * window + j) * to.step, line[j]);
      }
    }
  }
}

/** How the results of some channels are written, from `channel` on: as many as a vector has, or as are left. */
struct Finisher {
  Vector factor, offset;
  const float* addend;
  int count;
  bool relu;

  Finisher(const Finish& finish, int channel, int count)
      : factor(finish.factor ? load(finish.factor + channel, count) : Vector{} + 1),
        offset(finish.offset ? load(finish.offset + channel, count) : Vector{}),
        addend(finish.addend),
        count(count),
        relu(finish.relu) {}

  /** Writes the results of one pixel, whose first of these channels is element `at` of y. */
  void put(float* y, int64_t at, Vector value) const {
    value = value * factor + offset;
    if (relu) value = positive(value);
    if (addend) value += load(addend + at, count);
    store(y + at, value, count);
  }
};

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
      const Finisher finisher(finish, channel + c, left);
      const int64_t corner = ((place.image * t.height + place.row) * t.width + place.column) * t.channels + channel + c;
      for (int i = 0; i < rows; i++) {
        fromPoints(half + i * window, 1, line, 1);
        for (int j = 0; j < across; j++) {
          const int64_t at = corner + (i * t.width + j) * t.channels;
          finisher.put(y, at, line[j]);
        }
      }
    }
  }
}

}  // namespace NETC_ISA
