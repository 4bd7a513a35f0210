"""Writes the checkpoints that test/runtime/weights/torch reads: python checkpoints.py FOLDER.

Each by torch.save as people use it. NAME.pth is the zip format of PyTorch 1.6 and later, NAME-legacy.pth the one before;
NAME.safetensors has the same tensors as safetensors, half precision widened to float32.
  r2attunet   state dict of a small R2AttU_Net in DataParallel; -legacy has it beside an optimiser, as training scripts do
  types       every element type, views with strides and offsets, tensors that share numbers, parameters
  module      a whole module, which names Python classes
"""

import os
import sys

import torch
from safetensors.torch import save_file
from torch import nn

from fixtures import randomise, settle_moments
from networks import r2attu_net


def save(tensors, folder, name, legacy=None):
    torch.save(tensors, os.path.join(folder, f"{name}.pth"))
    path = os.path.join(folder, f"{name}-legacy.pth")
    torch.save(legacy or tensors, path, _use_new_zipfile_serialization=False)


def write_network(folder):
    model = r2attu_net(base=2, depth=3)
    generator = torch.Generator().manual_seed(4)
    randomise(model, generator)
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-4)
    image = torch.randn(2, 3, 16, 16, generator=generator)
    model(image).sum().backward()
    optimiser.step()
    settle_moments(model, image)
    state = nn.DataParallel(model).state_dict()
    wrapped = {"epoch": 3, "best": 0.75, "state_dict": state, "optimizer": optimiser.state_dict()}
    save(state, folder, "r2attunet", wrapped)
    plain = {key: value.contiguous() for key, value in model.state_dict().items()}
    save_file(plain, os.path.join(folder, "r2attunet.safetensors"))


def write_types(folder):
    grid = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 8 - 1
    tensors = {
        "float": grid,
        "transposed": grid.t(),
        "window": grid[1:3, 2:5],
        "every_second": grid[:, ::2],
        "repeated": torch.tensor([1.5]).expand(3, 2),
        "double": grid.double() / 3,
        "half": torch.tensor([0.1, -2.5, 65504, 6e-8, 0, float("inf")]).half(),
        "bfloat16": torch.tensor([0.1, -2.5, 3e38, 1e-40]).bfloat16(),
        "long": torch.tensor([2**53 + 1, -1]),
        "int": torch.tensor([-7, 2**31 - 1], dtype=torch.int32),
        "short": torch.tensor([-300, 5], dtype=torch.int16),
        "char": torch.tensor([-128, 127], dtype=torch.int8),
        "byte": torch.tensor([0, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "parameter": nn.Parameter(torch.tensor([[1.0, 2.0]])),
        "scalar": torch.tensor(7),
        "empty": torch.zeros(0, 3),
    }
    save(tensors, folder, "types")
    narrow = {"half", "bfloat16"}
    whole = {"short", "char", "byte", "bool"}
    plain = {
        key: (value.float() if key in narrow else value.int() if key in whole else value)
        .detach()
        .clone()
        .contiguous()
        for key, value in tensors.items()
    }
    save_file(plain, os.path.join(folder, "types.safetensors"))


def main(folder):
    write_network(folder)
    write_types(folder)
    torch.save(nn.Sequential(nn.Conv2d(1, 1, 1)), os.path.join(folder, "module.pth"))


if __name__ == "__main__":
    main(sys.argv[1])
