#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace {

struct Job {
  void (*const call)(const void*, int);
  const void* const work;
  const int count;
  std::atomic<int> next{0};
  std::atomic<int> done{0};
  std::atomic<int> helpers{0};
  std::atomic<bool> failed{false};

  /** Makes the calls that nobody has begun. */
  void help() {
    for (int i; (i = next.fetch_add(1)) < count;) {
      try {
        call(work, i);
      } catch (const std::bad_alloc&) {
        failed.store(true);
      }
      done.fetch_add(1, std::memory_order_release);
    }
  }

  /** Whether all calls have returned and no thread looks at this any more. */
  bool isOver() const { return done.load(std::memory_order_acquire) == count && helpers.load(std::memory_order_acquire) == 0; }
};

inline void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/** Workers look for a job for some 50 microseconds, as the next operation mostly follows at once, and then sleep. */
class Pool {
 public:
  explicit Pool(int workers) {
    for (int i = 0; i < workers; i++) std::thread([this] { serve(); }).detach();
  }

  void run(Job& job) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      jobs.push_back(&job);
      posted.fetch_add(1, std::memory_order_release);
    }
    wake.notify_all();
    job.help();
    {
      std::lock_guard<std::mutex> lock(mutex);
      jobs.erase(std::find(jobs.begin(), jobs.end(), &job));
    }
    for (int turn = 0; !job.isOver(); turn++)
      if (turn < 4000) pause();
      else std::this_thread::yield();
  }

 private:
  std::mutex mutex;
  std::condition_variable wake;
  std::vector<Job*> jobs;
  std::atomic<long> posted{0};

  /** A job with calls left; the caller has to count itself out of its helpers. */
  Job* take() {
    for (Job* job : jobs)
      if (job->next.load() < job->count) {
        job->helpers.fetch_add(1);
        return job;
      }
    return nullptr;
  }

  void serve() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      if (Job* job = take()) {
        lock.unlock();
        job->help();
        job->helpers.fetch_sub(1, std::memory_order_release);
        lock.lock();
        continue;
      }
      const long seen = posted.load();
      lock.unlock();
      for (int turn = 0; turn < 1000 && posted.load(std::memory_order_acquire) == seen; turn++) pause();
      lock.lock();
      wake.wait(lock, [&] { return posted.load() != seen; });
    }
  }
};

}  // namespace

int threadCount() {
  static const int count = [] {
    const char* wanted = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int given = wanted ? std::atoi(wanted) : 0;
    return given > 0 ? given : std::max(1u, std::thread::hardware_concurrency());
  }();
  return count;
}

void shareCalls(int count, void (*call)(const void*, int), const void* work) {
  if (count <= 1 || threadCount() == 1) {
    for (int i = 0; i < count; i++) call(work, i);
    return;
  }
  // Never deleted: its threads may outlive every exit handler.
  static Pool* pool = new Pool(threadCount() - 1);
  Job job{call, work, count};
  pool->run(job);
  if (job.failed.load()) throw std::bad_alloc();
}

float* scratch(int slot, size_t floats) {
  struct Slot {
    float* data = nullptr;
    size_t size = 0;
    ~Slot() { std::free(data); }
  };
  thread_local Slot slots[8];
  Slot& held = slots[slot];
  if (held.size < floats) {
    std::free(held.data);
    held.size = 0;
    held.data = static_cast<float*>(std::aligned_alloc(64, (floats * sizeof(float) + 63) / 64 * 64));
    if (!held.data) throw std::bad_alloc();
    held.size = floats;
  }
  return held.data;
}
