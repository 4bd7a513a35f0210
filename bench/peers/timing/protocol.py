"""The protocol of a side of `npm run bench`, as bench/compare/serve.mjs has it."""

import json
import sys
import time

from safetensors.numpy import load_file, save_file


def timed(call, times):
    """Seconds of each call, by the clock and of this process on all cores, and what each gave."""
    wall, cpu, results = [], [], []
    for _ in range(times):
        begin, before = time.perf_counter(), time.process_time()
        results.append(call())
        wall.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - before)
    return wall, cpu, results


def serve(description, side, folder, name):
    """Answers until the input ends. `side` has `warm` and `load`, and `train` and `predict`, from a batch to a call."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # What libraries print is no answer.

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    small, batch = (load_file(f"{folder}/{file}") for file in ("small", "batch"))
    answer({"description": description})
    for line in sys.stdin:
        ask = json.loads(line)
        call = ask["call"]
        if call in ("warm", "load"):
            side.warm(small) if call == "warm" else side.load()
            answer({})
            continue
        wall, cpu, results = timed(getattr(side, call)(batch), ask["times"])
        if call == "predict":
            save_file({"mask": side.mask(results[-1])}, f"{folder}/{name}")
            answer({"wall": wall, "cpu": cpu})
        else:
            answer({"wall": wall, "cpu": cpu, "losses": results})
