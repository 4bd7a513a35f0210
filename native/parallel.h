// Threads that share the parts of one operation.
#pragma once

#include <cstddef>

/** How many threads work on an operation: TF_NUM_INTRAOP_THREADS, as in the rest of TensorFlow. */
int threadCount();

/**
 * Calls `call(work, i)` with 0 to count - 1, on several threads at once, and returns when all calls have. Which thread makes a
 * call is left open: a result must not depend on it. Throws std::bad_alloc where a call did.
 */
void shareCalls(int count, void (*call)(const void* work, int i), const void* work);

/** The same of a function object. */
template <typename Work>
static void parallel(int count, const Work& work) {
  shareCalls(count, [](const void* one, int i) { (*static_cast<const Work*>(one))(i); }, &work);
}

/** Memory of this thread that the next call of the same slot overwrites, in floats, aligned to 64 bytes; or std::bad_alloc. */
float* scratch(int slot, size_t floats);
