"""Runs exported modules: python check.py FOLDER, where make.mjs wrote them.

Prints how far the reference's outputs spread, and the largest difference from the float64 reference over that, computed
in double and in float32.
"""

import importlib
import pathlib
import sys

import torch
from safetensors.torch import load_file

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
worst = 0.0
for file in sorted(folder.glob("*-expected.safetensors")):
    name = file.name.removesuffix("-expected.safetensors")
    model = importlib.import_module(name).load(folder / f"{name}.safetensors")
    tensors = load_file(file)
    found = {}
    for dtype in (torch.float64, torch.float32):
        model.to(dtype)
        for i in range(len(tensors) // 2):
            image, expected = tensors[f"{i}/input"], tensors[f"{i}/output"]
            with torch.no_grad():
                output = model(image.permute(0, 3, 1, 2).to(dtype)).permute(0, 2, 3, 1)
            spread = (expected.max() - expected.min()).item()
            difference = (output - expected).abs().max().item() / spread
            found.setdefault(dtype, []).append(difference)
    worst = max(worst, *found[torch.float64])
    print(name, f"spread {spread:.2g}", *(f"{dtype}: {', '.join(f'{d:.1e}' for d in ds)}" for dtype, ds in found.items()), sep="  ")
sys.exit(worst > 1e-6)
