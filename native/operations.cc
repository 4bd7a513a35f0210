// The kernels as operations of TensorFlow, through its C interface alone. Loading this library registers them.
#include <string>
#include <vector>

#include "kernels.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace {

/** A tensor that is given back at the end of its scope. */
class Tensor {
 public:
  explicit Tensor(TF_Tensor *tensor) : tensor(tensor) {}
  Tensor(Tensor &&other) : tensor(other.tensor) { other.tensor = nullptr; }
  ~Tensor() { if (tensor) TF_DeleteTensor(tensor); }
  float *floats() const { return static_cast<float *>(TF_TensorData(tensor)); }
  const int32_t *integers() const { return static_cast<const int32_t *>(TF_TensorData(tensor)); }
  int rank() const { return TF_NumDims(tensor); }
  int64_t size(int axis) const { return TF_Dim(tensor, axis); }
  int64_t count() const { return TF_TensorElementCount(tensor); }

 private:
  TF_Tensor *tensor;
};

/** One call of an operation. What fails is told to TensorFlow, and `failed` is true from then on. */
class Call {
 public:
  explicit Call(TF_OpKernelContext *context) : context(context), status(TF_NewStatus()) {}
  ~Call() { TF_DeleteStatus(status); }

  Tensor input(int i) {
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context, i, &tensor, status);
    check();
    return Tensor(tensor);
  }

  Tensor output(int i, const std::vector<int64_t> &shape) {
    int64_t count = 1;
    for (int64_t size : shape) count *= size;
    TF_Tensor *tensor = TF_AllocateOutput(context, i, TF_FLOAT, shape.data(), shape.size(), count * sizeof(float), status);
    check();
    return Tensor(tensor);
  }

  void fail(const std::string &message) {
    TF_SetStatus(status, TF_INVALID_ARGUMENT, message.c_str());
    check();
  }

  bool failed = false;

 private:
  TF_OpKernelContext *context;
  TF_Status *status;

  void check() {
    if (failed || TF_GetCode(status) == TF_OK) return;
    failed = true;
    TF_OpKernelContext_Failure(context, status);
  }
};

/** The convolution of an image like `image`, or nothing where the tensors do not fit together. */
bool describe(Call &call, const Tensor &image, int in, int out, int side, int channels, Convolution &c) {
  if (call.failed) return false;
  if (image.rank() != 4 || image.size(3) != channels || (side != 1 && side != 3)) {
    call.fail("an image [N, H, W, " + std::to_string(channels) + "] and a kernel of 1x1 or 3x3 pixels are needed");
    return false;
  }
  c = {image.size(0), image.size(1), image.size(2), in, out, side};
  return true;
}

struct Epilogue {
  TF_Bool relu = 0;
};

void *newEpilogue(TF_OpKernelConstruction *construction) {
  TF_Status *status = TF_NewStatus();
  auto *epilogue = new Epilogue;
  TF_OpKernelConstruction_GetAttrBool(construction, "relu", &epilogue->relu, status);
  if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return epilogue;
}

void convolve(void *epilogue, TF_OpKernelContext *context) {
  Call call(context);
  const Tensor x = call.input(0), kernel = call.input(1), bias = call.input(2);
  Convolution c;
  if (call.failed || !describe(call, x, kernel.size(2), kernel.size(3), kernel.size(0), kernel.size(2), c)) return;
  const Tensor y = call.output(0, {c.images, c.height, c.width, c.out});
  if (call.failed || y.count() == 0) return;
  kernels().convolve(c, x.floats(), kernel.floats(), bias.count() == 0 ? nullptr : bias.floats(),
                     static_cast<Epilogue *>(epilogue)->relu, y.floats());
}

void inputGradient(void *, TF_OpKernelContext *context) {
  Call call(context);
  const Tensor g = call.input(0), kernel = call.input(1);
  Convolution c;
  if (call.failed || !describe(call, g, kernel.size(2), kernel.size(3), kernel.size(0), kernel.size(3), c)) return;
  const Tensor dx = call.output(0, {c.images, c.height, c.width, c.in});
  if (call.failed || dx.count() == 0) return;
  kernels().inputGradient(c, g.floats(), kernel.floats(), dx.floats());
}

void kernelGradient(void *, TF_OpKernelContext *context) {
  Call call(context);
  const Tensor x = call.input(0), g = call.input(1), shape = call.input(2);
  Convolution c;
  if (call.failed) return;
  const int32_t *sizes = shape.integers();
  if (!describe(call, g, sizes[2], sizes[3], sizes[0], sizes[3], c)) return;
  const Tensor dkernel = call.output(0, {c.side, c.side, c.in, c.out});
  if (call.failed) return;
  kernels().kernelGradient(c, x.floats(), g.floats(), dkernel.floats());
}

void nothing(void *) {}

using Create = void *(*)(TF_OpKernelConstruction *);
using Compute = void (*)(void *, TF_OpKernelContext *);

struct Operation {
  const char *name;
  std::vector<const char *> inputs, outputs, attributes;
  Create create;
  Compute compute;
  void (*destroy)(void *);
};

void enter(const Operation &operation) {
  TF_Status *status = TF_NewStatus();
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char *input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char *attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, [](TF_ShapeInferenceContext *context, TF_Status *outcome) {
    TF_ShapeInferenceContextSetUnknownShape(context, outcome);
  });
  TF_RegisterOpDefinition(definition, status);
  TF_KernelBuilder *kernel = TF_NewKernelBuilder(operation.name, "CPU", operation.create, operation.compute, operation.destroy);
  TF_RegisterKernelBuilder(operation.name, kernel, status);
  TF_DeleteStatus(status);
}

__attribute__((constructor)) void enterAll() {
  enter({"NetcConvolution", {"x: float", "kernel: float", "bias: float"}, {"y: float"}, {"relu: bool"},
         newEpilogue, convolve, [](void *epilogue) { delete static_cast<Epilogue *>(epilogue); }});
  enter({"NetcConvolutionInputGradient", {"g: float", "kernel: float"}, {"dx: float"}, {}, nullptr, inputGradient, nothing});
  enter({"NetcConvolutionKernelGradient", {"x: float", "g: float", "shape: int32"}, {"dkernel: float"}, {}, nullptr, kernelGradient, nothing});
}

}  // namespace
