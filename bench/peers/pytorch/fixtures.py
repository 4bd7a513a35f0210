"""Writes what test/peers/pytorch.test.ts holds netc to: python fixtures.py FOLDER [--base 2 --depth 3].

One file a network, all of it computed in double from weights that are float32 numbers. Images are [N, H, W, C], tensors
of the network in PyTorch's names and layout:
  state/<name>      parameters and moments before training (float32)
  image, mask       a batch and its target (float32)
  logits, loss      of the first training step; grad/<name> of every parameter
  losses            before the first, second and third Adam step (rate 1e-3) and after the third
  moments/<name>    stored moments after the third
  probability       what the untrained network predicts from its stored moments
state-dicts.json holds names and shapes at depth 4.
"""

import argparse
import json
import os

import torch
from safetensors.torch import save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from networks import networks


def randomise(model, generator):
    """Parameters that no rule of initialisation makes special, as float32 numbers."""
    for name, tensor in model.state_dict().items():
        if name.endswith("num_batches_tracked") or "running" in name:
            continue
        normal = torch.randn(tensor.shape, generator=generator)
        if tensor.dim() == 4:
            tensor.copy_(normal * (2 / tensor[0].numel()) ** 0.5)
        else:
            is_scale = name.endswith("weight")
            tensor.copy_(is_scale + 0.2 * normal)


def settle_moments(model, image):
    """Stored moments near those of the batch: with others, activations grow from layer to layer."""
    with torch.no_grad():
        for _ in range(20):
            model(image)
        for name, tensor in model.state_dict().items():
            if "running" in name:
                tensor.copy_(tensor.float())


def images_last(x):
    return x.permute(0, 2, 3, 1).contiguous()


def record(model, image, target):
    """The tensors of one fixture. Leaves the model trained by three steps."""
    out = {f"state/{k}": v.float() for k, v in model.state_dict().items() if v.is_floating_point()}
    out["image"], out["mask"] = images_last(image).float(), images_last(target).float()
    model.eval()
    with torch.no_grad():
        out["probability"] = images_last(torch.sigmoid(model(image)))
    model.train()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = []
    for step in range(4):
        moments = {k: v.clone() for k, v in model.state_dict().items() if "running" in k}
        logits = model(image)
        loss = binary_cross_entropy_with_logits(logits, target)
        losses.append(loss.detach())
        optimiser.zero_grad()
        loss.backward()
        if step == 0:
            out["logits"], out["loss"] = images_last(logits.detach()), loss.detach()
            out |= {f"grad/{k}": p.grad.clone() for k, p in model.named_parameters()}
        if step < 3:
            optimiser.step()
    out |= {f"moments/{k}": v for k, v in moments.items()}
    return out | {"losses": torch.stack(losses)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--base", type=int, default=2)
    parser.add_argument("--depth", type=int, default=3)
    options = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    shapes = {}
    for name, build in networks.items():
        generator = torch.Generator().manual_seed(1)
        model = build(base=options.base, depth=options.depth).double()
        randomise(model, generator)
        image = torch.randn(2, 3, 8, 16, generator=generator).double()
        settle_moments(model, image)
        target = (torch.rand(2, 1, 8, 16, generator=generator) < 0.3).double()
        tensors = {k: v.contiguous() for k, v in record(model, image, target).items()}
        sizes = {"base": str(options.base), "depth": str(options.depth)}
        save_file(tensors, os.path.join(options.folder, f"{name}.safetensors"), metadata=sizes)
        state = build(base=4, depth=4).state_dict()
        shapes[name] = {k: list(v.shape) for k, v in state.items()}
    with open(os.path.join(options.folder, "state-dicts.json"), "w") as file:
        lines = [
            f'  "{name}": {{\n' + ",\n".join(f"    {json.dumps(k)}: {v}" for k, v in of.items()) + "\n  }"
            for name, of in shapes.items()
        ]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
