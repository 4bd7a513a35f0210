/** How many devices the CPU is to be for TensorFlow, read when a session is opened. */
export const cpuDevicesVariable = 'NETC_CPU_DEVICES';

/** Has the binding call `netcSessionOptions` in the one place where it makes the options of a session. */
export const replaceSessionOptions = '-DTF_NewSessionOptions=netcSessionOptions';

/**
 * The binding opens sessions by default options, with all GPUs and one device of the CPU. A step that is divided over several devices of the
 * CPU needs an option, for which neither the binding has a parameter nor TensorFlow a variable: `device_count`, field 1 of ConfigProto, a map.
 */
export const sessionOptionsSource = `
#include <cstdlib>
#include "tensorflow/c/c_api.h"

extern "C" TF_SessionOptions* netcSessionOptions() {
  TF_SessionOptions* options = TF_NewSessionOptions();
  const char* wanted = std::getenv("${cpuDevicesVariable}");
  const int devices = wanted ? std::atoi(wanted) : 1;
  // One byte holds numbers below 128.
  if (devices < 2 || devices > 127) return options;
  const char config[] = {0x0a, 7, 0x0a, 3, 'C', 'P', 'U', 0x10, static_cast<char>(devices)};
  TF_Status* status = TF_NewStatus();
  TF_SetConfig(options, config, sizeof config, status);
  TF_DeleteStatus(status);
  return options;
}
`;
