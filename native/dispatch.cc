// Which of the compiled instruction sets is used.
#include <cstdlib>
#include <cstring>

#include "kernels.h"

namespace baseline {
extern const Kernels table;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Kernels table;
}
namespace avx512 {
extern const Kernels table;
}
#endif

namespace {

/** NETC_INSTRUCTION_SET, for tests, rules out what is above it: `baseline` or `avx2`. */
bool isAllowed(const char* set) {
  const char* most = std::getenv("NETC_INSTRUCTION_SET");
  if (!most) return true;
  if (std::strcmp(most, "baseline") == 0) return false;
  return std::strcmp(most, "avx2") != 0 || std::strcmp(set, "avx2") == 0;
}

const Kernels& best() {
#if defined(__x86_64__)
  if (isAllowed("avx512") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    return avx512::table;
  if (isAllowed("avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2::table;
#endif
  return baseline::table;
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = best();
  return chosen;
}
