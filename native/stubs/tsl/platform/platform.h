// TensorFlow's kernels.h includes this one for nothing that netc uses, and setup does not unpack it.
#define IS_MOBILE_PLATFORM
