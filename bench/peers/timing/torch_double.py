"""The first loss in double: python torch_double.py NETWORK BASE FOLDER prints it."""

import sys

import torch
from safetensors.torch import load_file
from torch.nn.functional import binary_cross_entropy_with_logits

import torch_side


def main(network, base, folder):
    side = torch_side.Side(False, network, int(base), folder)
    model = side.model.double().train()
    image, mask = (load_file(f"{folder}/batch")[name].double().permute(0, 3, 1, 2) for name in ("image", "mask"))
    with torch.no_grad():
        print(binary_cross_entropy_with_logits(model(image), mask).item())


if __name__ == "__main__":
    main(*sys.argv[1:])
