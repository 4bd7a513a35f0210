"""Writes what test/peers/pytorch.test.ts holds netc to: python fixtures.py FOLDER.

One file a network, all of it computed in double from weights that are float32 numbers. Images are [N, H, W, C], tensors
of the network in PyTorch's names and layout:
  state/<name>      parameters and moments before training (float32)
  image, mask       a batch and its target (float32)
  logits, loss      of the first training step; grad/<name> of every parameter
  losses            before the first, second and third Adam step (rate 1e-3) and after the third
  moments/<name>    stored moments after the third
  probability       what the untrained network predicts from its stored moments
state-dicts.json holds the names and shapes of the networks in networks.py at depth 4.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from hourglasses import BCDUNet, FCN8s, SegNet
from networks import networks

# Small builds of every network: how, with which parameters (netc's have the same names), and the batch's N, C, H, W.
# Heights and widths differ, so that one is not taken for the other.
cases = {name: (build, {"base": 2, "depth": 3}, (2, 3, 8, 16)) for name, build in networks.items()}
cases["segnet"] = SegNet, {"stages": [[2, 3], [4, 4], [4, 6, 5]]}, (2, 3, 8, 16)
cases["fcn8s"] = FCN8s, {"base": 1, "dense": 4}, (1, 3, 32, 64)
cases["bcdunet"] = BCDUNet, {"base": 2, "depth": 2, "blocks": 3}, (2, 1, 8, 16)


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


def write_state_dicts(path):
    with open(path, "w") as file:
        of = {
            name: {k: list(v.shape) for k, v in build(base=4, depth=4).state_dict().items()}
            for name, build in networks.items()
        }
        tensors = lambda state: ",\n".join(f'    "{key}": {shape}' for key, shape in state.items())
        body = ",\n".join(f'  "{name}": {{\n{tensors(state)}\n  }}' for name, state in of.items())
        file.write(f"{{\n{body}\n}}\n")


def seeded(build, parameters, batch, seed):
    """A network with random weights, and a batch for it."""
    generator = torch.Generator().manual_seed(seed)
    model = build(**parameters).double()
    randomise(model, generator)
    image = torch.randn(batch, generator=generator).double()
    n, _, height, width = batch
    target = (torch.rand(n, 1, height, width, generator=generator) < 0.3).double()
    settle_moments(model, image)
    return model, image, target


def is_alive(tensors):
    """Whether every kernel has a gradient: ReLUs of so few channels may all be off, and then nothing is compared."""
    kernels = [v for k, v in tensors.items() if k.startswith("grad/") and v.dim() == 4]
    return all(kernel.abs().max() > 1e-6 for kernel in kernels)


def main(folder):
    for name, (build, parameters, batch) in cases.items():
        made = (record(*seeded(build, parameters, batch, seed)) for seed in range(1, 100))
        tensors = {k: v.contiguous() for k, v in next(filter(is_alive, made)).items()}
        metadata = {"parameters": json.dumps({key: str(v) for key, v in parameters.items()})}
        save_file(tensors, os.path.join(folder, f"{name}.safetensors"), metadata=metadata)
    write_state_dicts(os.path.join(folder, "state-dicts.json"))


if __name__ == "__main__":
    main(sys.argv[1])
