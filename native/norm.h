// Batch norm by the batch's own moments, with the ReLU after it and the addition after that.
#pragma once

#include <cmath>

#include "kernels.h"
#include "parallel.h"
#include "vectors.h"

namespace NETC_ISA {
namespace {

/**
 * Pixels of few channels fill no vector, so that as many pixels as fill whole vectors make one row: its columns repeat the
 * channels. The pixels that are left make no row.
 */
struct Layout {
  int64_t pixels;
  int channels, repeats, columns;
  int64_t rows, inRows;

  Layout(int64_t pixels, int channels) : pixels(pixels), channels(channels) {
    repeats = 1;
    while (repeats * channels % lanes != 0) repeats++;
    columns = repeats * channels;
    rows = pixels / repeats;
    inRows = rows * repeats;
  }
};

/** Rows that a thread takes at once: 64 KB of them. */
struct Chunks {
  int64_t each, count, rows;
  explicit Chunks(const Layout& l)
      : each(std::max<int64_t>(1, 16384 / l.columns)), count((l.rows + each - 1) / each), rows(l.rows) {}
  int64_t begin(int64_t chunk) const { return chunk * each; }
  int64_t end(int64_t chunk) const { return std::min(rows, (chunk + 1) * each); }
};

enum NormSlot { partials, columnValues };

/** A number for each channel as one for each column of a row. */
template <typename Value>
void spread(const Layout& l, float* to, const Value& value) {
  for (int i = 0; i < l.columns; i++) to[i] = value(i % l.channels);
}

/** The mean and the sum of squares about it of n numbers, in double. */
struct Moments {
  double n = 0, mean = 0, squares = 0;
  /** Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979). */
  void join(double count, double otherMean, double otherSquares) {
    const double all = n + count, apart = otherMean - mean;
    squares += otherSquares + apart * apart * n * count / all;
    mean += apart * count / all;
    n = all;
  }
};

/** The mean of the columns of some rows and the squares about it; the rows are in the cache for the second pass. */
void momentsOfRows(const Layout& l, const float* x, int64_t begin, int64_t end, float* mean, float* squares) {
  const float share = 1.f / (end - begin);
  for (int c = 0; c < l.columns; c += lanes) {
    Vector sum = {}, square = {};
    for (int64_t r = begin; r < end; r++) sum += load(x + r * l.columns + c);
    const Vector average = sum * share;
    for (int64_t r = begin; r < end; r++) {
      const Vector apart = load(x + r * l.columns + c) - average;
      square += apart * apart;
    }
    store(mean + c, average);
    store(squares + c, square);
  }
}

void batchMoments(const Layout& l, const float* x, float* mean, float* variance) {
  const Chunks chunks(l);
  float* const found = scratch(partials, 2 * chunks.count * l.columns);
  parallel(chunks.count, [&](int chunk) {
    float* const own = found + (size_t)2 * chunk * l.columns;
    momentsOfRows(l, x, chunks.begin(chunk), chunks.end(chunk), own, own + l.columns);
  });
  for (int channel = 0; channel < l.channels; channel++) {
    Moments all;
    for (int64_t chunk = 0; chunk < chunks.count; chunk++) {
      const float* own = found + 2 * chunk * l.columns;
      for (int i = channel; i < l.columns; i += l.channels)
        all.join(chunks.end(chunk) - chunks.begin(chunk), own[i], own[l.columns + i]);
    }
    for (int64_t pixel = l.inRows; pixel < l.pixels; pixel++) all.join(1, x[pixel * l.channels + channel], 0);
    mean[channel] = all.mean;
    variance[channel] = all.squares / std::max(all.n - 1, 1.0);
  }
}

/** 1 / sqrt(biased variance + epsilon). */
float inverseDeviation(const Norm& norm, float variance) {
  const double n = norm.pixels;
  return 1 / std::sqrt(variance * (n - 1) / n + norm.epsilon);
}

/** What y is made of, for each column: y = (x - mean) factor + shift. */
struct Columns {
  float *mean, *factor, *shift;
};

Columns columnsOf(const Norm& norm, const Layout& l, const float* scale, const float* shift, const float* mean,
                  const float* variance, float* room) {
  const Columns columns{room, room + l.columns, room + 2 * l.columns};
  spread(l, columns.mean, [&](int c) { return mean[c]; });
  spread(l, columns.factor, [&](int c) { return scale[c] * inverseDeviation(norm, variance[c]); });
  spread(l, columns.shift, [&](int c) { return shift[c]; });
  return columns;
}

template <bool relu, bool adding>
void normaliseRows(const Layout& l, const Columns& of, int64_t begin, int64_t end, const float* x, const float* addend,
                   float* y) {
  for (int64_t r = begin; r < end; r++)
    for (int c = 0; c < l.columns; c += lanes) {
      const int64_t at = r * l.columns + c;
      Vector value = (load(x + at) - load(of.mean + c)) * load(of.factor + c) + load(of.shift + c);
      if (relu) value = positive(value);
      store(y + at, adding ? load(addend + at) + value : value);
    }
}

void normaliseByMoments(const Norm& norm, const float* x, const float* scale, const float* shift, const float* mean,
                        const float* variance, const float* addend, float* y) {
  const Layout l(norm.pixels, norm.channels);
  const Columns of = columnsOf(norm, l, scale, shift, mean, variance, scratch(columnValues, 3 * l.columns));
  const Chunks chunks(l);
  const auto rows = norm.relu ? (addend ? normaliseRows<true, true> : normaliseRows<true, false>)
                              : (addend ? normaliseRows<false, true> : normaliseRows<false, false>);
  parallel(chunks.count, [&](int chunk) { rows(l, of, chunks.begin(chunk), chunks.end(chunk), x, addend, y); });
  for (int64_t i = l.inRows * l.channels; i < l.pixels * l.channels; i++) {
    const int c = i % l.channels;
    const float value = (x[i] - of.mean[c]) * of.factor[c] + of.shift[c];
    y[i] = (addend ? addend[i] : 0) + (norm.relu && value < 0 ? 0 : value);
  }
}

void normalise(const Norm& norm, const float* x, const float* scale, const float* shift, const float* addend, float* y,
               float* mean, float* variance) {
  batchMoments(Layout(norm.pixels, norm.channels), x, mean, variance);
  normaliseByMoments(norm, x, scale, shift, mean, variance, addend, y);
}

/** g where y was above 0. */
template <bool relu>
inline Vector passed(Vector g, Vector apart, Vector factor, Vector shift) {
  return relu ? (apart * factor + shift > 0 ? g : Vector{}) : g;
}

/** The sums of g and of g (x - mean) over the columns of some rows. */
template <bool relu>
void sumRows(const Layout& l, const Columns& of, int64_t begin, int64_t end, const float* g, const float* x, float* sums,
             float* products) {
  for (int c = 0; c < l.columns; c += lanes) {
    const Vector mean = load(of.mean + c), factor = load(of.factor + c), shift = load(of.shift + c);
    Vector sum = {}, product = {};
    for (int64_t r = begin; r < end; r++) {
      const Vector apart = load(x + r * l.columns + c) - mean;
      const Vector one = passed<relu>(load(g + r * l.columns + c), apart, factor, shift);
      sum += one;
      product += one * apart;
    }
    store(sums + c, sum);
    store(products + c, product);
  }
}

template <bool relu>
void gradientRows(const Layout& l, const Columns& of, const float* slope, const float* average, int64_t begin, int64_t end,
                  const float* g, const float* x, float* dx) {
  for (int64_t r = begin; r < end; r++)
    for (int c = 0; c < l.columns; c += lanes) {
      const int64_t at = r * l.columns + c;
      const Vector apart = load(x + at) - load(of.mean + c), factor = load(of.factor + c);
      const Vector one = passed<relu>(load(g + at), apart, factor, load(of.shift + c));
      // Where g is near its average their difference is exact, and that of their products with the factor is not.
      store(dx + at, (one - load(average + c)) * factor + apart * load(slope + c));
    }
}

void normaliseGradient(const Norm& norm, const float* g, const float* x, const float* scale, const float* shift,
                       const float* mean, const float* variance, float* dx, float* dscale, float* dshift) {
  const Layout l(norm.pixels, norm.channels);
  const Chunks chunks(l);
  float* const room = scratch(columnValues, 5 * l.columns);
  const Columns of = columnsOf(norm, l, scale, shift, mean, variance, room);
  float* const found = scratch(partials, 2 * chunks.count * l.columns);
  const auto sum = norm.relu ? sumRows<true> : sumRows<false>;
  parallel(chunks.count, [&](int chunk) {
    float* const own = found + (size_t)2 * chunk * l.columns;
    sum(l, of, chunks.begin(chunk), chunks.end(chunk), g, x, own, own + l.columns);
  });
  const auto leftOver = [&](int64_t i) {
    const int c = i % l.channels;
    return norm.relu && !((x[i] - of.mean[c]) * of.factor[c] + of.shift[c] > 0) ? 0 : g[i];
  };
  float *const slope = room + 3 * l.columns, *const average = room + 4 * l.columns;
  for (int channel = 0; channel < l.channels; channel++) {
    double total = 0, product = 0;
    for (int64_t chunk = 0; chunk < chunks.count; chunk++)
      for (int i = channel; i < l.columns; i += l.channels) {
        total += found[2 * chunk * l.columns + i];
        product += found[(2 * chunk + 1) * l.columns + i];
      }
    for (int64_t i = l.inRows * l.channels + channel; i < l.pixels * l.channels; i += l.channels) {
      total += leftOver(i);
      product += leftOver(i) * (double)(x[i] - mean[channel]);
    }
    const double inverse = inverseDeviation(norm, variance[channel]), n = norm.pixels;
    dshift[channel] = total;
    dscale[channel] = product * inverse;
    average[channel] = total / n;
    slope[channel] = -scale[channel] * inverse * inverse * inverse * product / n;
  }
  spread(l, slope, [&](int c) { return slope[c]; });
  spread(l, average, [&](int c) { return average[c]; });
  const auto rows = norm.relu ? gradientRows<true> : gradientRows<false>;
  parallel(chunks.count, [&](int chunk) { rows(l, of, slope, average, chunks.begin(chunk), chunks.end(chunk), g, x, dx); });
  for (int64_t i = l.inRows * l.channels; i < l.pixels * l.channels; i++) {
    const int c = i % l.channels;
    dx[i] = (leftOver(i) - average[c]) * of.factor[c] + (x[i] - of.mean[c]) * slope[c];
  }
}

}  // namespace
}  // namespace NETC_ISA
