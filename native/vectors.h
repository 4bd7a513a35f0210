// One vector of floats of the instruction set that this file is compiled for, by the compilers' own vector extension: the same
// source serves AVX-512, AVX2 and NEON.
#pragma once

#include <cstddef>
#include <cstring>

namespace NETC_ISA {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif

typedef float Vector __attribute__((vector_size(lanes * sizeof(float))));
typedef float UnalignedVector __attribute__((vector_size(lanes * sizeof(float)), aligned(4), may_alias));

static inline Vector load(const float* from) { return *reinterpret_cast<const UnalignedVector*>(from); }

static inline void store(float* to, Vector vector) { *reinterpret_cast<UnalignedVector*>(to) = vector; }

/** The first `count` floats, zeros after them. */
static inline Vector load(const float* from, int count) {
  if (count >= lanes) return load(from);
  Vector vector = {};
  std::memcpy(&vector, from, count * sizeof(float));
  return vector;
}

static inline void store(float* to, Vector vector, int count) {
  if (count >= lanes) store(to, vector);
  else std::memcpy(to, &vector, count * sizeof(float));
}

/** ReLU; NaN stays NaN, so that a network that diverges is seen to. */
static inline Vector positive(Vector vector) { return vector < 0 ? Vector{} : vector; }

/** `channels` rounded up to whole vectors. */
static inline int whole(int channels) { return (channels + lanes - 1) / lanes * lanes; }

}  // namespace NETC_ISA
