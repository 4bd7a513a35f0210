"""Runs the cells of a notebook in turn, then prints as JSON what an expression gives: execute.py NOTEBOOK EXPRESSION"""
import json
import math
import sys

import numpy as np

sys.path.insert(0, "")


def plain(value):
    """What JSON can hold: arrays as lists, NaN as null."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


notebook, expression = sys.argv[1:]
with open(notebook, encoding="utf-8") as file:
    cells = json.load(file)["cells"]
names = {}
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
print(json.dumps(plain(eval(expression, names))))
