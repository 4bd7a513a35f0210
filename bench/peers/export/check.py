"""Runs exported modules: python check.py FOLDER [RECORD], where make.mjs wrote them.

Prints how far the reference's outputs spread, and the largest difference from the float64 reference over that, computed
in double and in float32. In RECORD it leaves what test/peers/export.test.ts reads: the weights, the first image and what
PyTorch makes of it in double.
"""

import importlib
import pathlib
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

folder = pathlib.Path(sys.argv[1])
record = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
sys.path.insert(0, str(folder))
worst = 0.0
for file in sorted(folder.glob("*-expected.safetensors")):
    name = file.name.removesuffix("-expected.safetensors")
    model = importlib.import_module(name).load(folder / f"{name}.safetensors")
    tensors = load_file(file)
    found = {}
    recorded = {key: tensor for key, tensor in tensors.items() if key.startswith("weight/") or key == "0/input"}
    for dtype in (torch.float64, torch.float32):
        model.to(dtype)
        for i in range(sum(key.endswith("/input") for key in tensors)):
            with torch.no_grad():
                answer = model(tensors[f"{i}/input"].permute(0, 3, 1, 2).to(dtype))
            for key in (key for key in tensors if key.startswith(f"{i}/output/")):
                expected = tensors[key]
                output = answer[key.split("/", 2)[2]] if isinstance(answer, dict) else answer
                output = output.permute(0, 2, 3, 1)
                spread = (expected.max() - expected.min()).item() or 1
                found.setdefault(dtype, []).append((output - expected).abs().max().item() / spread)
                if i == 0 and dtype == torch.float64:
                    recorded[key] = output.contiguous()
    worst = max(worst, *found[torch.float64])
    print(name, f"spread {spread:.2g}", *(f"{dtype}: {', '.join(f'{d:.1e}' for d in ds)}" for dtype, ds in found.items()), sep="  ")
    if record:
        with safe_open(file, "pt") as expected:
            save_file(recorded, record / f"{name}.safetensors", expected.metadata())
sys.exit(worst > 1e-6)
