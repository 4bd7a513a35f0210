// All that is compiled once for each instruction set, in a namespace of its own. The functions it is made of must have no names
// outside (or the linker might give one set's to another), so that it keeps to templates and functions that are static.
#include "convolution.h"
#include "norm.h"

namespace NETC_ISA {

extern const Kernels table;
const Kernels table = {convolve, inputGradient, kernelGradient, normalise, normaliseByMoments, normaliseGradient};

}  // namespace NETC_ISA
