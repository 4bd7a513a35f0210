"""The most that this CPU does in float32: python matrix_product.py THREADS prints {"library", "size", "flops"}.

The least time of several products of two 3072x3072 matrices, by PyTorch (MKL) and by numpy (OpenBLAS): the faster one.
A multiply-add counts as two operations.
"""

import json
import os
import sys
import time

threads = int(sys.argv[1])
os.environ["OPENBLAS_NUM_THREADS"] = str(threads)
import numpy  # noqa: E402
import torch  # noqa: E402

size, times = 3072, 5
torch.set_num_threads(threads)


def flops(multiply, matrix):
    def seconds():
        begin = time.perf_counter()
        multiply(matrix, matrix)
        return time.perf_counter() - begin

    return 2 * size**3 / min(seconds() for _ in range(times))


matrix = numpy.random.default_rng(1).random((size, size), dtype=numpy.float32)
found = {
    "PyTorch": flops(torch.mm, torch.from_numpy(matrix)),
    "numpy": flops(numpy.matmul, matrix),
}
library = max(found, key=found.get)
print(json.dumps({"library": library, "size": size, "flops": found[library]}))
