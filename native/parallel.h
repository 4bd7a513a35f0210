// Threads that share the parts of one operation.
#pragma once

#include <functional>

/** How many threads work on an operation: TF_NUM_INTRAOP_THREADS, as in the rest of TensorFlow. */
int threadCount();

/** Calls `work` with 0 to count - 1, on several threads at once, and returns when all calls have. Which thread makes a call is
 * left open: a result must not depend on it. */
void parallel(int count, const std::function<void(int)> &work);

/** Memory of this thread that the next call of the same slot overwrites, in floats, aligned to 64 bytes. */
float *scratch(int slot, size_t floats);
