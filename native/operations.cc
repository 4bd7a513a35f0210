// The kernels as operations of TensorFlow, through its C interface alone. Loading this library registers them.
#include <cmath>
#include <new>
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
  explicit Tensor(TF_Tensor* tensor) : tensor(tensor) {}
  Tensor(Tensor&& other) : tensor(other.tensor) { other.tensor = nullptr; }
  ~Tensor() {
    if (tensor) TF_DeleteTensor(tensor);
  }
  float* floats() const { return static_cast<float*>(TF_TensorData(tensor)); }
  const int32_t* integers() const { return static_cast<const int32_t*>(TF_TensorData(tensor)); }
  int rank() const { return TF_NumDims(tensor); }
  int64_t size(int axis) const { return TF_Dim(tensor, axis); }
  int64_t count() const { return TF_TensorElementCount(tensor); }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> sizes(rank());
    for (int axis = 0; axis < rank(); axis++) sizes[axis] = size(axis);
    return sizes;
  }
  /** Null where nothing was given: a tensor without numbers stands for that. */
  const float* given() const { return count() == 0 ? nullptr : floats(); }

 private:
  TF_Tensor* tensor;
};

/** One call of an operation. What fails is told to TensorFlow, and `failed` is true from then on. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context(context), status(TF_NewStatus()) {}
  ~Call() { TF_DeleteStatus(status); }

  Tensor input(int i) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context, i, &tensor, status);
    check();
    return Tensor(tensor);
  }

  /** An output, in the memory of one of `reusable` inputs where nothing else needs that. */
  Tensor output(int i, const std::vector<int64_t>& shape, const std::vector<int>& reusable = {}) {
    int reused = -1;
    int64_t count = 1;
    for (int64_t size : shape) count *= size;
    TF_Tensor* tensor = reusable.empty()
                            ? TF_AllocateOutput(context, i, TF_FLOAT, shape.data(), shape.size(), count * sizeof(float), status)
                            : TF_ForwardInputOrAllocateOutput(context, reusable.data(), reusable.size(), i, shape.data(),
                                                              shape.size(), &reused, status);
    check();
    return Tensor(tensor);
  }

  void fail(const std::string& message) {
    TF_SetStatus(status, TF_INVALID_ARGUMENT, message.c_str());
    check();
  }

  bool failed = false;

 private:
  TF_OpKernelContext* context;
  TF_Status* status;

  void check() {
    if (failed || TF_GetCode(status) == TF_OK) return;
    failed = true;
    TF_OpKernelContext_Failure(context, status);
  }
};

/** The convolution of an image like `image`, or nothing where the tensors do not fit together. */
bool describe(Call& call, const Tensor& image, int in, int out, int side, int channels, Convolution& c) {
  if (call.failed) return false;
  if (image.rank() != 4 || image.size(3) != channels || (side != 1 && side != 3)) {
    call.fail("an image [N, H, W, " + std::to_string(channels) + "] and a kernel of 1x1 or 3x3 pixels are needed");
    return false;
  }
  c = {image.size(0), image.size(1), image.size(2), in, out, side};
  return true;
}

/** The attributes of an operation, as it is made. */
struct Attributes {
  float epsilon = 0;
  TF_Bool relu = 0;
};

void* newAttributes(TF_OpKernelConstruction* construction) {
  TF_Status* status = TF_NewStatus();
  auto* attributes = new Attributes;
  TF_OpKernelConstruction_GetAttrFloat(construction, "epsilon", &attributes->epsilon, status);
  if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrBool(construction, "relu", &attributes->relu, status);
  if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return attributes;
}

void deleteAttributes(void* attributes) { delete static_cast<Attributes*>(attributes); }

/** A bias, a batch norm by stored moments and both after one another are one factor and one offset a channel. */
Finish finishOf(const Tensor& bias, const Tensor& scale, const Tensor& shift, const Tensor& mean, const Tensor& variance,
                const Tensor& addend, const Attributes& attributes, std::vector<float>& room) {
  Finish finish{nullptr, bias.given(), addend.given(), (bool)attributes.relu};
  if (!scale.given()) return finish;
  const int64_t channels = scale.count();
  room.resize(2 * channels);
  for (int64_t c = 0; c < channels; c++) {
    const double factor = scale.floats()[c] / std::sqrt((double)variance.floats()[c] + attributes.epsilon);
    const double before = bias.given() ? bias.floats()[c] : 0;
    room[c] = factor;
    room[channels + c] = (before - mean.floats()[c]) * factor + shift.floats()[c];
  }
  finish.factor = room.data();
  finish.offset = room.data() + channels;
  return finish;
}

void convolve(void* attributes, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor x = call.input(0), kernel = call.input(1), bias = call.input(2), scale = call.input(3), shift = call.input(4),
               mean = call.input(5), variance = call.input(6), addend = call.input(7);
  Convolution c;
  if (call.failed || !describe(call, x, kernel.size(2), kernel.size(3), kernel.size(0), kernel.size(2), c)) return;
  if (addend.given() && addend.count() != c.images * c.height * c.width * c.out)
    return call.fail("the addend has another size");
  const Tensor y = call.output(0, {c.images, c.height, c.width, c.out}, {7});
  if (call.failed || y.count() == 0) return;
  std::vector<float> room;
  const Finish finish = finishOf(bias, scale, shift, mean, variance, addend, *static_cast<Attributes*>(attributes), room);
  kernels().convolve(c, x.floats(), kernel.floats(), finish, y.floats());
}

void inputGradient(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor g = call.input(0), kernel = call.input(1), addend = call.input(2);
  Convolution c;
  if (call.failed || !describe(call, g, kernel.size(2), kernel.size(3), kernel.size(0), kernel.size(3), c)) return;
  if (addend.given() && addend.count() != c.images * c.height * c.width * c.in) return call.fail("the addend has another size");
  const Tensor dx = call.output(0, {c.images, c.height, c.width, c.in}, {2});
  if (call.failed || dx.count() == 0) return;
  kernels().inputGradient(c, g.floats(), kernel.floats(), addend.given(), dx.floats());
}

void kernelGradient(void*, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor x = call.input(0), g = call.input(1), shape = call.input(2), addend = call.input(3);
  Convolution c;
  if (call.failed) return;
  const int32_t* sizes = shape.integers();
  if (!describe(call, g, sizes[2], sizes[3], sizes[0], sizes[3], c)) return;
  const Tensor dkernel = call.output(0, {c.side, c.side, c.in, c.out}, {3});
  if (call.failed) return;
  kernels().kernelGradient(c, x.floats(), g.floats(), addend.given(), dkernel.floats());
}

Norm describeNorm(const Tensor& x, const void* attributes) {
  const auto& [epsilon, relu] = *static_cast<const Attributes*>(attributes);
  const int64_t channels = x.size(3);
  return {x.size(0) * x.size(1) * x.size(2), (int)channels, epsilon, (bool)relu};
}

void normalise(void* attributes, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor x = call.input(0), scale = call.input(1), shift = call.input(2), addend = call.input(3);
  if (call.failed) return;
  if (addend.given() && addend.count() != x.count()) return call.fail("the addend has another size");
  const Norm norm = describeNorm(x, attributes);
  const Tensor y = call.output(0, x.shape(), {0, 3}), mean = call.output(1, {norm.channels}),
               variance = call.output(2, {norm.channels});
  if (call.failed) return;
  kernels().normalise(norm, x.floats(), scale.floats(), shift.floats(), addend.given(), y.floats(), mean.floats(),
                      variance.floats());
}

void normaliseByMoments(void* attributes, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor x = call.input(0), scale = call.input(1), shift = call.input(2), mean = call.input(3), variance = call.input(4),
               addend = call.input(5);
  if (call.failed) return;
  if (addend.given() && addend.count() != x.count()) return call.fail("the addend has another size");
  const Tensor y = call.output(0, x.shape(), {0, 5});
  if (call.failed) return;
  kernels().normaliseByMoments(describeNorm(x, attributes), x.floats(), scale.floats(), shift.floats(), mean.floats(),
                               variance.floats(), addend.given(), y.floats());
}

void normaliseGradient(void* attributes, TF_OpKernelContext* context) {
  Call call(context);
  const Tensor g = call.input(0), x = call.input(1), scale = call.input(2), shift = call.input(3), mean = call.input(4),
               variance = call.input(5);
  if (call.failed) return;
  const Norm norm = describeNorm(x, attributes);
  const Tensor dx = call.output(0, x.shape(), {0, 1}), dscale = call.output(1, {norm.channels}),
               dshift = call.output(2, {norm.channels});
  if (call.failed) return;
  kernels().normaliseGradient(norm, g.floats(), x.floats(), scale.floats(), shift.floats(), mean.floats(), variance.floats(),
                              dx.floats(), dscale.floats(), dshift.floats());
}

/** `compute` where memory may run out. */
template <void (*compute)(void*, TF_OpKernelContext*)>
void guarded(void* attributes, TF_OpKernelContext* context) {
  try {
    compute(attributes, context);
  } catch (const std::bad_alloc&) {
    TF_Status* status = TF_NewStatus();
    TF_SetStatus(status, TF_RESOURCE_EXHAUSTED, "no memory for the tiles of a convolution");
    TF_OpKernelContext_Failure(context, status);
    TF_DeleteStatus(status);
  }
}

void nothing(void*) {}

using Create = void* (*)(TF_OpKernelConstruction*);
using Compute = void (*)(void*, TF_OpKernelContext*);

struct Operation {
  const char* name;
  std::vector<const char*> inputs, outputs, attributes;
  Create create;
  Compute compute;
  void (*destroy)(void*);
};

void enter(const Operation& operation) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char* attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, [](TF_ShapeInferenceContext* context, TF_Status* outcome) {
    TF_ShapeInferenceContextSetUnknownShape(context, outcome);
  });
  TF_RegisterOpDefinition(definition, status);
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(operation.name, "CPU", operation.create, operation.compute, operation.destroy);
  TF_RegisterKernelBuilder(operation.name, kernel, status);
  TF_DeleteStatus(status);
}

__attribute__((constructor)) void enterAll() {
  const std::vector<const char*> attributes = {"epsilon: float", "relu: bool"};
  enter({"NetcConvolution",
         {"x: float", "kernel: float", "bias: float", "scale: float", "shift: float", "mean: float", "variance: float",
          "addend: float"},
         {"y: float"},
         attributes,
         newAttributes,
         guarded<convolve>,
         deleteAttributes});
  enter({"NetcConvolutionInputGradient",
         {"g: float", "kernel: float", "addend: float"},
         {"dx: float"},
         {},
         nullptr,
         guarded<inputGradient>,
         nothing});
  enter({"NetcConvolutionKernelGradient",
         {"x: float", "g: float", "shape: int32", "addend: float"},
         {"dkernel: float"},
         {},
         nullptr,
         guarded<kernelGradient>,
         nothing});
  enter({"NetcNormalise",
         {"x: float", "scale: float", "shift: float", "addend: float"},
         {"y: float", "mean: float", "variance: float"},
         attributes,
         newAttributes,
         guarded<normalise>,
         deleteAttributes});
  enter({"NetcNormaliseByMoments",
         {"x: float", "scale: float", "shift: float", "mean: float", "variance: float", "addend: float"},
         {"y: float"},
         attributes,
         newAttributes,
         guarded<normaliseByMoments>,
         deleteAttributes});
  enter({"NetcNormaliseGradient",
         {"g: float", "x: float", "scale: float", "shift: float", "mean: float", "variance: float"},
         {"dx: float", "dscale: float", "dshift: float"},
         attributes,
         newAttributes,
         guarded<normaliseGradient>,
         deleteAttributes});
}

}  // namespace
